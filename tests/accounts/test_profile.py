"""Profiles, addresses, company and roles."""

from datetime import timedelta

import pytest

from backend.accounts import actions, selectors
from backend.accounts.actions import ProfileChange, block_person, delete_address, follow_person, save_address
from backend.accounts.errors import (
    AddressLimitReached,
    CannotBlockYourself,
    CannotFollowYourself,
    FollowLimitReached,
    PictureNotYours,
)
from backend.accounts.models import Address, Block, Follow, Profile, RoleGrant
from backend.accounts.rules import MOST_ADDRESSES
from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.core.models import OutboxEvent, Picture
from tests.factories.accounts import LONG_AGO, address_text, make_address, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (ProfileChange(name="一"), "name"),
        (ProfileChange(name="。。。"), "name"),
        (ProfileChange(name="长" * 25), "name"),
        (ProfileChange(bio="长" * 161), "bio"),
        (ProfileChange(face="../../etc/passwd"), "face"),
        (ProfileChange(locale="fr"), "locale"),
    ],
)
def test_a_profile_refuses_what_cannot_be_shown(change: ProfileChange, field: str) -> None:
    bob = make_person("Bob")

    with pytest.raises(InvalidInput) as refusal:
        actions.update_profile(user_id=bob.pk, change=change, now=LONG_AGO)

    assert refusal.value.field == field
    assert Profile.objects.get(pk=bob.pk).display_name == "Bob"
    assert not OutboxEvent.objects.filter(name="ProfileChanged").exists()


def test_a_picture_takes_the_place_of_a_face_and_back() -> None:
    bob = make_person("Bob")
    picture = Picture.objects.create(
        owner_id=bob.pk, sha256="a" * 64, width=320, height=320, widths=[320], blur="", stored_at=LONG_AGO
    )

    actions.update_profile(user_id=bob.pk, change=ProfileChange(picture_id=picture.pk), now=LONG_AGO)
    with_picture = selectors.public_people([bob.pk])[bob.pk]["face_url"]
    actions.update_profile(user_id=bob.pk, change=ProfileChange(face="1f43c"), now=LONG_AGO)
    with_face = selectors.public_people([bob.pk])[bob.pk]["face_url"]

    assert "a" * 12 in with_picture
    assert with_face.endswith("faces/1f43c.webp")


def test_a_picture_of_somebody_else_is_refused() -> None:
    alice, mallory = make_person("Alice"), make_person("Mallory")
    picture = Picture.objects.create(
        owner_id=alice.pk, sha256="b" * 64, width=320, height=320, widths=[320], blur="", stored_at=LONG_AGO
    )

    with pytest.raises(PictureNotYours):
        actions.update_profile(user_id=mallory.pk, change=ProfileChange(picture_id=picture.pk), now=LONG_AGO)

    assert Profile.objects.get(pk=mallory.pk).avatar_id is None


def test_the_first_address_is_the_default_until_another_is_chosen() -> None:
    bob = make_person("Bob")

    home = make_address(bob)
    work = make_address(bob, is_default=True, line="龙井路 1 号")

    home.refresh_from_db()
    assert (home.is_default, work.is_default) == (False, True)
    assert home.phone == "+8613800138000"


def test_the_newest_address_follows_a_deleted_default() -> None:
    bob = make_person("Bob")
    first = make_address(bob)
    make_address(bob)
    newest = make_address(bob)

    delete_address(user_id=bob.pk, address_id=first.pk)

    assert Address.objects.get(user=bob, is_default=True) == newest


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("name", " "), ("phone", "12345"), ("province", ""), ("city", "?"), ("line", "1"), ("line", "长" * 121)],
)
def test_an_address_that_nothing_reaches_is_refused(field: str, wrong: str) -> None:
    bob = make_person("Bob")

    with pytest.raises(InvalidInput) as refusal:
        save_address(user_id=bob.pk, text=address_text(**{field: wrong}), now=LONG_AGO)

    assert refusal.value.field == field
    assert not Address.objects.exists()


def test_a_place_without_district_is_an_address() -> None:
    bob = make_person("Bob")

    address = make_address(bob, province="澳门", city="澳门半岛", district="", phone="+853 6612 3456")

    assert address.district == ""


def test_addresses_are_limited_and_belong_to_one_person() -> None:
    bob, mallory = make_person("Bob"), make_person("Mallory")
    kept = [make_address(bob) for _ in range(MOST_ADDRESSES)]

    with pytest.raises(AddressLimitReached):
        make_address(bob)
    with pytest.raises(NotFound):
        save_address(user_id=mallory.pk, address_id=kept[0].pk, text=address_text(), now=LONG_AGO)
    with pytest.raises(NotFound):
        delete_address(user_id=mallory.pk, address_id=kept[0].pk)

    assert Address.objects.filter(user=bob).count() == MOST_ADDRESSES
    assert not Address.objects.filter(user=mallory).exists()


def test_following_twice_is_following_once() -> None:
    bob, alice = make_person("Bob"), make_person("Alice")

    for _ in range(2):
        follow_person(follower_id=bob.pk, followee_id=alice.pk, now=LONG_AGO)

    assert Follow.objects.count() == 1
    assert OutboxEvent.objects.filter(name="PersonFollowed").count() == 1
    assert selectors.public_profile(person_id=alice.pk, viewer_id=bob.pk)["is_followed"]


def test_nobody_follows_themselves_a_stranger_that_is_not_there_or_beyond_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bob, alice = make_person("Bob"), make_person("Alice")
    monkeypatch.setattr("backend.accounts.actions.keep_company.MOST_FOLLOWED", 0)

    with pytest.raises(CannotFollowYourself):
        follow_person(follower_id=bob.pk, followee_id=bob.pk, now=LONG_AGO)
    with pytest.raises(NotFound):
        follow_person(follower_id=bob.pk, followee_id=new_id(), now=LONG_AGO)
    with pytest.raises(FollowLimitReached):
        follow_person(follower_id=bob.pk, followee_id=alice.pk, now=LONG_AGO)

    assert not Follow.objects.exists()


def test_a_block_ends_following_and_hides_both_ways() -> None:
    bob, mallory = make_person("Bob"), make_person("Mallory")
    follow_person(follower_id=bob.pk, followee_id=mallory.pk, now=LONG_AGO)
    follow_person(follower_id=mallory.pk, followee_id=bob.pk, now=LONG_AGO)

    block_person(blocker_id=bob.pk, blocked_id=mallory.pk, now=LONG_AGO)

    assert not Follow.objects.exists()
    for viewer, person in ((bob, mallory), (mallory, bob)):
        with pytest.raises(NotFound):
            selectors.public_profile(person_id=person.pk, viewer_id=viewer.pk)
        with pytest.raises(NotFound):
            follow_person(follower_id=viewer.pk, followee_id=person.pk, now=LONG_AGO)


def test_nobody_blocks_themselves() -> None:
    bob = make_person("Bob")

    with pytest.raises(CannotBlockYourself):
        block_person(blocker_id=bob.pk, blocked_id=bob.pk, now=LONG_AGO)

    assert not Block.objects.exists()


def test_a_role_is_held_once_and_can_be_taken_back() -> None:
    mo = make_person("Mo")

    for _ in range(2):
        actions.grant_role(user_id=mo.pk, role="moderator", now=LONG_AGO)
    assert selectors.roles_of(mo.pk) == {"moderator"}
    assert actions.withdraw_role(user_id=mo.pk, role="moderator", now=LONG_AGO + timedelta(days=1))

    assert selectors.roles_of(mo.pk) == frozenset()


def test_an_unknown_role_is_refused() -> None:
    mo = make_person("Mo")

    with pytest.raises(InvalidInput):
        actions.grant_role(user_id=mo.pk, role="emperor", now=LONG_AGO)

    assert not RoleGrant.objects.exists()


def test_a_closed_account_is_no_longer_seen_and_holds_no_role() -> None:
    mo, bob = make_person("Mo", roles=("moderator",)), make_person("Bob")

    actions.close_account(user_id=mo.pk, now=LONG_AGO)

    assert selectors.roles_of(mo.pk) == frozenset()
    with pytest.raises(NotFound):
        selectors.public_profile(person_id=mo.pk, viewer_id=bob.pk)

"""The API about people, asked as nobody, stranger, owner and staff."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.actions import block_person
from backend.accounts.models import Address, Follow, Profile
from backend.core.ids import new_id
from tests.factories.accounts import LONG_AGO, make_address, make_moderator, make_person
from tests.support.api import Api

pytestmark = pytest.mark.django_db

VIEWER = """query { viewer { id email phone hasPassword roles locale
  profile { name face bio isSelf isFollowed followersCount }
  addresses { id name phone city isDefault } } }"""
PROFILE = "query ($id: ID!) { profile(id: $id) { id name isSelf isFollowed followersCount followingCount } }"
UPDATE = """mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) {
  profile { name bio } errors { code message field } } }"""
SAVE = """mutation ($input: SaveAddressInput!) { saveAddress(input: $input) {
  address { id phone isDefault } errors { code message field details } } }"""
DELETE = """mutation ($input: DeleteAddressInput!) { deleteAddress(input: $input) {
  deletedId errors { code } } }"""
FOLLOW = """mutation ($input: FollowPersonInput!) { followPerson(input: $input) {
  profile { isFollowed followersCount } errors { code message } } }"""
UNFOLLOW = """mutation ($input: UnfollowPersonInput!) { unfollowPerson(input: $input) {
  profile { isFollowed followersCount } errors { code } } }"""

WRITTEN = {
    "name": "王小满",
    "phone": "13800138000",
    "province": "浙江省",
    "city": "杭州市",
    "district": "西湖区",
    "line": "文三路 100 号",
}


def test_nobody_is_no_viewer() -> None:
    assert Api()(VIEWER)["viewer"] is None


def test_the_viewer_sees_their_own_account() -> None:
    bob = make_moderator("Bob")
    make_address(bob)

    viewer = Api(bob)(VIEWER)["viewer"]

    assert viewer["id"] == str(bob.id)
    assert viewer["email"] == bob.email
    assert viewer["roles"] == ["moderator"]
    assert viewer["profile"] | {"face": ""} == {
        "name": "Bob",
        "face": "",
        "bio": "",
        "isSelf": True,
        "isFollowed": False,
        "followersCount": 0,
    }
    assert viewer["addresses"][0]["phone"] == "+8613800138000"


@pytest.mark.parametrize("who", ["nobody", "stranger", "owner", "staff"])
def test_a_profile_is_open_to_everybody(who: str) -> None:
    bob = make_person("Bob")
    viewer = {"nobody": None, "stranger": make_person("Eve"), "owner": bob, "staff": make_moderator()}[who]

    profile = Api(viewer)(PROFILE, id=str(bob.id))["profile"]

    assert profile["name"] == "Bob"
    assert profile["isSelf"] is (who == "owner")


def test_a_profile_that_is_hidden_blocked_or_unknown_looks_the_same() -> None:
    bob, mallory = make_person("Bob"), make_person("Mallory")
    hidden = make_person("Hidden")
    Profile.objects.filter(pk=hidden.pk).update(is_listed=False)
    block_person(blocker_id=bob.pk, blocked_id=mallory.pk, now=LONG_AGO)
    api = Api(mallory)

    answers = [api(PROFILE, id=str(who))["profile"] for who in (bob.id, hidden.id, new_id())]

    assert answers == [None, None, None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (UPDATE, {"name": "新名字"}),
        (SAVE, WRITTEN),
        (DELETE, {"id": str(new_id())}),
        (FOLLOW, {"personId": str(new_id())}),
        (UNFOLLOW, {"personId": str(new_id())}),
    ],
)
def test_nobody_changes_anything(text: str, wanted: dict[str, str]) -> None:
    payload = Api().payload(text, input=wanted)

    assert [error["code"] for error in payload["errors"]] == ["SIGN_IN_REQUIRED"]
    assert not Address.objects.exists()
    assert not Follow.objects.exists()


def test_the_owner_changes_name_and_introduction() -> None:
    bob = make_person("Bob")

    payload = Api(bob).payload(UPDATE, input={"name": " 小  满 ", "bio": "爱吃柿子"})

    assert payload == {"profile": {"name": "小 满", "bio": "爱吃柿子"}, "errors": []}


@pytest.mark.parametrize(
    ("locale", "words"),
    [("zh-Hans", "名字"), ("zh-Hant", "名字"), ("en", "A name has 2 to 24 characters")],
)
def test_a_refusal_speaks_the_readers_language(locale: str, words: str) -> None:
    bob = make_person("Bob")

    payload = Api(bob, locale=locale).payload(UPDATE, input={"name": "?"})

    (error,) = payload["errors"]
    assert (error["code"], error["field"]) == ("INVALID_INPUT", "name")
    assert words in error["message"]
    assert Profile.objects.get(pk=bob.pk).display_name == "Bob"


def test_an_address_is_kept_changed_and_forgotten_by_its_owner_only() -> None:
    bob, mallory = Api(make_person("Bob")), Api(make_person("Mallory"))

    kept = bob.payload(SAVE, input=WRITTEN)["address"]
    stolen = mallory.payload(SAVE, input={"id": kept["id"], **WRITTEN, "line": "火星路 1 号"})
    lost = mallory.payload(DELETE, input={"id": kept["id"]})
    changed = bob.payload(SAVE, input={"id": kept["id"], **WRITTEN, "phone": "+852 6123 4567"})
    forgotten = bob.payload(DELETE, input={"id": kept["id"]})

    assert kept["isDefault"]
    assert [error["code"] for error in stolen["errors"] + lost["errors"]] == ["NOT_FOUND", "NOT_FOUND"]
    assert changed["address"]["phone"] == "+85261234567"
    assert forgotten["deletedId"] == kept["id"]
    assert not Address.objects.exists()


def test_a_limit_is_named_in_the_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.accounts.actions.keep_addresses.MOST_ADDRESSES", 1)
    bob = Api(make_person("Bob"), locale="en")
    bob.payload(SAVE, input=WRITTEN)

    (error,) = bob.payload(SAVE, input=WRITTEN)["errors"]

    assert error["code"] == "ADDRESS_LIMIT_REACHED"
    assert error["details"] == {"limit": 1}
    assert error["message"] == "You can keep 1 addresses. Delete one first."


def test_following_and_unfollowing_answer_the_new_state() -> None:
    bob, alice = make_person("Bob"), make_person("Alice")
    api = Api(bob)

    followed = api.payload(FOLLOW, input={"personId": str(alice.id)})
    unfollowed = api.payload(UNFOLLOW, input={"personId": str(alice.id)})
    itself = api.payload(FOLLOW, input={"personId": str(bob.id)})

    assert followed["profile"] == {"isFollowed": True, "followersCount": 1}
    assert unfollowed["profile"] == {"isFollowed": False, "followersCount": 0}
    assert [error["code"] for error in itself["errors"]] == ["CANNOT_FOLLOW_YOURSELF"]


def test_twenty_addresses_cost_as_many_queries_as_two() -> None:
    counts = []
    for number in (2, 20):
        bob = make_person("Bob")
        for _ in range(number):
            make_address(bob)
        api = Api(bob)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(api(VIEWER)["viewer"]["addresses"]) == number
        counts.append(len(queries))

    assert counts[0] == counts[1]

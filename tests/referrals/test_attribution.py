"""Who gets the credit for an order."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from backend.core.outbox.models import OutboxEvent
from referrals.invites import actions, ports, selectors
from referrals.invites.models import Attribution, AttributionRule, Identifier, PayeeKind, Pepper, Touch
from referrals.invites.ports import Candidate
from tests.factories.catalogue import NOON
from tests.factories.membership import make_confirmed_order, make_person
from tests.factories.referrals import VISITOR, make_click, make_link

pytestmark = pytest.mark.django_db

CLAIMS: list[Candidate] = []


class Creators:
    """A source of candidates, as an app above would fill it."""

    def candidates(self, order):
        return list(CLAIMS)


@pytest.fixture(autouse=True)
def _creators():
    CLAIMS.clear()
    path = f"{__name__}.Creators"
    ports.register_candidates(path)
    yield
    ports.unregister_candidates(path)


def claim(person, *, key="creator_link", at=NOON - timedelta(days=1), **more):
    CLAIMS.append(
        Candidate(
            kind=PayeeKind.CREATOR,
            payee_id=person.id,
            touched_at=at,
            source=f"{key}:{person.id}",
            priority_key=key,
            **more,
        )
    )


def brought(friend="Bob", inviter=None, at=NOON - timedelta(days=2)):
    ali, bob = inviter or make_person("Ali"), make_person(friend)
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=at, now=at)
    return ali, bob


def attribute(buyer, **more):
    return actions.attribute_order(order_id=make_confirmed_order(buyer_id=buyer.id, **more).id, now=NOON)


def test_nobody_gets_the_credit_for_an_order_that_nobody_brought():
    found = attribute(make_person("Bob"))

    assert (found.kind, found.payee_id, found.losers) == (PayeeKind.NONE, None, [])
    assert OutboxEvent.objects.filter(name="OrderAttributed").count() == 1


def test_a_friend_gets_the_credit_for_the_first_order_only():
    ali, bob = brought()

    first, second = attribute(bob), attribute(bob)

    assert (first.kind, first.payee_id) == (PayeeKind.FRIEND, ali.id)
    assert (second.kind, second.losers[0]["reason"]) == (PayeeKind.NONE, "not_first_order")


def test_a_creators_code_beats_a_friend_who_beats_a_creators_link():
    ali, bob = brought()
    link_owner, code_owner = make_person("Lin"), make_person("Kai")
    claim(link_owner, at=NOON)
    by_friend = attribute(bob)
    claim(code_owner, key="creator_code", at=NOON)
    carol = brought("Carol", inviter=ali)[1]
    by_code = attribute(carol)

    assert (by_friend.payee_id, by_friend.losers[0]["reason"]) == (ali.id, "another_kind_goes_first")
    assert (by_code.kind, by_code.payee_id) == (PayeeKind.CREATOR, code_owner.id)
    assert {loser["payee_id"] for loser in by_code.losers} == {str(ali.id), str(link_owner.id)}


def test_within_a_kind_the_last_visit_counts_and_the_first_if_the_rule_says_so():
    early, late = make_person("Lin"), make_person("Kai")
    claim(early, at=NOON - timedelta(days=3))
    claim(late, at=NOON - timedelta(days=1))
    last = attribute(make_person("Bob"))
    AttributionRule.objects.create(
        version=2, window_days=30, touch_order="FIRST", kinds=["creator_link"], valid_from=NOON
    )
    first = attribute(make_person("Carol"))

    assert (last.payee_id, last.rule_id, last.losers[0]["reason"]) == (late.id, 1, "a_later_visit_counts")
    assert (first.payee_id, first.rule_id, first.losers[0]["reason"]) == (early.id, 2, "an_earlier_visit_counts")


@pytest.mark.parametrize(("age", "kind"), [(timedelta(days=30), "CREATOR"), (timedelta(days=30, seconds=1), "NONE")])
def test_the_last_second_of_the_window_is_inside(age, kind):
    claim(make_person("Lin"), at=NOON - age)

    assert attribute(make_person("Bob")).kind == kind


def test_a_binding_may_count_longer_than_its_visit():
    AttributionRule.objects.create(
        version=2, window_days=30, kinds=["friend"], binding_days=365, valid_from=NOON - timedelta(days=1)
    )
    ali, bob = brought(at=NOON - timedelta(days=365))
    _other, late = brought("Late", at=NOON - timedelta(days=366))

    assert attribute(bob).payee_id == ali.id
    assert attribute(late).losers[0]["reason"] == "outside_window"


def test_what_a_source_refuses_is_kept_with_its_reason():
    bob = make_person("Bob")
    claim(bob)
    claim(make_person("Lin"), refusal="no_disclosure")

    found = attribute(bob)

    assert found.kind == PayeeKind.NONE
    assert sorted(loser["reason"] for loser in found.losers) == ["no_disclosure", "own_link"]


def test_it_is_settled_once_and_never_changed():
    ali, bob = brought()
    order = make_confirmed_order(buyer_id=bob.id)
    first = actions.attribute_order(order_id=order.id, now=NOON)
    claim(make_person("Lin"), key="creator_code", at=NOON)

    again = actions.attribute_order(order_id=order.id, now=NOON + timedelta(days=1))

    assert again == first
    assert OutboxEvent.objects.filter(name="OrderAttributed").count() == 1
    for change in (Attribution.objects.filter(pk=first.pk), AttributionRule.objects.filter(pk=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change.delete()
    assert Attribution.objects.get().payee_id == ali.id


def test_visits_of_a_browser_become_those_of_whoever_signs_up_with_it():
    link = make_link(make_person("Ali"))
    make_click(link, at=NOON - timedelta(days=1))
    bob = make_person("Bob")

    adopted = actions.adopt_touches(user_id=bob.id, visitor=VISITOR, now=NOON)

    assert adopted == 1
    assert [touch.link for touch in selectors.touches_of(bob.id, since=NOON - timedelta(days=30))] == [link]
    assert selectors.link_owner(link.code.lower()) == link.owner_id


def test_an_own_visit_and_a_crawlers_leave_no_touch():
    ali = make_person("Ali")
    link = make_link(ali)

    make_click(link, is_bot=True)
    actions.record_click(link=link, visitor=VISITOR, agent="", is_bot=False, now=NOON, user_id=ali.id)

    assert not Touch.objects.exists()


def same_person(one, other, now=NOON):
    actions.note_identifiers(people=[one.id, other.id], now=now)
    return list(selectors.strong_identity_matches(one.id, other.id))


def with_contact(name, *, email=None, phone=None):
    person = make_person(name)
    person.email, person.phone = email or person.email, phone
    person.save(update_fields=["email", "phone"])
    return person


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("li.hua@gmail.com", "lihua+tea@googlemail.com", ["email"]),
        ("lihua@example.com", "lihua+2@example.com", ["email"]),
        ("li.hua@example.com", "lihua@example.com", []),
        ("lihua@a.example", "lihua@b.example", []),
    ],
)
def test_one_mailbox_is_known_under_its_other_names(one, other, expected):
    assert same_person(with_contact("Ali", email=one), with_contact("Bob", email=other)) == expected


def test_one_phone_is_known_from_account_and_parcel():
    ali, bob = with_contact("Ali", phone="+8613900139000"), make_person("Bob")
    order = make_confirmed_order(buyer_id=bob.id)
    order.address = {"phone": "+86 139 0013 9000", "province": "浙江省", "city": "杭州市", "line": "湖墅南路 77 号"}
    order.save(update_fields=["address"])

    assert same_person(ali, bob) == ["phone"]


def test_a_device_counts_when_both_used_it_within_a_day():
    link = make_link(make_person("Lin"))
    people = [make_person(name) for name in ("Ali", "Bob", "Carol")]
    for person, hours in zip(people, (0, 24, 49), strict=True):
        at = NOON - timedelta(hours=hours)
        actions.record_click(link=link, visitor=VISITOR, agent="", is_bot=False, now=at, user_id=person.id)

    assert same_person(people[0], people[1]) == ["device"]
    assert same_person(people[0], people[2]) == []


def test_digests_match_across_the_change_of_the_pepper_and_fade_after_ninety_days():
    change = NOON.replace(hour=0) - timedelta(seconds=NOON.replace(hour=0).timestamp() % (90 * 86400))
    ali, bob = with_contact("Ali", email="a@gmail.com"), with_contact("Bob", email="a+b@gmail.com")
    actions.note_identifiers(people=[ali.id], now=change - timedelta(days=1))
    actions.note_identifiers(people=[bob.id], now=change + timedelta(days=1))

    assert selectors.strong_identity_matches(ali.id, bob.id) == ["email"]

    actions.forget_identifiers(now=change + timedelta(days=92))
    assert not Identifier.objects.exists()
    actions.forget_identifiers(now=change + timedelta(days=182))
    assert Pepper.objects.count() == 1


def test_what_is_kept_says_nothing_without_the_pepper():
    ali = with_contact("Ali", email="lihua@gmail.com")
    actions.note_identifiers(people=[ali.id], now=NOON)

    digests = {bytes(each.digest) for each in Identifier.objects.filter(kind="EMAIL")}

    assert len(digests) == 2
    assert all(len(digest) == 32 for digest in digests)

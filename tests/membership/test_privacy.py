"""A member takes everything along, and is forgotten as far as the book allows."""

import json
from datetime import date, timedelta

import pytest

from backend.core.privacy import subjects
from backend.ledger.selectors import balance
from membership import actions, selectors
from membership.models import Badge, Birthday, CheckIn, Deed, PointGrant, PointLot
from membership.privacy import MembershipPrivacy
from tests.factories.catalogue import NOON
from tests.factories.membership import make_confirmed_order, make_person

pytestmark = pytest.mark.django_db


def member():
    """Somebody who bought, checked in, has a birthday and got points by hand."""
    bob, clerk = make_person("Bob"), make_person("Clerk")
    actions.count_order(order_id=make_confirmed_order(buyer_id=bob.id).id, now=NOON)
    actions.check_in(user_id=bob.id, now=NOON)
    Birthday.objects.create(user=bob, born_on=date(1990, 5, 1), told_at=NOON - timedelta(days=60))
    actions.ask_grant(
        user_id=bob.id, points=100, reason="王先生的包裹压坏了", actor_id=clerk.id, idempotency_key=bob.id, now=NOON
    )
    return bob


def test_the_app_answers_for_membership():
    assert "membership" in [subject.name for subject in subjects()]


def test_everything_is_handed_out_ready_for_json():
    bob = member()

    exported = MembershipPrivacy().export(user_id=bob.id)

    assert json.loads(json.dumps(exported, default=str))["birthday"][0]["born_on"] == "1990-05-01"
    assert {row["cause"] for row in exported["points"]} == {"order", "check_in", "grant"}
    assert len(exported["check_ins"]) == 1
    assert exported["counted_orders"][0]["amount_minor"] == 3990


def test_nothing_of_others_is_handed_out():
    member()

    exported = MembershipPrivacy().export(user_id=make_person("Mallory").id)

    assert not any(exported.values())


def test_habits_birthday_and_words_go_and_the_book_stays():
    bob, carol = member(), member()
    before = balance(kind="points_active", owner_id=bob.id), balance(kind="points_pending", owner_id=bob.id)
    lots = PointLot.objects.filter(user=bob).count()

    MembershipPrivacy().erase(user_id=bob.id, now=NOON)

    for habit in (Birthday, CheckIn, Deed):
        assert not habit.objects.filter(user=bob).exists()
        assert habit.objects.filter(user=carol).exists()
    assert PointGrant.objects.get(user=bob).reason == "-"
    assert PointLot.objects.get(user=bob, cause="grant").facts["reason"] == "-"
    assert "压坏" in PointGrant.objects.get(user=carol).reason
    assert PointLot.objects.filter(user=bob).count() == lots
    assert (balance(kind="points_active", owner_id=bob.id), balance(kind="points_pending", owner_id=bob.id)) == before
    assert Badge.objects.filter(user=bob).count() == Badge.objects.filter(user=carol).count()
    assert selectors.lots_that_disagree() == []


def test_forgetting_twice_is_forgetting_once():
    bob = member()

    MembershipPrivacy().erase(user_id=bob.id, now=NOON)
    MembershipPrivacy().erase(user_id=bob.id, now=NOON)

    assert MembershipPrivacy().export(user_id=bob.id)["check_ins"] == []

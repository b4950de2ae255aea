"""Points: promised with an order, usable when it is kept, gone when it is refunded."""

from datetime import datetime, timedelta

import pytest

from backend.core.clock import business_day
from backend.core.money import Money
from backend.core.outbox.models import OutboxEvent
from backend.ledger.models import Transfer
from backend.ledger.selectors import balance
from membership import actions, rules, selectors
from membership.models import CountedSpending, LotState, PointLot, SpendingState
from tests.factories.catalogue import NOON
from tests.factories.membership import make_confirmed_order, make_person

pytestmark = pytest.mark.django_db


def usable(person, at: datetime = NOON) -> int:
    return selectors.points_available(person.id, now=at).amount


def told(name: str) -> int:
    return OutboxEvent.objects.filter(name=name).count()


def test_a_confirmed_order_promises_a_point_for_each_yuan_without_shipping():
    bob = make_person()
    order = make_confirmed_order(buyer_id=bob.id, goods_minor=3990, shipping_minor=800)

    actions.count_order(order_id=order.id, now=NOON)

    lot = PointLot.objects.get()
    assert (lot.earned, lot.state, lot.vests_at) == (39, LotState.PENDING, None)
    assert (selectors.points_pending(bob.id), usable(bob)) == (39, 0)
    assert told("PointsPromised") == 1


def test_the_same_order_counts_once():
    bob = make_person()
    order = make_confirmed_order(buyer_id=bob.id)

    for _ in range(3):
        actions.count_order(order_id=order.id, now=NOON)

    assert PointLot.objects.count() == CountedSpending.objects.count() == Transfer.objects.count() == 1


def test_an_order_of_less_than_a_yuan_promises_nothing_and_still_counts():
    order = make_confirmed_order(buyer_id=make_person().id, goods_minor=99)

    actions.count_order(order_id=order.id, now=NOON)

    assert not PointLot.objects.exists()
    assert CountedSpending.objects.get().amount_minor == 99


def test_points_wait_until_nine_days_after_delivery():
    bob = make_person()
    order = make_confirmed_order(buyer_id=bob.id)
    actions.count_order(order_id=order.id, now=NOON)
    assert actions.vest_points(now=NOON + timedelta(days=400)) == 0

    actions.start_return_window(order_id=order.id, delivered_at=NOON)

    assert actions.vest_points(now=NOON + timedelta(days=9, seconds=-1)) == 0
    assert actions.vest_points(now=NOON + timedelta(days=9)) == 1
    assert (selectors.points_pending(bob.id), usable(bob)) == (0, 39)


def test_a_partial_refund_takes_points_back_pro_rata():
    bob = make_person()
    order = make_confirmed_order(buyer_id=bob.id, goods_minor=10_000)
    actions.count_order(order_id=order.id, now=NOON)

    actions.reduce_order(order_id=order.id, refunded=Money(2_550), now=NOON)

    assert selectors.points_pending(bob.id) == 74
    assert CountedSpending.objects.get().amount_minor == 7_450
    assert told("PointsTakenBack") == 1


def test_a_full_refund_takes_everything_back_even_after_it_became_usable():
    bob = make_person()
    order = make_confirmed_order(buyer_id=bob.id)
    actions.count_order(order_id=order.id, now=NOON)
    actions.start_return_window(order_id=order.id, delivered_at=NOON)
    actions.vest_points(now=NOON + timedelta(days=9))

    actions.reduce_order(order_id=order.id, refunded=Money(3990), now=NOON + timedelta(days=10))

    assert (selectors.points_pending(bob.id), usable(bob)) == (0, 0)
    assert balance(kind="points_reversed") == 39
    assert PointLot.objects.get().state == LotState.REVOKED
    assert CountedSpending.objects.get().state == SpendingState.REVERSED


def test_a_refund_told_twice_takes_back_once():
    bob = make_person()
    order = make_confirmed_order(buyer_id=bob.id, goods_minor=10_000)
    actions.count_order(order_id=order.id, now=NOON)

    for _ in range(2):
        actions.reduce_order(order_id=order.id, refunded=Money(5_000), now=NOON)

    assert selectors.points_pending(bob.id) == 50
    assert told("PointsTakenBack") == 1


def test_usable_points_lapse_at_the_end_of_their_last_day_in_shanghai():
    bob = make_person()
    order = make_confirmed_order(buyer_id=bob.id)
    actions.count_order(order_id=order.id, now=NOON)
    actions.start_return_window(order_id=order.id, delivered_at=NOON)
    vested_at = NOON + timedelta(days=9)
    actions.vest_points(now=vested_at)

    midnight = rules.day_ends(business_day(vested_at) + timedelta(days=365))

    assert usable(bob, midnight - timedelta(seconds=1)) == 39
    assert actions.expire_points(now=midnight - timedelta(seconds=1)) == 0
    assert actions.expire_points(now=midnight) == 1
    assert actions.expire_points(now=midnight) == 0

    assert usable(bob, midnight) == 0
    assert (balance(kind="points_expired"), PointLot.objects.get().lapsed) == (39, 39)


def test_kept_spending_lifts_to_the_tier_that_amount_and_orders_reach():
    bob = make_person()
    kept(bob, 100_000)
    assert selectors.member_tier(bob.id).key == "leaf"

    kept(bob, 1_000)
    assert selectors.member_tier(bob.id).key == "leaf"
    kept(bob, 1_000)

    assert selectors.member_tier(bob.id).key == "silver"
    assert told("TierReached") == 2
    assert selectors.lots_that_disagree() == []


def test_a_higher_tier_earns_more_from_then_on():
    bob = make_person()
    for goods in (50_000, 25_000, 25_000):
        kept(bob, goods)

    later = NOON + timedelta(days=10)
    second = make_confirmed_order(buyer_id=bob.id, goods_minor=1_000, now=later)
    actions.count_order(order_id=second.id, now=later)

    assert PointLot.objects.get(source_id=second.id).earned == 12


def test_every_lot_follows_from_its_facts_and_agrees_with_the_ledger():
    bob = make_person()
    for goods in (3990, 12_345, 99_999):
        actions.count_order(order_id=make_confirmed_order(buyer_id=bob.id, goods_minor=goods).id, now=NOON)
    assert selectors.lots_that_disagree() == []

    PointLot.objects.filter(earned=39).update(earned=40, remaining=40)

    assert len(selectors.lots_that_disagree()) == 2


def kept(person, goods_minor: int):
    order = make_confirmed_order(buyer_id=person.id, goods_minor=goods_minor)
    actions.count_order(order_id=order.id, now=NOON)
    actions.start_return_window(order_id=order.id, delivered_at=NOON)
    actions.vest_spending(now=NOON + timedelta(days=9))
    return order

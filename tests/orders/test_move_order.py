"""The moves of an order."""

from itertools import product

import pytest
from django.utils import translation

from backend.core.models import OutboxEvent
from backend.core.state_log import moves_of
from backend.orders.actions import cancel_paid, close_unpaid, confirm_order, mark_paid, mark_shipped, move_order
from backend.orders.models import Order, OrderState
from backend.orders.rules import MOVES, is_legal, new_number, timeline
from tests.factories.orders import LATER, NOON, make_order

PARCEL = ("shipped", "delivered", "completed")


@pytest.mark.parametrize(("came_from", "to"), list(product(OrderState, OrderState)))
@pytest.mark.django_db
def test_an_order_moves_only_along_the_table(came_from, to):
    order = make_order().order
    Order.objects.filter(pk=order.pk).update(state=came_from)
    order.refresh_from_db()

    moved = move_order(order=order, to=to, now=LATER)

    assert moved == is_legal(from_state=came_from, to_state=to) == (to in MOVES[came_from])
    assert order.state == (to if moved else came_from)
    assert len(moves_of(entity_type="order", entity_id=order.id)) == int(moved)


@pytest.mark.django_db
def test_of_two_moves_from_one_reading_one_wins():
    first = make_order().order
    second = Order.objects.get(pk=first.pk)

    assert mark_paid(order=first, awaits_group=False, is_late=False, now=LATER)
    assert not close_unpaid(order=second, reason="not_paid_in_time", now=LATER)

    assert second.state == OrderState.PAID
    assert not OutboxEvent.objects.filter(name="OrderClosed").exists()


@pytest.mark.django_db
def test_an_order_that_waits_for_its_group_is_confirmed_once_and_not_sent_before():
    order = make_order().order
    mark_paid(order=order, awaits_group=True, is_late=False, now=LATER)
    assert not mark_shipped(order=order, now=LATER)

    assert confirm_order(order=order, now=LATER)
    assert not confirm_order(order=order, now=LATER)

    assert mark_shipped(order=order, now=LATER)
    assert not cancel_paid(order=order, reason="too late", now=LATER)


def test_numbers_carry_the_day_and_do_not_repeat():
    numbers = {new_number(now=NOON) for _ in range(500)}

    assert len(numbers) == 500
    assert all(number.startswith("260302") for number in numbers)


@pytest.mark.parametrize(
    ("row", "keys"),
    [
        ({"shown_state": "PENDING_PAYMENT"}, ["placed", "paid", *PARCEL]),
        ({"shown_state": "AWAITING_GROUP", "kind": "group"}, ["placed", "paid", "group", *PARCEL]),
        ({"shown_state": "CLOSED"}, ["placed", "closed"]),
        ({"shown_state": "CANCELLED", "paid_at": NOON}, ["placed", "paid", "closed", "refunded"]),
        ({"shown_state": "REFUNDED", "paid_at": NOON, "shipped_at": NOON}, ["placed", "paid", *PARCEL]),
    ],
)  # fmt: skip
def test_the_timeline_shows_the_steps_that_make_sense(row, keys):
    times = dict.fromkeys(
        ("paid_at", "confirmed_at", "shipped_at", "delivered_at", "completed_at", "closed_at", "refunded_at")
    )
    plain = {"kind": "single", "late_payment": False, "captures_later": False}
    whole = {**times, "placed_at": NOON, "pay_deadline_at": NOON, **plain, **row}

    assert [step["key"] for step in timeline(whole)] == keys


@pytest.mark.parametrize(("confirmed_at", "said"), [(None, "你的座位付好了"), (NOON, "已收到付款")])
def test_money_that_may_only_be_held_is_not_said_to_be_received(confirmed_at, said):
    times = dict.fromkeys(("shipped_at", "delivered_at", "completed_at", "closed_at", "refunded_at"))
    row = {"shown_state": "AWAITING_GROUP", "kind": "group", "late_payment": False, "captures_later": True, **times}
    row |= {"placed_at": NOON, "paid_at": NOON, "pay_deadline_at": NOON, "confirmed_at": confirmed_at}

    with translation.override("zh-hans"):
        paid = timeline(row)[1]

    assert (paid["key"], paid["label"]) == ("paid", said)

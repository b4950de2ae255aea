"""When an order counts as kept: extended once, paused while something is open, and no day lost by it."""

from datetime import timedelta

import pytest

from backend.core.errors import NotFound
from backend.orders.actions import (
    extend_completion,
    mark_delivered,
    mark_shipped,
    pause_completion,
    resume_completion,
)
from backend.orders.errors import CompletionAlreadyExtended, OrderMoved
from backend.orders.models import Order
from backend.orders.rules import EXTENSION, KEEP_WINDOW
from tests.factories.orders import LATER, make_buyer
from tests.factories.payments import make_paid_order

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _delivered() -> Order:
    order = make_paid_order().order
    mark_shipped(order=order, now=LATER)
    mark_delivered(order=order, now=LATER)
    return order


def test_a_buyer_takes_more_days_once():
    order = _delivered()

    extend_completion(order_id=order.id, buyer_id=order.buyer_id, now=LATER + DAY)
    with pytest.raises(CompletionAlreadyExtended):
        extend_completion(order_id=order.id, buyer_id=order.buyer_id, now=LATER + 2 * DAY)

    order.refresh_from_db()
    assert order.complete_at == LATER + KEEP_WINDOW + EXTENSION
    assert order.completion_extended


def test_nobody_else_takes_more_days():
    order = _delivered()

    with pytest.raises(NotFound):
        extend_completion(order_id=order.id, buyer_id=make_buyer("Mallory").id, now=LATER)

    order.refresh_from_db()
    assert order.complete_at == LATER + KEEP_WINDOW


def test_an_order_that_is_not_there_yet_is_not_extended():
    order = make_paid_order().order

    with pytest.raises(OrderMoved):
        extend_completion(order_id=order.id, buyer_id=order.buyer_id, now=LATER)

    order.refresh_from_db()
    assert order.complete_at is None
    assert not order.completion_extended


def test_a_pause_costs_the_buyer_no_day():
    order = _delivered()

    assert pause_completion(order_id=order.id, now=LATER + 2 * DAY)
    assert not pause_completion(order_id=order.id, now=LATER + 3 * DAY)
    assert resume_completion(order_id=order.id, now=LATER + 5 * DAY)
    assert not resume_completion(order_id=order.id, now=LATER + 6 * DAY)

    order.refresh_from_db()
    assert order.complete_at == LATER + KEEP_WINDOW + 3 * DAY
    assert order.completion_paused_at is None


def test_a_pause_that_began_on_the_way_counts_from_the_door():
    order = make_paid_order().order
    mark_shipped(order=order, now=LATER)
    pause_completion(order_id=order.id, now=LATER)
    order.refresh_from_db()
    mark_delivered(order=order, now=LATER + 2 * DAY)

    resume_completion(order_id=order.id, now=LATER + 3 * DAY)

    order.refresh_from_db()
    assert order.complete_at == LATER + 3 * DAY + KEEP_WINDOW

"""Parcels: who may send them, and what follows."""

from datetime import timedelta

import pytest

from backend.accounts.actions import grant_role
from backend.core import clock
from backend.core.models import OutboxEvent
from backend.fulfilment.actions import complete_due_orders, confirm_receipt, deliver_order, ship_order
from backend.orders.errors import OrderMoved
from backend.orders.models import OrderState
from backend.orders.rules import KEEP_WINDOW
from tests.factories.fulfilment import codes_of
from tests.factories.orders import LATER, NOON, make_buyer, make_order
from tests.factories.payments import make_paid_order
from tests.support.api import Api

pytestmark = pytest.mark.django_db
SHIP = """mutation ($input: ShipOrderInput!) { shipOrder(input: $input) {
  order { state timeline { key isDone } } errors { code details } } }"""
RECEIVE = """mutation ($input: ConfirmReceiptInput!) { confirmReceipt(input: $input) {
  order { state } errors { code } } }"""


def test_a_paid_order_is_sent_delivered_and_completed_when_nothing_comes_back():
    order = make_paid_order().order
    ship_order(order_id=order.id, codes=codes_of(order), actor_id=None, now=LATER)
    deliver_order(order_id=order.id, actor_id=None, now=LATER)
    assert complete_due_orders(now=LATER + KEEP_WINDOW - timedelta(seconds=1)) == 0

    assert complete_due_orders(now=LATER + KEEP_WINDOW) == 1

    order.refresh_from_db()
    assert order.state == OrderState.COMPLETED
    told = OutboxEvent.objects.filter(name__in=["OrderShipped", "OrderDelivered", "OrderCompleted"])
    assert list(told.order_by("pk").values_list("name", flat=True)) == [
        "OrderShipped", "OrderDelivered", "OrderCompleted",
    ]  # fmt: skip


def test_an_unpaid_order_is_not_sent():
    order = make_order().order

    with pytest.raises(OrderMoved):
        ship_order(order_id=order.id, codes=[], actor_id=None, now=LATER)

    order.refresh_from_db()
    assert order.state == OrderState.PENDING_PAYMENT


def test_only_support_sends_parcels():
    with clock.frozen(NOON):
        placed = make_paid_order()
        buyer, support = placed.order.buyer, make_buyer("Sue")
        grant_role(user_id=support.id, role="support", now=NOON)
        wanted = {"orderId": str(placed.order.id), "codes": codes_of(placed.order)}

        assert Api().payload(SHIP, input=wanted)["errors"][0]["code"] == "SIGN_IN_REQUIRED"
        assert Api(buyer).payload(SHIP, input=wanted)["errors"][0]["code"] == "NOT_ALLOWED"
        assert Api(support).payload(SHIP, input=wanted)["order"]["state"] == "SHIPPED"
        assert Api(support).payload(SHIP, input=wanted)["errors"][0]["code"] == "ORDER_MOVED"


def test_only_the_buyer_confirms_a_parcel():
    placed = make_paid_order()
    ship_order(order_id=placed.order.id, codes=codes_of(placed.order), actor_id=None, now=LATER)
    wanted = {"orderId": str(placed.order.id)}

    assert Api(make_buyer("Mallory")).payload(RECEIVE, input=wanted)["errors"][0]["code"] == "NOT_FOUND"
    assert Api(placed.order.buyer).payload(RECEIVE, input=wanted)["order"]["state"] == "COMPLETED"


def test_a_parcel_that_was_not_sent_cannot_be_confirmed():
    placed = make_paid_order()

    with pytest.raises(OrderMoved):
        confirm_receipt(order_id=placed.order.id, buyer_id=placed.order.buyer_id, now=LATER)

    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.PAID

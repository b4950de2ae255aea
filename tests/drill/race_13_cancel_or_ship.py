"""A buyer gives an order up while its parcel is handed over: one wins, and the other knows it."""

import time

from django.db import transaction

from backend.checkout.actions import cancel_order
from backend.core.ids import new_id
from backend.fulfilment.actions import send_parcel
from backend.fulfilment.errors import ParcelMoved
from backend.fulfilment.models import Shipment, ShipmentState
from backend.fulfilment.rules import GONE
from backend.ledger.selectors import conservation
from backend.orders.errors import OrderMoved, OrderNotCancellable
from backend.orders.models import Order, OrderState
from backend.payments.models import Refund
from tests.factories.fulfilment import make_parcel
from tests.factories.orders import LATER
from tests.factories.payments import make_paid_order
from tests.support.races import all_at_once

NUMBER = 13
NAME = "cancel against ship, 10 parcels"
ORDERS = 10
THINKING_SECONDS = 0.05


def violations(*, guarded: bool) -> int:
    """Count parcels that left although the money goes back, and orders that are neither sent nor given up."""
    parcels = [make_parcel(make_paid_order().order) for _ in range(ORDERS)]

    def move(number: int) -> None:
        parcel, ships = parcels[number // 2], number % 2 == 0
        if not guarded:
            (naive_ship if ships else naive_cancel)(parcel)
        elif ships:
            _ship(parcel)
        else:
            _cancel(parcel)

    outcome = all_at_once(ORDERS * 2, move)
    return len(outcome.raised) + sum(_disagrees(parcel) for parcel in parcels) + int(conservation()["difference"] != 0)


def naive_ship(parcel: Shipment) -> None:
    """Read, think, write."""
    with transaction.atomic():
        order = Order.objects.get(pk=parcel.order_id)
        if order.state != OrderState.PAID:
            return
        time.sleep(THINKING_SECONDS)
        Shipment.objects.filter(pk=parcel.pk).update(state=ShipmentState.SHIPPED)


def naive_cancel(parcel: Shipment) -> None:
    """Read, think, write."""
    with transaction.atomic():
        order = Order.objects.get(pk=parcel.order_id)
        if Shipment.objects.get(pk=parcel.pk).state != ShipmentState.PACKED:
            return
        time.sleep(THINKING_SECONDS)
        order.state = OrderState.CANCELLED
        order.save(update_fields=["state"])


def _ship(parcel: Shipment) -> None:
    try:
        send_parcel(shipment_id=parcel.id, actor_id=None, now=LATER)
    except (OrderMoved, ParcelMoved):
        return


def _cancel(parcel: Shipment) -> None:
    order = parcel.order
    try:
        cancel_order(order_id=order.id, buyer_id=order.buyer_id, idempotency_key=new_id(), now=LATER)
    except OrderNotCancellable:
        return


def _disagrees(parcel: Shipment) -> bool:
    order, has_left = Order.objects.get(pk=parcel.order_id), Shipment.objects.get(pk=parcel.pk).state in GONE
    refunds = Refund.objects.filter(order=order).count()
    if has_left:
        return order.state != OrderState.SHIPPED or refunds > 0
    return order.state != OrderState.CANCELLED or refunds != 1

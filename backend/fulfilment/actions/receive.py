"""The end of a parcel's way: handed over, confirmed, and kept."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one
from backend.fulfilment.actions.move import mark_arrived, move_shipment
from backend.fulfilment.errors import ParcelMoved
from backend.fulfilment.models import Shipment, ShipmentState, TrackingEvent
from backend.fulfilment.rules import MOVING, has_all_gone
from backend.fulfilment.selectors import orders_to_complete, progress_of_resend, resend_by_id, visible_shipment
from backend.orders.actions import mark_completed
from backend.orders.errors import OrderMoved
from backend.orders.models import Order, OrderState
from backend.orders.selectors import own_order


@transaction.atomic
def deliver_parcel(*, shipment_id: UUID, actor_id: UUID | None, now: datetime) -> Shipment:
    """Record that one parcel was handed over, where no carrier says so.

    Raises: ParcelMoved, NotFound.
    Emits: ShipmentDelivered, OrderDelivered.
    """
    order = lock_one(Order, visible_shipment(shipment_id=shipment_id).order_id)
    shipment = lock_one(Shipment, shipment_id)
    if shipment.state not in MOVING:
        raise ParcelMoved(state=shipment.state)
    _arrive(shipment, order, actor_id=actor_id, is_told_by_buyer=False, now=now)
    return shipment


@transaction.atomic
def deliver_order(*, order_id: UUID, actor_id: UUID | None, now: datetime) -> Order:
    """Record that every parcel of an order was handed over.

    Raises: OrderMoved, NotFound.
    Emits: ShipmentDelivered, OrderDelivered.
    """
    order = lock_one(Order, order_id)
    if order.state != OrderState.SHIPPED:
        raise OrderMoved(state=order.state)
    _arrive_all(order, actor_id=actor_id, is_told_by_buyer=False, now=now)
    return order


@transaction.atomic
def confirm_receipt(*, order_id: UUID, buyer_id: UUID, now: datetime) -> Order:
    """Let the buyer say that everything is there and all is well.

    Raises: OrderMoved, NotFound.
    Emits: ShipmentDelivered, OrderDelivered, OrderCompleted, DeliveredSurveyDue.
    """
    order = lock_one(Order, own_order(order_id=order_id, buyer_id=buyer_id).id)
    if order.state == OrderState.SHIPPED:
        _arrive_all(order, actor_id=buyer_id, is_told_by_buyer=True, now=now)
    if not mark_completed(order=order, actor_id=buyer_id, now=now):
        raise OrderMoved(state=order.state)
    return order


@transaction.atomic
def confirm_resend(*, resend_id: UUID, buyer_id: UUID, now: datetime) -> bool:
    """Let the buyer say that what was sent once more is there; say whether all of it has left the house.

    Raises: NotFound.
    Emits: ShipmentDelivered.
    """
    order = lock_one(Order, own_order(order_id=resend_by_id(resend_id).order_id, buyer_id=buyer_id).id)
    if not has_all_gone(list(progress_of_resend(resend_id).values())):
        return False
    for shipment in Shipment.objects.filter(resend_id=resend_id, state__in=MOVING).order_by("pk"):
        _arrive(shipment, order, actor_id=buyer_id, is_told_by_buyer=True, now=now)
    return True


def complete_due_orders(*, now: datetime, limit: int = 200) -> int:
    """Complete the orders whose time to send something back is over, and say how many.

    Emits: OrderCompleted.
    """
    return sum(_complete(order_id, now=now) for order_id in orders_to_complete(now=now, limit=limit))


@transaction.atomic
def _complete(order_id: UUID, *, now: datetime) -> bool:
    """Complete one order, unless it was paused or extended while it waited in the list."""
    order = lock_one(Order, order_id)
    is_due = order.complete_at is not None and order.complete_at <= now and order.completion_paused_at is None
    return is_due and mark_completed(order=order, now=now)


def _arrive_all(order: Order, *, actor_id: UUID | None, is_told_by_buyer: bool, now: datetime) -> None:
    for shipment in Shipment.objects.filter(order=order, resend=None, state__in=MOVING).order_by("pk"):
        _arrive(shipment, order, actor_id=actor_id, is_told_by_buyer=is_told_by_buyer, now=now)
    mark_arrived(order=order, actor_id=actor_id, now=now)


def _arrive(shipment: Shipment, order: Order, *, actor_id: UUID | None, is_told_by_buyer: bool, now: datetime) -> None:
    move_shipment(
        shipment=shipment,
        order=order,
        to=ShipmentState.DELIVERED,
        at=now,
        actor_id=actor_id,
        reason="told by the buyer" if is_told_by_buyer else "told by staff",
        is_told_by_buyer=is_told_by_buyer,
        now=now,
    )
    code = "confirmed" if is_told_by_buyer else "delivered"
    TrackingEvent.objects.create(shipment=shipment, code=code, at=now, noted_at=now)

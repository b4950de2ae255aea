"""Every step of a parcel."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one
from backend.fulfilment.selectors import orders_to_complete
from backend.orders.actions import mark_completed, mark_delivered, mark_shipped
from backend.orders.errors import OrderMoved
from backend.orders.models import Order
from backend.orders.selectors import own_order


@transaction.atomic
def ship_order(*, order_id: UUID, actor_id: UUID | None, now: datetime) -> Order:
    """Send the parcel of a confirmed order.

    Raises: OrderMoved, NotFound.
    Emits: OrderShipped.
    """
    order = lock_one(Order, order_id)
    if not mark_shipped(order=order, actor_id=actor_id, now=now):
        raise OrderMoved(state=order.state)
    return order


@transaction.atomic
def deliver_order(*, order_id: UUID, actor_id: UUID | None, now: datetime) -> Order:
    """Record that the parcel was handed over.

    Raises: OrderMoved, NotFound.
    Emits: OrderDelivered.
    """
    order = lock_one(Order, order_id)
    if not mark_delivered(order=order, actor_id=actor_id, now=now):
        raise OrderMoved(state=order.state)
    return order


@transaction.atomic
def confirm_receipt(*, order_id: UUID, buyer_id: UUID, now: datetime) -> Order:
    """Let the buyer say that the parcel is there and all is well.

    Raises: OrderMoved, NotFound.
    Emits: OrderDelivered, OrderCompleted.
    """
    order = lock_one(Order, own_order(order_id=order_id, buyer_id=buyer_id).id)
    mark_delivered(order=order, actor_id=buyer_id, now=now)
    if not mark_completed(order=order, actor_id=buyer_id, now=now):
        raise OrderMoved(state=order.state)
    return order


def complete_due_orders(*, now: datetime, limit: int = 200) -> int:
    """Complete the orders whose time to send something back is over, and say how many.

    Emits: OrderCompleted.
    """
    return sum(_complete(order_id, now=now) for order_id in orders_to_complete(now=now, limit=limit))


@transaction.atomic
def _complete(order_id: UUID, *, now: datetime) -> bool:
    return mark_completed(order=lock_one(Order, order_id), now=now)

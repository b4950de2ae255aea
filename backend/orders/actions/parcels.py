"""What the parcels of an order do to it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.outbox import emit
from backend.orders.actions.move import move_order
from backend.orders.events import OrderDelivered, OrderShipped
from backend.orders.models import Order, OrderState
from backend.orders.rules import KEEP_WINDOW


@transaction.atomic(savepoint=False)
def mark_fulfilling(*, order: Order, now: datetime, actor_id: UUID | None = None) -> bool:
    """Record that a part of the order left; from here on it cannot be cancelled."""
    return move_order(order=order, to=OrderState.FULFILLING, now=now, actor_id=actor_id, reason="a part left")


@transaction.atomic(savepoint=False)
def mark_shipped(*, order: Order, now: datetime, actor_id: UUID | None = None) -> bool:
    """Record that everything left.

    Emits: OrderShipped.
    """
    if not move_order(order=order, to=OrderState.SHIPPED, now=now, actor_id=actor_id, changes={"shipped_at": now}):
        return False
    emit(OrderShipped(order_id=order.id, buyer_id=order.buyer_id, at=now))
    return True


@transaction.atomic(savepoint=False)
def mark_delivered(*, order: Order, now: datetime, actor_id: UUID | None = None) -> bool:
    """Record that everything was handed over.

    Emits: OrderDelivered.
    """
    changes = {"delivered_at": now, "complete_at": now + KEEP_WINDOW}
    if not move_order(order=order, to=OrderState.DELIVERED, now=now, actor_id=actor_id, changes=changes):
        return False
    emit(OrderDelivered(order_id=order.id, buyer_id=order.buyer_id, at=now))
    return True

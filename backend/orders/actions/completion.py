"""When an order counts as kept: at once when the buyer says so, else when its day comes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.errors import NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.orders.actions.move import move_order
from backend.orders.errors import CompletionAlreadyExtended, OrderMoved
from backend.orders.events import OrderCompleted
from backend.orders.models import Order, OrderState
from backend.orders.rules import EXTENSION, day_after_pause


@transaction.atomic(savepoint=False)
def mark_completed(*, order: Order, now: datetime, actor_id: UUID | None = None) -> bool:
    """Record that the buyer keeps the goods.

    Emits: OrderCompleted.
    """
    if not move_order(order=order, to=OrderState.COMPLETED, now=now, actor_id=actor_id, changes={"completed_at": now}):
        return False
    emit(OrderCompleted(order_id=order.id, buyer_id=order.buyer_id, total_minor=order.total_minor, at=now))
    return True


@transaction.atomic
def extend_completion(*, order_id: UUID, buyer_id: UUID, now: datetime) -> Order:
    """Give the buyer more days to look at the goods, once per order.

    Raises: CompletionAlreadyExtended, OrderMoved, NotFound.
    """
    order = lock_one(Order, order_id)
    if order.buyer_id != buyer_id:
        raise NotFound
    if order.state != OrderState.DELIVERED or order.complete_at is None:
        raise OrderMoved(state=order.state)
    if order.completion_extended:
        raise CompletionAlreadyExtended(complete_at=order.complete_at)
    order.complete_at = max(order.complete_at, now) + EXTENSION
    order.completion_extended = True
    order.version += 1
    order.save(update_fields=["complete_at", "completion_extended", "version"])
    return order


@transaction.atomic(savepoint=False)
def pause_completion(*, order_id: UUID, now: datetime) -> bool:
    """Stop the clock of an order while something about it is open; say whether it was running.

    The parcel may still be on its way: the clock then starts paused.
    """
    running = Order.objects.filter(pk=order_id, completion_paused_at=None).exclude(state=OrderState.COMPLETED)
    return bool(running.update(completion_paused_at=now, version=F("version") + 1))


@transaction.atomic
def resume_completion(*, order_id: UUID, now: datetime) -> bool:
    """Let the clock of an order run on, moving its day by the length of the pause; say whether it stood still.

    Whoever pauses for several reasons calls this when the last of them is gone.

    Raises: NotFound.
    """
    order = lock_one(Order, order_id)
    if order.completion_paused_at is None:
        return False
    if order.complete_at is not None and order.delivered_at is not None:
        order.complete_at = day_after_pause(
            complete_at=order.complete_at,
            paused_at=max(order.completion_paused_at, order.delivered_at),
            now=now,
        )
    order.completion_paused_at = None
    order.version += 1
    order.save(update_fields=["complete_at", "completion_paused_at", "version"])
    return True

"""Moving an order along its states: the one place where a state changes."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.state_log import log_move
from backend.orders.models import Order, OrderState
from backend.orders.rules import is_legal


@transaction.atomic(savepoint=False)
def move_order(
    *,
    order: Order,
    to: OrderState,
    now: datetime,
    actor_id: UUID | None = None,
    reason: str = "",
    changes: Mapping[str, object] | None = None,
) -> bool:
    """Move an order from the state it was read in to another, and say whether it was still there.

    The condition in the statement decides: of two moves from one state exactly one answers True.
    `order` is brought up to date either way.
    """
    if not is_legal(from_state=order.state, to_state=to):
        return False
    came_from = order.state
    columns = {"state": to, **(changes or {})}
    if not Order.objects.filter(pk=order.pk, state=came_from).update(version=F("version") + 1, **columns):
        order.refresh_from_db()
        return False
    order.version += 1
    for name, value in columns.items():
        setattr(order, name, value)
    log_move(
        entity_type="order",
        entity_id=order.id,
        from_state=came_from,
        to_state=to,
        now=now,
        actor_id=actor_id,
        reason=reason,
    )
    return True

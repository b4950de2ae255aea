"""Closing orders that nobody paid."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.checkout.actions.holding import hold_order, release_adjustments
from backend.checkout.rules import NOT_PAID
from backend.checkout.selectors import overdue_orders
from backend.inventory.actions import release
from backend.orders.actions import close_unpaid
from backend.orders.models import OrderState
from backend.orders.rules import is_past_deadline
from backend.payments.actions import expire_payments


@transaction.atomic
def close_order(*, order_id: UUID, reason: str, now: datetime, actor_id: UUID | None = None) -> bool:
    """Close an unpaid order and give back all it held; an order that was paid meanwhile stays, and False is said.

    Raises: NotFound.
    Emits: OrderClosed.
    """
    held = hold_order(order_id)
    if not close_unpaid(order=held.order, reason=reason, actor_id=actor_id, now=now):
        return False
    release_adjustments(held, reason=reason, now=now)
    release(order_id=order_id, now=now)
    expire_payments(order_id=order_id)
    return True


@transaction.atomic
def close_if_overdue(*, order_id: UUID, now: datetime) -> bool:
    """Close one order if its time to pay is over.

    Raises: NotFound.
    Emits: OrderClosed.
    """
    order = hold_order(order_id).order
    if order.state != OrderState.PENDING_PAYMENT or not is_past_deadline(
        state=order.state, pay_deadline_at=order.pay_deadline_at, now=now
    ):
        return False
    return close_order(order_id=order_id, reason=NOT_PAID, now=now)


def close_overdue_orders(*, now: datetime, limit: int = 200) -> int:
    """Close the orders whose time to pay is over, each in its own transaction, and say how many.

    Emits: OrderClosed.
    """
    return sum(close_if_overdue(order_id=order_id, now=now) for order_id in overdue_orders(now=now, limit=limit))

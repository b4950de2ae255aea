"""What the money of an order does to it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.outbox import emit
from backend.orders.actions.move import move_order
from backend.orders.events import (
    OrderCancelled,
    OrderClosed,
    OrderConfirmed,
    OrderPaid,
    OrderRefunded,
)
from backend.orders.models import Order, OrderKind, OrderState


@transaction.atomic(savepoint=False)
def mark_paid(*, order: Order, awaits_group: bool, is_late: bool, now: datetime, is_held: bool = False) -> bool:
    """Record that the money of an order is in, or held by its provider; a single order is confirmed at once.

    A service is not sent: it is complete with its money, and nothing that follows from goods follows from it.

    Emits: OrderPaid, OrderConfirmed.
    """
    is_service = order.kind == OrderKind.SERVICE
    to = OrderState.AWAITING_GROUP if awaits_group else OrderState.COMPLETED if is_service else OrderState.PAID
    changes: dict[str, object] = {"paid_at": now, "late_payment": is_late, "closed_at": None, "close_reason": ""}
    if not awaits_group:
        changes["completed_at" if is_service else "confirmed_at"] = now
    if not move_order(order=order, to=to, now=now, reason="paid late" if is_late else "paid", changes=changes):
        return False
    emit(OrderPaid(**_facts(order), is_held=is_held, at=now))
    if not awaits_group and not is_service:
        emit(OrderConfirmed(**_facts(order), at=now))
    return True


@transaction.atomic(savepoint=False)
def confirm_order(*, order: Order, now: datetime) -> bool:
    """Record that the group of a paid order is full, so that the order will be sent.

    Emits: OrderConfirmed.
    """
    if order.state != OrderState.AWAITING_GROUP:
        return False
    if not move_order(order=order, to=OrderState.PAID, now=now, reason="group full", changes={"confirmed_at": now}):
        return False
    emit(OrderConfirmed(**_facts(order), at=now))
    return True


@transaction.atomic(savepoint=False)
def close_unpaid(*, order: Order, reason: str, now: datetime, actor_id: UUID | None = None) -> bool:
    """Close an order that nobody paid.

    Emits: OrderClosed.
    """
    changes = {"closed_at": now, "close_reason": reason}
    if order.state != OrderState.PENDING_PAYMENT or not move_order(
        order=order, to=OrderState.CLOSED, now=now, actor_id=actor_id, reason=reason, changes=changes
    ):
        return False
    emit(OrderClosed(order_id=order.id, buyer_id=order.buyer_id, reason=reason, at=now))
    return True


@transaction.atomic(savepoint=False)
def cancel_paid(*, order: Order, reason: str, now: datetime, actor_id: UUID | None = None) -> bool:
    """Give up an order whose money is in and whose parcel has not left.

    Emits: OrderCancelled.
    """
    changes = {"closed_at": now, "close_reason": reason}
    if not move_order(order=order, to=OrderState.CANCELLED, now=now, actor_id=actor_id, reason=reason, changes=changes):
        return False
    emit(OrderCancelled(order_id=order.id, buyer_id=order.buyer_id, reason=reason, at=now))
    return True


@transaction.atomic(savepoint=False)
def flag_late_payment(*, order: Order) -> None:
    """Note that money came for an order after it was closed."""
    order.late_payment = True
    order.save(update_fields=["late_payment"])


@transaction.atomic(savepoint=False)
def wait_longer(*, order: Order, until: datetime) -> None:
    """Let an unpaid order wait for its money until then, if it does not wait as long already."""
    if order.pay_deadline_at < until:
        order.pay_deadline_at = until
        order.version += 1
        order.save(update_fields=["pay_deadline_at", "version"])


@transaction.atomic(savepoint=False)
def mark_refunded(
    *, order: Order, refund_id: UUID, amount_minor: int, refunded_minor: int, reason: str, now: datetime
) -> None:
    """Record that money of an order has arrived back.

    Emits: OrderRefunded.
    """
    is_full = refunded_minor >= order.total_minor
    if is_full:
        move_order(order=order, to=OrderState.REFUNDED, now=now, reason=reason, changes={"refunded_at": now})
    else:
        move_order(order=order, to=OrderState.PARTIALLY_REFUNDED, now=now, reason=reason)
    emit(
        OrderRefunded(
            order_id=order.id,
            buyer_id=order.buyer_id,
            refund_id=refund_id,
            amount_minor=amount_minor,
            refunded_minor=refunded_minor,
            total_minor=order.total_minor,
            is_full=is_full,
            reason=reason,
            at=now,
        )
    )


def _facts(order: Order) -> dict[str, Any]:
    return {
        "order_id": order.id,
        "buyer_id": order.buyer_id,
        "total_minor": order.total_minor,
        "kind": order.kind,
        "campaign_id": order.campaign_id,
    }

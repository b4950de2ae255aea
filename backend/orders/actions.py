"""Every write to an order: making one, and moving it along its states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.outbox import emit
from backend.core.rows import insert_row, insert_rows
from backend.core.state_log import log_move
from backend.orders.events import (
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderConfirmed,
    OrderDelivered,
    OrderPaid,
    OrderPlaced,
    OrderRefunded,
    OrderShipped,
)
from backend.orders.models import Order, OrderKind, OrderLine, OrderState
from backend.orders.rules import is_legal, new_number


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """One line of an order that is about to be placed, with its words and prices fixed."""

    variant_id: UUID
    product_id: UUID
    product_slug: str
    title: Mapping[str, str]
    option_title: Mapping[str, str]
    picture_id: UUID | None
    quantity: int
    unit_minor: int
    discount_minor: int


@transaction.atomic(savepoint=False)
def create_order(
    *,
    buyer_id: UUID,
    kind: OrderKind,
    lines: Sequence[NewLine],
    shipping_minor: int,
    address: Mapping[str, object],
    campaign_id: UUID | None,
    via: str,
    pay_deadline_at: datetime,
    now: datetime,
) -> Order:
    """Write a new order and its lines, waiting for payment.

    Emits: OrderPlaced.
    """
    items_minor = sum(line.unit_minor * line.quantity for line in lines)
    discount_minor = sum(line.discount_minor for line in lines)
    order = Order(
        number=new_number(now=now),
        buyer_id=buyer_id,
        kind=kind,
        campaign_id=campaign_id,
        via=via,
        items_minor=items_minor,
        discount_minor=discount_minor,
        shipping_minor=shipping_minor,
        total_minor=items_minor - discount_minor + shipping_minor,
        address=dict(address),
        placed_at=now,
        pay_deadline_at=pay_deadline_at,
    )
    insert_row(order)
    insert_rows([_row(order, position, line) for position, line in enumerate(lines)])
    emit(
        OrderPlaced(
            order_id=order.id,
            buyer_id=buyer_id,
            total_minor=order.total_minor,
            kind=order.kind,
            campaign_id=campaign_id,
            at=now,
        )
    )
    return order


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


@transaction.atomic(savepoint=False)
def mark_paid(*, order: Order, awaits_group: bool, is_late: bool, now: datetime) -> bool:
    """Record that the money of an order is in; a single order is confirmed at once.

    Emits: OrderPaid, OrderConfirmed.
    """
    to = OrderState.AWAITING_GROUP if awaits_group else OrderState.PAID
    changes: dict[str, object] = {"paid_at": now, "late_payment": is_late, "closed_at": None, "close_reason": ""}
    if not awaits_group:
        changes["confirmed_at"] = now
    if not move_order(order=order, to=to, now=now, reason="paid late" if is_late else "paid", changes=changes):
        return False
    emit(OrderPaid(**_facts(order), at=now))
    if not awaits_group:
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


@transaction.atomic(savepoint=False)
def mark_shipped(*, order: Order, now: datetime, actor_id: UUID | None = None) -> bool:
    """Record that the parcel left.

    Emits: OrderShipped.
    """
    if not move_order(order=order, to=OrderState.SHIPPED, now=now, actor_id=actor_id, changes={"shipped_at": now}):
        return False
    emit(OrderShipped(order_id=order.id, buyer_id=order.buyer_id, at=now))
    return True


@transaction.atomic(savepoint=False)
def mark_delivered(*, order: Order, now: datetime, actor_id: UUID | None = None) -> bool:
    """Record that the parcel was handed over.

    Emits: OrderDelivered.
    """
    if not move_order(order=order, to=OrderState.DELIVERED, now=now, actor_id=actor_id, changes={"delivered_at": now}):
        return False
    emit(OrderDelivered(order_id=order.id, buyer_id=order.buyer_id, at=now))
    return True


@transaction.atomic(savepoint=False)
def mark_completed(*, order: Order, now: datetime, actor_id: UUID | None = None) -> bool:
    """Record that the buyer keeps the goods.

    Emits: OrderCompleted.
    """
    if not move_order(order=order, to=OrderState.COMPLETED, now=now, actor_id=actor_id, changes={"completed_at": now}):
        return False
    emit(OrderCompleted(order_id=order.id, buyer_id=order.buyer_id, total_minor=order.total_minor, at=now))
    return True


def _row(order: Order, position: int, line: NewLine) -> OrderLine:
    return OrderLine(
        order=order,
        position=position,
        variant_id=line.variant_id,
        product_id=line.product_id,
        product_slug=line.product_slug,
        title=dict(line.title),
        option_title=dict(line.option_title),
        picture_id=line.picture_id,
        quantity=line.quantity,
        unit_minor=line.unit_minor,
        discount_minor=line.discount_minor,
        total_minor=line.unit_minor * line.quantity - line.discount_minor,
    )


def _facts(order: Order) -> dict[str, Any]:
    return {
        "order_id": order.id,
        "buyer_id": order.buyer_id,
        "total_minor": order.total_minor,
        "kind": order.kind,
        "campaign_id": order.campaign_id,
    }

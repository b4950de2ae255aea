"""Giving an order up: by its buyer, or because its group did not fill."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.checkout.actions.close_order import close_order
from backend.checkout.actions.holding import hold_orders, release_adjustments
from backend.checkout.rules import BY_BUYER
from backend.core.idempotency import remember, replay_or_reserve
from backend.inventory.actions import release
from backend.ledger.actions import hold_shop_accounts
from backend.orders.actions import cancel_paid
from backend.orders.errors import OrderNotCancellable
from backend.orders.models import Order, OrderKind, OrderState
from backend.orders.selectors import own_order
from backend.payments.actions import request_refund
from backend.payments.rules import BOOKED_BY_REFUNDS


@transaction.atomic
def cancel_order(*, order_id: UUID, buyer_id: UUID, idempotency_key: UUID, now: datetime) -> Order:
    """Give up one's own order: an unpaid one is closed, a paid single one is refunded until it is packed.

    Raises: OrderNotCancellable, NotFound, KeyReused.
    Emits: OrderClosed, OrderCancelled, RefundRequested.
    """
    key: dict[str, Any] = {"principal_id": buyer_id, "action": "cancel_order", "key": idempotency_key}
    order = own_order(order_id=order_id, buyer_id=buyer_id)
    if replay_or_reserve(**key, request={"order": order_id}) is not None:
        return order
    if not _give_up(order, now=now):
        raise OrderNotCancellable(state=own_order(order_id=order_id, buyer_id=buyer_id).state)
    remember(**key, answer={"orderId": order_id})
    return own_order(order_id=order_id, buyer_id=buyer_id)


@transaction.atomic
def cancel_paid_orders(
    *, order_ids: Sequence[UUID], reason: str, cause: str, now: datetime, actor_id: UUID | None = None
) -> list[UUID]:
    """Give up paid orders that have not been sent, put their pieces back, and send the money back.

    Orders that are not paid, or are past that point, are left alone. The ids of those given up are answered.
    Call it inside the transaction that decides, for instance the one in which a group expires.

    Raises: NotFound.
    Emits: OrderCancelled, RefundRequested.
    """
    cancelled: list[UUID] = []
    orders = hold_orders(order_ids)
    if len(orders) > 1:
        hold_shop_accounts(BOOKED_BY_REFUNDS)
    for held in orders:
        order = held.order
        if order.state not in (OrderState.AWAITING_GROUP, OrderState.PAID) or not cancel_paid(
            order=order, reason=reason, actor_id=actor_id, now=now
        ):
            continue
        release_adjustments(held, reason=reason, now=now)
        release(order_id=order.id, now=now)
        request_refund(order_id=order.id, reason=reason, cause=cause, now=now)
        cancelled.append(order.id)
    return cancelled


def _give_up(order: Order, *, now: datetime) -> bool:
    if order.state == OrderState.PENDING_PAYMENT and close_order(
        order_id=order.id, reason=BY_BUYER, actor_id=order.buyer_id, now=now
    ):
        return True
    if order.kind != OrderKind.SINGLE:
        return False
    return bool(
        cancel_paid_orders(order_ids=[order.id], reason=BY_BUYER, cause=BY_BUYER, actor_id=order.buyer_id, now=now)
    )

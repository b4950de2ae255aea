"""Money that waits for another group: looked after every few seconds, sent back after a minute."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.checkout.actions import cancel_paid_orders
from backend.checkout.actions.holding import hold_order
from backend.checkout.rules import LATE
from groupbuy import selectors
from groupbuy.actions.settle_seat import match_or_wait
from groupbuy.models import GroupOrder, GroupOrderState


def match_waiting_orders(*, now: datetime, limit: int = 100) -> int:
    """Look for a group for each waiting order, each in its own transaction; say how many found their end.

    Emits: SeatTaken, GroupFilled, LatePaymentSettled, OrderCancelled, RefundRequested.
    """
    return sum(match_order(order_id=order_id, now=now) for order_id in selectors.waiting_orders(limit=limit))


@transaction.atomic
def match_order(*, order_id: UUID, now: datetime) -> bool:
    """Seat one waiting order or, when its minute is over, send the money back; False when it goes on waiting.

    Emits: SeatTaken, GroupFilled, LatePaymentSettled, OrderCancelled, RefundRequested.
    """
    order = hold_order(order_id).order
    found = (
        GroupOrder.objects.select_related("offer__product").filter(pk=order_id, state=GroupOrderState.MATCHING).first()
    )
    if found is None:
        return False
    match_or_wait(found, order, now=now)
    if found.state == GroupOrderState.SEATED:
        return True
    if found.match_until is not None and now < found.match_until:
        return False
    cancel_paid_orders(order_ids=[order_id], reason=LATE, cause=f"match:{order_id}", now=now)
    return True

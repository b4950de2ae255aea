"""Sending back what a seat paid beyond the price that its ladder reached."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.orders.actions import refund_lines
from backend.orders.errors import MoreThanBought
from backend.orders.models import OrderLine
from backend.payments.actions import request_refund
from backend.payments.errors import NothingToRefund
from backend.promotions.actions import release_budget
from groupbuy import rules
from groupbuy.actions.hold_group import hold_group
from groupbuy.models import Group, GroupOrder, GroupOrderState, Seat

LADDER = "ladder_price"


@transaction.atomic
def return_difference(*, seat_id: UUID, now: datetime) -> bool:
    """Refund the difference of one seat, once, and give back the budget of steps that were not reached.

    Raises: NotFound.
    Emits: RefundRequested.
    """
    found = Seat.objects.filter(pk=seat_id).values_list("group_id", flat=True).first()
    if found is None:
        raise NotFound
    group = hold_group(found)
    if not Seat.objects.filter(pk=seat_id, difference_sent_at=None).update(difference_sent_at=now):
        return False
    seat = Seat.objects.get(pk=seat_id)
    _settle_budget(group, seat)
    if seat.difference_minor:
        _refund(seat, now=now)
    return True


def _refund(seat: Seat, *, now: datetime) -> None:
    """Take the difference off the line and send it back; what has gone back already by another way stays gone."""
    line = OrderLine.objects.get(order_id=seat.order_id)
    with suppress(MoreThanBought, NothingToRefund), transaction.atomic():
        refund_lines(order_id=seat.order_id, pieces=[(line.pk, 0, seat.difference_minor)], now=now)
        request_refund(
            order_id=seat.order_id,
            amount_minor=seat.difference_minor,
            reason=LADDER,
            cause=f"ladder:{seat.pk}",
            now=now,
        )


def _settle_budget(group: Group, seat: Seat) -> None:
    """Keep of the budget what the reached price costs; the rest of what was set aside for the lowest one comes home."""
    wish = GroupOrder.objects.get(pk=seat.order_id)
    lowest = rules.reached_step(group.ladder, seats_paid=group.size)
    reached = rules.reached_step(group.ladder, seats_paid=group.reached_size or 0)
    if lowest is None or reached is None or wish.state != GroupOrderState.SEATED:
        return
    line = OrderLine.objects.get(order_id=seat.order_id)
    difference = rules.difference_minor(
        paid=reached["prices"],
        final=lowest["prices"],
        variant_id=line.variant_id,
        quantity=wish.quantity,
        left_minor=wish.discount_minor,
    )
    release_budget(campaign_id=wish.campaign_id, money_minor=difference, was_spent=True)
    wish.discount_minor -= difference
    wish.save(update_fields=["discount_minor"])

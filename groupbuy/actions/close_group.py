"""Closing a group: its deadline passed, its campaign was stopped, or everybody left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from backend.checkout.actions import cancel_paid_orders
from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.promotions.actions import hold_budgets
from groupbuy import rules, selectors
from groupbuy.actions.add_platform_seats import add_platform_seats
from groupbuy.actions.fill_group import fill_at_deadline
from groupbuy.actions.hold_group import hold_group
from groupbuy.events import GroupCancelled, GroupExpired
from groupbuy.models import Group, GroupState, Seat, SeatState

EXPIRED = "group_expired"
CANCELLED = "group_cancelled"
STOPPED = "campaign_stopped"
EVERYBODY_LEFT = "everybody_left"

CLAIM_DUE = """
SELECT id FROM groupbuy_group WHERE id = %s AND state = 'FORMING' AND deadline_at <= clock_timestamp()
FOR NO KEY UPDATE SKIP LOCKED
"""


@dataclass(frozen=True, slots=True)
class Closed:
    """A group that has just been closed, and the paid seats whose money goes back."""

    group: Group
    order_ids: tuple[UUID, ...]
    buyer_ids: tuple[UUID, ...]


def expire_due_groups(*, now: datetime, limit: int = 100) -> int:
    """Close the groups whose deadline has passed, each in its own transaction, and say how many.

    Any number of workers may run at once: a group that another one holds is skipped.

    Emits: GroupExpired, GroupFilled, SeatRepriced, OrderCancelled, RefundRequested.
    """
    return sum(expire_group(group_id=group_id, now=now) for group_id in selectors.groups_to_expire(limit=limit))


@transaction.atomic
def expire_group(*, group_id: UUID, now: datetime) -> bool:
    """Close one group whose deadline has passed: it succeeds if enough seats are paid.

    If not, one refund per paid seat is written in the same transaction.

    Emits: GroupExpired, GroupFilled, SeatRepriced, OrderCancelled, RefundRequested.
    """
    if not _claim_due(group_id):
        return False
    due = Group.objects.get(pk=group_id)
    is_enough = rules.is_enough(seats_paid=due.seats_paid, size=due.size, may_lack=due.may_lack)
    if is_enough and add_platform_seats(due, now=now):
        fill_at_deadline(due, now=now)
        return True
    closed = _close(group_id, to_state=GroupState.EXPIRED, reason=EXPIRED, now=now)
    group = closed.group
    emit(
        GroupExpired(
            group_id=group.id,
            campaign_id=group.campaign_id,
            product_id=group.product_id,
            order_ids=closed.order_ids,
            buyer_ids=closed.buyer_ids,
            seats_paid=len(closed.order_ids),
            size=group.size,
            version=group.version,
            at=now,
        )
    )
    return True


@transaction.atomic
def cancel_group(*, group_id: UUID, reason: str, now: datetime) -> bool:
    """Stop a forming group and refund every paid seat; a group that is full or over stays as it is.

    Raises: NotFound.
    Emits: GroupCancelled, OrderCancelled, RefundRequested.
    """
    group = hold_group(group_id)
    if group.state != GroupState.FORMING:
        return False
    closed = _close(group_id, to_state=GroupState.CANCELLED, reason=reason, now=now)
    group = closed.group
    emit(
        GroupCancelled(
            group_id=group.id,
            campaign_id=group.campaign_id,
            product_id=group.product_id,
            order_ids=closed.order_ids,
            buyer_ids=closed.buyer_ids,
            reason=reason,
            version=group.version,
            at=now,
        )
    )
    return True


def _claim_due(group_id: UUID) -> bool:
    campaign_id = Group.objects.filter(pk=group_id).values_list("campaign_id", flat=True).first()
    if campaign_id is not None:
        hold_budgets([campaign_id])
    with connection.cursor() as cursor:
        cursor.execute(CLAIM_DUE, [group_id])
        return cursor.fetchone() is not None


def _close(group_id: UUID, *, to_state: GroupState, reason: str, now: datetime) -> Closed:
    """End a forming group whose row is held: held seats are free, paid ones are refunded."""
    Group.objects.filter(pk=group_id, state=GroupState.FORMING).update(
        state=to_state, closed_at=now, close_reason=reason, version=F("version") + 1
    )
    held = Seat.objects.filter(group_id=group_id, state=SeatState.HELD)
    held.update(state=SeatState.RELEASED, released_at=now, held_until=None)
    paid = list(Seat.objects.filter(group_id=group_id, state=SeatState.PAID).order_by("order_id"))
    Seat.objects.filter(pk__in=[seat.pk for seat in paid]).update(state=SeatState.REFUNDING)
    log_move(
        entity_type="groupbuy.Group",
        entity_id=group_id,
        from_state=GroupState.FORMING,
        to_state=to_state,
        reason=reason,
        now=now,
    )
    order_ids = tuple(seat.order_id for seat in paid)
    if order_ids:
        told = EXPIRED if to_state == GroupState.EXPIRED else CANCELLED
        cancel_paid_orders(order_ids=order_ids, reason=told, cause=f"group:{group_id}", now=now)
        Seat.objects.filter(group_id=group_id, state=SeatState.REFUNDING, order__total_minor=0).update(
            state=SeatState.REFUNDED
        )
    return Closed(Group.objects.get(pk=group_id), order_ids, tuple(seat.buyer_id for seat in paid))


def cancel_stopped_groups(*, now: datetime, limit: int = 100) -> int:
    """Stop the forming groups of campaigns that were ended so, each in its own transaction, and say how many.

    Emits: GroupCancelled, OrderCancelled, RefundRequested.
    """
    stopped = selectors.groups_to_stop(limit=limit)
    return sum(cancel_group(group_id=group_id, reason=STOPPED, now=now) for group_id in stopped)

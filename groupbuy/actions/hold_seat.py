"""Holding a seat for an order that has yet to be paid, and giving it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.ids import new_id
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.core.state_log import log_move
from groupbuy import rules, selectors
from groupbuy.actions import count_seats
from groupbuy.errors import AlreadySeated, GroupClosed, GroupFull
from groupbuy.events import SeatHeld, SeatReleased
from groupbuy.models import Group, GroupState, Seat, SeatState

LOG = "groupbuy.Seat"
SUCCEEDED = (GroupState.FILLED, GroupState.COMMITTED, GroupState.DRAWN, GroupState.CONFIRMED)


@transaction.atomic
def hold_seat(*, group_id: UUID, buyer_id: UUID, order_id: UUID, now: datetime) -> UUID:
    """Take a seat until it is paid and answer its id; of many who want the last one exactly one gets it.

    Raises: NotFound, GroupFull, GroupClosed, AlreadySeated.
    Emits: SeatHeld.
    """
    seat_id = new_id()
    hold = count_seats.take_and_hold(group_id=group_id, seat_id=seat_id, buyer_id=buyer_id, order_id=order_id, now=now)
    if hold is None or hold.held_until is None:
        check_not_seated(group_id=group_id, buyer_id=buyer_id)
        raise why_no_seat(selectors.group_by_id(group_id), buyer_id=buyer_id, now=now)
    emit(
        SeatHeld(
            group_id=group_id,
            campaign_id=hold.campaign_id,
            product_id=hold.product_id,
            seat_id=seat_id,
            buyer_id=buyer_id,
            order_id=order_id,
            held_until=hold.held_until,
            seats_taken=hold.seats_taken,
            size=hold.size,
            version=hold.version,
            at=now,
        )
    )
    return seat_id


def check_not_seated(*, group_id: UUID, buyer_id: UUID) -> None:
    """Refuse a second seat of one buyer.

    Raises: AlreadySeated.
    """
    seated = selectors.standing_seat(group_id=group_id, buyer_id=buyer_id)
    if seated is not None:
        raise AlreadySeated(order_id=str(seated.order_id))


def why_no_seat(group: Group, *, buyer_id: UUID, now: datetime) -> GroupFull | GroupClosed:
    """Say why a seat could not be had, and what can be done instead."""
    choices = selectors.choices_instead_of(group, buyer_id=buyer_id, now=now)
    is_full = (
        group.state in SUCCEEDED
        or rules.shown_state(group.state, deadline_at=group.deadline_at, now=now) == GroupState.FORMING
    )
    return GroupFull(choices=choices) if is_full else GroupClosed(choices=choices)


@transaction.atomic
def release_seat(*, seat_id: UUID, reason: str, now: datetime) -> bool:
    """Give a held seat back, and say whether it was still held.

    Emits: SeatReleased.
    """
    found = Seat.objects.filter(pk=seat_id).values_list("group_id", flat=True).first()
    group = lock_one(Group, found)
    moved = Seat.objects.filter(pk=seat_id, state=SeatState.HELD).update(
        state=SeatState.RELEASED, released_at=now, held_until=None
    )
    if not moved:
        return False
    seat = Seat.objects.get(pk=seat_id)
    log_move(
        entity_type=LOG,
        entity_id=seat.id,
        from_state=SeatState.HELD,
        to_state=SeatState.RELEASED,
        reason=reason,
        now=now,
    )
    count = count_seats.give_back(group.id, was_paid=False)
    announce_release(group, seat, count=count, was_paid=False, reason=reason, now=now)
    return True


def announce_release(
    group: Group, seat: Seat, *, count: count_seats.Count | None, was_paid: bool, reason: str, now: datetime
) -> None:
    """Tell that a seat is free again."""
    emit(
        SeatReleased(
            group_id=group.id,
            campaign_id=group.campaign_id,
            product_id=group.product_id,
            seat_id=seat.id,
            buyer_id=seat.buyer_id,
            order_id=seat.order_id,
            was_paid=was_paid,
            reason=reason,
            seats_taken=count.seats_taken if count else group.seats_taken,
            size=group.size,
            version=count.version if count else group.version,
            at=now,
        )
    )


def release_due_seats(*, now: datetime, limit: int = 200) -> int:
    """Give back the seats whose time to pay is over, each in its own transaction, and say how many."""
    released = 0
    for seat_id in selectors.seats_to_release(limit=limit):
        released += release_seat(seat_id=seat_id, reason="not paid in time", now=now)
    return released

"""What follows when a group is full, and when the money of an unfilled one has arrived back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.checkout.actions import confirm_group_order
from backend.core.outbox import emit
from backend.core.state_log import log_move
from groupbuy import rules
from groupbuy.actions.hold_group import hold_group
from groupbuy.events import GroupConfirmed, GroupFailed, SeatRefunded
from groupbuy.models import Group, GroupOrder, GroupState, Joiners, Seat, SeatState

GOING_BACK = [SeatState.REFUNDING, SeatState.LOST]


@transaction.atomic
def confirm_group(*, group_id: UUID, order_ids: Sequence[UUID], now: datetime) -> bool:
    """Confirm every order of a full group, so that they are sent; a repeat, or a group that is drawn, answers False.

    An order whose money is only held waits until it is taken, and the group with it.

    Raises: NotFound.
    Emits: OrderConfirmed, AuthorisationDecided, GroupConfirmed.
    """
    group = hold_group(group_id)
    if group.state != GroupState.FILLED or group.offer.winners is not None:
        return False
    for order_id in sorted(order_ids):
        confirm_group_order(order_id=order_id, now=now)
    return _confirm_seats(group, now=now)


@transaction.atomic
def confirm_taken_seat(*, order_id: UUID, now: datetime) -> bool:
    """Confirm the seat of a full group whose held money has been taken; the last one confirms the group.

    Emits: GroupConfirmed.
    """
    group_id = Seat.objects.filter(order_id=order_id, state=SeatState.PAID).values_list("group_id", flat=True).first()
    return group_id is not None and _confirm_seats(hold_group(group_id), now=now)


def _confirm_seats(group: Group, *, now: datetime) -> bool:
    """Confirm the seats whose orders are; True if that was the whole group."""
    if group.state != GroupState.FILLED:
        return False
    paid = Seat.objects.filter(group=group, state=SeatState.PAID)
    paid.filter(order__confirmed_at__isnull=False).update(state=SeatState.CONFIRMED)
    return confirm_if_settled(group, now=now)


def confirm_if_settled(group: Group, *, now: datetime) -> bool:
    """Confirm a full group, whose row is held, when no seat of it waits for its money any more.

    Emits: GroupConfirmed.
    """
    if Seat.objects.filter(group=group, state=SeatState.PAID).exists():
        return False
    move_group(group, to_state=GroupState.CONFIRMED, now=now)
    if group.offer.joiners == Joiners.NEW:
        GroupOrder.objects.filter(group=group).update(signs=[])
    emit(GroupConfirmed(group_id=group.id, campaign_id=group.campaign_id, at=now))
    return True


@transaction.atomic
def begin_refunds(*, group_id: UUID, now: datetime) -> bool:
    """Note that the refunds of an expired group are under way.

    Raises: NotFound.
    Emits: GroupFailed.
    """
    group = hold_group(group_id)
    if group.state != GroupState.EXPIRED:
        return False
    move_group(group, to_state=GroupState.REFUNDING, now=now)
    _fail_if_all_refunded(group, now=now)
    return True


@transaction.atomic
def note_refund(*, order_id: UUID, amount_minor: int, now: datetime, was_taken: bool = True) -> bool:
    """Note that the money of a seat has arrived back, or is held no longer; the last one ends an expired group.

    A lost seat stays lost.

    Emits: SeatRefunded, GroupFailed.
    """
    going_back = Seat.objects.filter(order_id=order_id, refunded_at=None, state__in=GOING_BACK)
    found = going_back.values("pk", "group_id", "state").first()
    if found is None:
        return False
    group = hold_group(found["group_id"])
    to_state = SeatState.LOST if found["state"] == SeatState.LOST else SeatState.REFUNDED
    if not going_back.filter(pk=found["pk"]).update(state=to_state, refunded_at=now):
        return False
    seat = Seat.objects.get(pk=found["pk"])
    if to_state == SeatState.REFUNDED:
        log_move(
            entity_type="groupbuy.Seat",
            entity_id=seat.id,
            from_state=SeatState.REFUNDING,
            to_state=SeatState.REFUNDED,
            now=now,
        )
    emit(
        SeatRefunded(
            group_id=group.id,
            campaign_id=group.campaign_id,
            seat_id=seat.id,
            buyer_id=seat.buyer_id,
            order_id=order_id,
            amount_minor=amount_minor,
            was_taken=was_taken,
            at=now,
        )
    )
    _fail_if_all_refunded(group, now=now)
    return True


def _fail_if_all_refunded(group: Group, *, now: datetime) -> None:
    """An expired group has failed only when every refund has arrived."""
    if group.state not in (GroupState.EXPIRED, GroupState.REFUNDING):
        return
    if Seat.objects.filter(group=group, state=SeatState.REFUNDING).exists():
        return
    move_group(group, to_state=GroupState.FAILED, now=now)
    emit(GroupFailed(group_id=group.id, campaign_id=group.campaign_id, at=now))


def move_group(group: Group, *, to_state: GroupState, now: datetime) -> None:
    """Move a group whose row is held, and write the move down."""
    from_state = group.state
    if to_state not in rules.GROUP_MOVES[from_state]:
        raise RuntimeError(f"A group does not go from {from_state} to {to_state}.")
    Group.objects.filter(pk=group.pk, state=from_state).update(state=to_state, version=F("version") + 1)
    group.refresh_from_db()
    log_move(entity_type="groupbuy.Group", entity_id=group.id, from_state=from_state, to_state=to_state, now=now)

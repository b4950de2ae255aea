"""Waiting for a seat of a full group: who asked first is told first when one comes free."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import claim_rows, lock_one
from backend.core.outbox import emit
from groupbuy import rules, selectors
from groupbuy.actions.hold_seat import check_not_seated
from groupbuy.errors import GroupClosed, SeatsAreFree
from groupbuy.events import SeatOffered
from groupbuy.models import Group, WaitingPlace, WaitState


@transaction.atomic
def wait_for_seat(*, group_id: UUID, buyer_id: UUID, now: datetime) -> WaitingPlace:
    """Get in line for a seat of a full group; asking again keeps the place.

    Raises: NotFound, GroupClosed, AlreadySeated, SeatsAreFree.
    """
    group = lock_one(Group, group_id)
    if known := _standing(group_id, buyer_id):
        return known
    check_not_seated(group_id=group_id, buyer_id=buyer_id)
    if rules.is_over(group.state, deadline_at=group.deadline_at, now=now):
        choices = selectors.choices_instead_of(selectors.group_by_id(group_id), buyer_id=buyer_id, now=now)
        raise GroupClosed(choices=choices)
    if group.seats_taken < group.size:
        raise SeatsAreFree
    return WaitingPlace.objects.create(group=group, buyer_id=buyer_id, asked_at=now)


@transaction.atomic
def stop_waiting(*, group_id: UUID, buyer_id: UUID, now: datetime) -> bool:
    """Give one's place in the line up; False when there was none.

    Emits: SeatOffered.
    """
    group = lock_one(Group, group_id)
    left = WaitingPlace.objects.filter(group=group, buyer_id=buyer_id).exclude(state=WaitState.OVER)
    if not left.update(state=WaitState.OVER):
        return False
    _tell_next(group, now=now)
    return True


@transaction.atomic
def tell_waiting(*, group_id: UUID, now: datetime) -> int:
    """Tell as many of the line as seats are free and nobody has been told of yet; say how many.

    Emits: SeatOffered.
    """
    return _tell_next(lock_one(Group, group_id), now=now)


@transaction.atomic
def pass_places_on(*, now: datetime, limit: int = 200) -> int:
    """End the turn of those who were told and took no seat in time, and tell the next; say how many turns ended.

    Emits: SeatOffered.
    """
    late = WaitingPlace.objects.filter(state=WaitState.TOLD, told_until__lte=now)
    groups = sorted({place.group_id for place in claim_rows(late, limit=limit)})
    ended = 0
    for group_id in groups:
        group = lock_one(Group, group_id)
        ended += late.filter(group=group).update(state=WaitState.OVER)
        _tell_next(group, now=now)
    return ended


def _standing(group_id: UUID, buyer_id: UUID) -> WaitingPlace | None:
    places = WaitingPlace.objects.filter(group_id=group_id, buyer_id=buyer_id)
    return places.exclude(state=WaitState.OVER).first()


def _tell_next(group: Group, *, now: datetime) -> int:
    """Tell the first of the line whose group is held; a group that is over lets everybody go."""
    line = WaitingPlace.objects.filter(group=group)
    if rules.is_over(group.state, deadline_at=group.deadline_at, now=now):
        line.exclude(state=WaitState.OVER).update(state=WaitState.OVER)
        return 0
    line.filter(buyer__in=selectors.seated_ids(group.id)).exclude(state=WaitState.OVER).update(state=WaitState.OVER)
    free = group.size - group.seats_taken - line.filter(state=WaitState.TOLD).count()
    next_ones = list(line.filter(state=WaitState.WAITING).order_by("asked_at", "id")[: max(0, free)])
    until = min(now + rules.TOLD_FOR, group.deadline_at)
    for place in next_ones:
        place.state, place.told_at, place.told_until = WaitState.TOLD, now, until
        place.save(update_fields=["state", "told_at", "told_until"])
        emit(
            SeatOffered(group_id=group.id, campaign_id=group.campaign_id, buyer_id=place.buyer_id, until=until, at=now)
        )
    return len(next_ones)

"""Putting two half-full groups together: one leader asks, the other agrees."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.errors import NotFound
from backend.core.locks import lock_many, lock_one
from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.messaging.actions import add_member
from backend.promotions.actions import hold_budgets
from groupbuy import rules, selectors
from groupbuy.actions.fill_group import tell_filled
from groupbuy.errors import CannotMerge, MergeDecided, NoLeader
from groupbuy.events import GroupsMerged, MergeAsked
from groupbuy.models import Group, GroupOrder, GroupState, MergeOffer, MergeState, Seat, SeatState

STANDING = [SeatState.HELD, SeatState.PAID]
MERGED = "merged"


@transaction.atomic
def ask_to_merge(*, group_id: UUID, into_id: UUID, leader_id: UUID, now: datetime) -> MergeOffer:
    """Offer the leader of another group of the same offer to sit at one table there; asking again asks once.

    Raises: NotFound, NoLeader, CannotMerge.
    Emits: MergeAsked.
    """
    group, into = _hold_both(group_id, into_id)
    if group.leader_id != leader_id:
        raise NoLeader
    check_can_merge(group, into, now=now)
    known = MergeOffer.objects.filter(group=group, state=MergeState.ASKED).first()
    if known is not None:
        if known.into_id == into_id:
            return known
        raise CannotMerge
    asked = MergeOffer.objects.create(group=group, into=into, asked_by_id=leader_id, asked_at=now)
    emit(
        MergeAsked(
            merge_id=asked.id,
            group_id=group.id,
            into_id=into.id,
            leader_id=into.leader_id,
            asked_by_id=leader_id,
            at=now,
        )
    )
    return asked


@transaction.atomic
def answer_merge(*, merge_id: UUID, leader_id: UUID, agrees: bool, now: datetime) -> MergeOffer:
    """Agree to sit at one table, or not. The leader who was asked leads on; the earlier deadline holds.

    Only the leader who was asked knows of the offer.

    Raises: NotFound, CannotMerge, MergeDecided.
    Emits: GroupsMerged, GroupFilled, SeatRepriced.
    """
    found = MergeOffer.objects.filter(pk=merge_id).first()
    if found is None:
        raise NotFound
    group, into = _hold_both(found.group_id, found.into_id)
    asked = lock_one(MergeOffer, merge_id)
    if into.leader_id != leader_id:
        raise NotFound
    if asked.state != MergeState.ASKED:
        raise MergeDecided
    if agrees:
        check_can_merge(group, into, now=now)
        _merge(group, into, now=now)
    asked.state = MergeState.ACCEPTED if agrees else MergeState.DECLINED
    asked.decided_at = now
    asked.save(update_fields=["state", "decided_at"])
    return asked


def check_can_merge(group: Group, into: Group, *, now: datetime) -> None:
    """Refuse two groups that are not of one offer, not both open, too many together, or have somebody in common.

    Raises: CannotMerge.
    """
    is_over = any(rules.is_over(each.state, deadline_at=each.deadline_at, now=now) for each in (group, into))
    same = group.offer_id == into.offer_id and (group.prices, group.ladder) == (into.prices, into.ladder)
    if is_over or group.pk == into.pk or not same or not into.offer.allow_merge:
        raise CannotMerge
    if group.leader_id == into.leader_id or group.seats_taken + into.seats_taken > into.size:
        raise CannotMerge
    if set(selectors.seated_ids(group.pk)) & set(selectors.seated_ids(into.pk)):
        raise CannotMerge


def _hold_both(group_id: UUID, into_id: UUID) -> tuple[Group, Group]:
    """Hold the campaigns of two groups, then both groups by id."""
    campaigns = Group.objects.filter(pk__in=[group_id, into_id]).values_list("campaign_id", flat=True)
    hold_budgets(sorted(set(campaigns)))
    held = {group.pk: group for group in lock_many(Group, {group_id, into_id})}
    if group_id not in held or into_id not in held:
        raise NotFound
    return held[group_id], held[into_id]


def _merge(group: Group, into: Group, *, now: datetime) -> None:
    """Move every standing seat, and the wishes of its order, to the other group."""
    seats = list(Seat.objects.filter(group=group, state__in=STANDING).order_by("number"))
    deadline_at = min(group.deadline_at, into.deadline_at)
    Group.objects.filter(pk=group.pk).update(
        state=GroupState.MERGED, merged_into=into, closed_at=now, close_reason=MERGED, seats_taken=0, seats_paid=0,
        version=F("version") + 1,
    )  # fmt: skip
    paid = sum(seat.state == SeatState.PAID for seat in seats)
    is_full = into.seats_paid + paid == into.size
    for number, seat in enumerate(seats, start=into.seats_issued + 1):
        held_until = min(seat.held_until, deadline_at) if seat.held_until else None
        Seat.objects.filter(pk=seat.pk).update(group=into, number=number, held_until=held_until)
    GroupOrder.objects.filter(order__in=[seat.order_id for seat in seats]).update(group=into)
    Group.objects.filter(pk=into.pk).update(
        seats_taken=F("seats_taken") + len(seats), seats_paid=F("seats_paid") + paid,
        seats_issued=F("seats_issued") + len(seats), deadline_at=deadline_at, version=F("version") + 1,
        **({"state": GroupState.FILLED, "filled_at": now} if is_full else {}),
    )  # fmt: skip
    into.refresh_from_db()
    log_move(
        entity_type="groupbuy.Group",
        entity_id=group.pk,
        from_state=GroupState.FORMING,
        to_state=GroupState.MERGED,
        reason=str(into.pk),
        now=now,
    )
    MergeOffer.objects.filter(group__in=[group, into], state=MergeState.ASKED).exclude(group=group, into=into).update(
        state=MergeState.LAPSED, decided_at=now
    )
    _tell(group, into, seats, now=now)
    if is_full:
        tell_filled(into, version=into.version, now=now)


def _tell(group: Group, into: Group, seats: list[Seat], *, now: datetime) -> None:
    buyer_ids = tuple(seat.buyer_id for seat in seats)
    if into.room_id is not None:
        for seat in seats:
            if seat.state == SeatState.PAID:
                add_member(room_id=into.room_id, user_id=seat.buyer_id, now=now)
    emit(
        GroupsMerged(
            group_id=into.pk,
            campaign_id=into.campaign_id,
            from_id=group.pk,
            buyer_ids=buyer_ids,
            seats_taken=into.seats_taken,
            size=into.size,
            version=into.version,
            at=now,
        )
    )

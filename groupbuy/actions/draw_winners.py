"""The draw of a lottery group: promised when it opens, sealed when it is full, shown when it is drawn."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.checkout.actions import cancel_paid_orders, confirm_group_order
from backend.core.money import Points
from backend.core.outbox import emit
from groupbuy import rules, selectors
from groupbuy.actions.finish_group import move_group
from groupbuy.actions.hold_group import hold_group
from groupbuy.events import DrawCommitted, DrawMade, GroupConfirmed
from groupbuy.models import Draw, Group, GroupState, Offer, Seat, SeatState
from membership.actions import promise_points

LOST = "lottery_lost"
CONSOLATION = "lottery_consolation"


def promise_draw(group: Group, *, winners: int, now: datetime) -> Draw:
    """Choose the seed of a new lottery group and fix its hash, before anybody but the leader takes part."""
    seed = rules.new_seed()
    return Draw.objects.create(
        group=group, winners_count=winners, seed=seed, seed_hash=rules.sha256(seed), promised_at=now
    )


@transaction.atomic
def commit_draw(*, group_id: UUID, now: datetime) -> bool:
    """Freeze the entries of a full lottery group and seal them with the seed; a repeat answers False.

    Raises: NotFound.
    Emits: DrawCommitted.
    """
    group = hold_group(group_id)
    if group.state != GroupState.FILLED:
        return False
    draw = Draw.objects.get(pk=group_id)
    seats = Seat.objects.filter(group=group, state=SeatState.PAID).order_by("number")
    draw.entries = [str(seat_id) for seat_id in seats.values_list("pk", flat=True)]
    draw.entries_hash = rules.entries_hash(draw.entries)
    draw.commitment = rules.commitment(seed=draw.seed, digest=draw.entries_hash)
    draw.committed_at, draw.draw_at = now, now + rules.SEALED_FOR
    draw.save(update_fields=["entries", "entries_hash", "commitment", "committed_at", "draw_at"])
    move_group(group, to_state=GroupState.COMMITTED, now=now)
    emit(
        DrawCommitted(
            group_id=group.id,
            campaign_id=group.campaign_id,
            commitment=draw.commitment,
            draw_at=draw.draw_at,
            at=now,
        )
    )
    return True


def draw_due_groups(*, now: datetime, limit: int = 100) -> int:
    """Draw the sealed groups whose time has come, each in its own transaction, and say how many.

    Emits: DrawMade.
    """
    return sum(draw_winners(group_id=group_id, now=now) for group_id in selectors.draws_due(now=now, limit=limit))


@transaction.atomic
def draw_winners(*, group_id: UUID, now: datetime) -> bool:
    """Rank the sealed entries and write the winners down; a repeat, or one before the time, answers False.

    Raises: NotFound.
    Emits: DrawMade.
    """
    group = hold_group(group_id)
    draw = Draw.objects.get(pk=group_id)
    if group.state != GroupState.COMMITTED or draw.draw_at is None or now < draw.draw_at:
        return False
    draw.ranking = rules.rank_entries(draw.entries, seed=draw.seed, digest=draw.entries_hash)
    draw.drawn_at = now
    draw.save(update_fields=["ranking", "drawn_at"])
    winners, losers = draw.ranking[: draw.winners_count], draw.ranking[draw.winners_count :]
    Seat.objects.filter(pk__in=losers, state=SeatState.PAID).update(state=SeatState.LOST)
    move_group(group, to_state=GroupState.DRAWN, now=now)
    emit(
        DrawMade(
            group_id=group.id,
            campaign_id=group.campaign_id,
            winner_ids=tuple(UUID(entry) for entry in winners),
            loser_ids=tuple(UUID(entry) for entry in losers),
            at=now,
        )
    )
    return True


@transaction.atomic
def confirm_winners(*, group_id: UUID, now: datetime) -> bool:
    """Confirm the orders of those who were drawn, so that they are sent; a repeat answers False.

    Raises: NotFound.
    Emits: OrderConfirmed, GroupConfirmed.
    """
    group = hold_group(group_id)
    if group.state != GroupState.DRAWN:
        return False
    won = Seat.objects.filter(group=group, state=SeatState.PAID)
    for order_id in won.order_by("order_id").values_list("order_id", flat=True):
        confirm_group_order(order_id=order_id, now=now)
    won.update(state=SeatState.CONFIRMED)
    move_group(group, to_state=GroupState.CONFIRMED, now=now)
    emit(GroupConfirmed(group_id=group.id, campaign_id=group.campaign_id, at=now))
    return True


@transaction.atomic
def refund_losers(*, group_id: UUID, now: datetime) -> list[UUID]:
    """Send everything back to those who were not drawn; orders that were given up already are left alone.

    Raises: NotFound.
    Emits: OrderCancelled, RefundRequested.
    """
    group = hold_group(group_id)
    lost = Seat.objects.filter(group=group, state=SeatState.LOST).order_by("order_id")
    order_ids = list(lost.values_list("order_id", flat=True))
    return cancel_paid_orders(order_ids=order_ids, reason=LOST, cause=f"draw:{group_id}", now=now)


@transaction.atomic
def console_losers(*, group_id: UUID, now: datetime) -> int:
    """Promise the points of consolation to everybody who was not drawn, once each; say how many.

    Emits: PointsPromised.
    """
    group = Group.objects.select_related("offer__rule").get(pk=group_id)
    offer: Offer = group.offer
    if not offer.consolation_points:
        return 0
    lost = Seat.objects.filter(group=group, state=SeatState.LOST).order_by("buyer_id")
    for seat in lost:
        promise_points(
            user_id=seat.buyer_id,
            points=Points(offer.consolation_points),
            cause=CONSOLATION,
            source=("seat", seat.pk),
            rule_version=f"{offer.rule_id} v{offer.rule.version}",
            facts={"groupId": str(group.pk), "points": offer.consolation_points, "drawnAt": now.isoformat()},
            vests_at=now,
            campaign_id=group.campaign_id,
            now=now,
        )
    return len(lost)

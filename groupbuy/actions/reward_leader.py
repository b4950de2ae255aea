"""The reward of the one who opened a group: it waits until enough seats have kept their goods."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.money import Points
from backend.orders.models import OrderState
from groupbuy import rules, selectors
from groupbuy.actions.hold_group import hold_group
from groupbuy.models import BenefitState, Group, GroupState, LeaderBenefit, Seat, SeatState
from membership.actions import promise_points, take_back_points
from membership.actions.hold_wallets import hold_wallets

BENEFIT = "leader_benefit"
GIVEN_UP = (OrderState.CANCELLED, OrderState.REFUNDED)


@transaction.atomic
def promise_leader_benefit(*, group_id: UUID, now: datetime) -> LeaderBenefit | None:
    """Note what the leader of a full group may earn; nothing for one who only took over from the first leader.

    Raises: NotFound.
    """
    group = hold_group(group_id)
    offer = group.offer
    seats = list(Seat.objects.filter(group=group, state__in=[SeatState.PAID, SeatState.CONFIRMED]))
    if not offer.leader_points or not any(seat.number == 1 and seat.buyer_id == group.leader_id for seat in seats):
        return None
    benefit, _is_new = LeaderBenefit.objects.get_or_create(
        group=group,
        defaults={
            "leader_id": group.leader_id,
            "points": offer.leader_points,
            "seats_count": len(seats),
            "needed_count": max(1, len(seats) - offer.leader_spare),
            "promised_at": now,
        },
    )
    return benefit


def settle_leader_benefits(*, now: datetime, limit: int = 100) -> int:
    """Give the rewards whose groups are decided, each in its own transaction, and say how many."""
    return sum(
        settle_leader_benefit(group_id=group_id, now=now) for group_id in selectors.benefits_to_settle(limit=limit)
    )


@transaction.atomic
def settle_leader_benefit(*, group_id: UUID, now: datetime) -> bool:
    """Give one leader what the kept seats earn, once every seat is past its return window; False while one is not.

    Raises: NotFound.
    Emits: PointsPromised.
    """
    group = hold_group(group_id)
    benefit = LeaderBenefit.objects.get(pk=group_id)
    seats = _sold_seats(group)
    if group.state != GroupState.CONFIRMED:
        return False
    if benefit.state != BenefitState.WAITING or not all(_is_decided(seat, now=now) for seat in seats):
        return False
    benefit.kept_count = sum(_counts(seat) for seat in seats)
    earned = _earned(benefit)
    if earned:
        lot = promise_points(
            user_id=benefit.leader_id,
            points=Points(earned),
            cause=BENEFIT,
            source=("group", group.pk),
            rule_version=f"{group.offer.rule_id} v{group.offer.rule.version}",
            facts=_facts(benefit, now=now),
            vests_at=now,
            campaign_id=group.campaign_id,
            now=now,
        )
        benefit.lot_id = lot.pk if lot else None
    benefit.state = BenefitState.GRANTED if earned else BenefitState.LOST
    benefit.settled_at = now
    benefit.save(update_fields=["kept_count", "lot_id", "state", "settled_at"])
    return True


@transaction.atomic
def reduce_leader_benefit(*, order_id: UUID, now: datetime) -> bool:
    """Take back a leader's share for a seat that was refunded after the reward was given.

    Emits: PointsTakenBack.
    """
    group_id = Seat.objects.filter(order_id=order_id).values_list("group_id", flat=True).first()
    granted = LeaderBenefit.objects.filter(pk=group_id, state=BenefitState.GRANTED).first() if group_id else None
    if group_id is None or granted is None:
        return False
    hold_wallets([granted.leader_id])
    group = hold_group(group_id)
    benefit = LeaderBenefit.objects.get(pk=group_id)
    kept = sum(_counts(seat) for seat in _sold_seats(group))
    if benefit.lot_id is None or benefit.kept_count is None or kept >= benefit.kept_count:
        return False
    benefit.kept_count = kept
    benefit.save(update_fields=["kept_count"])
    take_back_points(lot_id=benefit.lot_id, keep=Points(_earned(benefit)), now=now)
    return True


def _sold_seats(group: Group) -> list[Seat]:
    sold = Seat.objects.filter(group=group, state=SeatState.CONFIRMED).select_related("order")
    return list(sold.order_by("number"))


def _is_decided(seat: Seat, *, now: datetime) -> bool:
    """Say whether nothing about this seat's goods is open any more."""
    order = seat.order
    if order.state in GIVEN_UP:
        return True
    return order.delivered_at is not None and order.delivered_at + rules.LEADER_WAITS <= now


def _counts(seat: Seat) -> bool:
    """Say whether a seat keeps its goods and is nobody's second."""
    return seat.order.state not in GIVEN_UP and not seat.is_flagged


def _earned(benefit: LeaderBenefit) -> int:
    return rules.leader_points(
        promised=benefit.points,
        seats=benefit.seats_count,
        needed=benefit.needed_count,
        kept=benefit.kept_count or 0,
    )


def _facts(benefit: LeaderBenefit, *, now: datetime) -> dict[str, object]:
    return {
        "groupId": str(benefit.group_id),
        "promised": benefit.points,
        "seats": benefit.seats_count,
        "needed": benefit.needed_count,
        "kept": benefit.kept_count,
        "settledAt": now.isoformat(),
    }

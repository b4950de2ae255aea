"""The reward of the one who opened a group: it is earned when enough seats have kept their goods.

Points are given then. A discount was given with the order; what was not earned of it is taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core.money import Points
from backend.core.outbox import emit
from backend.orders.models import OrderState
from backend.payments.actions import open_wallets, take_back_credit
from backend.payments.selectors import available_credit
from groupbuy import rules, selectors
from groupbuy.actions.hold_group import hold_group
from groupbuy.events import LeaderDiscountTakenBack
from groupbuy.models import BenefitState, Group, GroupOrder, GroupState, LeaderBenefit, Seat, SeatState
from groupbuy.wording import in_every_language
from membership.actions import promise_points, take_back_points
from membership.actions.hold_wallets import hold_wallets

BENEFIT = "leader_benefit"
WHY_TAKEN_BACK = _("Of your group's %(seats)s seats %(kept)s kept their goods: the rest of your leader's discount")
GIVEN_UP = (OrderState.CANCELLED, OrderState.REFUNDED)


@transaction.atomic
def promise_leader_benefit(*, group_id: UUID, now: datetime) -> LeaderBenefit | None:
    """Note what the leader of a full group may earn, or has been given; nothing for one who only took over.

    Raises: NotFound.
    """
    group = hold_group(group_id)
    offer = group.offer
    seats = list(Seat.objects.filter(group=group, state__in=[SeatState.PAID, SeatState.CONFIRMED]))
    own = next((seat for seat in seats if seat.number == 1 and seat.buyer_id == group.leader_id), None)
    if own is None:
        return None
    discount_minor = GroupOrder.objects.values_list("leader_discount_minor", flat=True).get(pk=own.order_id)
    if not offer.leader_points and not discount_minor:
        return None
    benefit, _is_new = LeaderBenefit.objects.get_or_create(
        group=group,
        defaults={
            "leader_id": group.leader_id,
            "points": offer.leader_points,
            "discount_minor": discount_minor,
            "seats_count": len(seats),
            "needed_count": max(1, len(seats) - offer.leader_spare),
            "promised_at": now,
        },
    )
    return benefit


def settle_leader_benefits(*, now: datetime, limit: int = 100) -> int:
    """Give the rewards whose groups are decided, each in its own transaction, and say how many.

    What leaders still owe of a discount is asked of their store credit again.
    """
    for group_id, leader_id in selectors.leaders_who_owe(limit=limit):
        if available_credit(leader_id):
            collect_leader_discount(group_id=group_id, now=now)
    return sum(
        settle_leader_benefit(group_id=group_id, now=now) for group_id in selectors.benefits_to_settle(limit=limit)
    )


@transaction.atomic
def settle_leader_benefit(*, group_id: UUID, now: datetime) -> bool:
    """Give one leader what the kept seats earn, once every seat is past its return window; False while one is not.

    Raises: NotFound.
    Emits: PointsPromised, LeaderDiscountTakenBack.
    """
    found = LeaderBenefit.objects.get(pk=group_id)
    _hold_wallet(found)
    group = hold_group(group_id)
    benefit = LeaderBenefit.objects.get(pk=group_id)
    seats = _sold_seats(group)
    if group.state != GroupState.CONFIRMED:
        return False
    if benefit.state != BenefitState.WAITING or not all(_is_decided(seat, now=now) for seat in seats):
        return False
    benefit.kept_count = sum(_counts(seat) for seat in seats)
    if benefit.points:
        _give_points(benefit, group, now=now)
    benefit.state = BenefitState.GRANTED if _earned(benefit) else BenefitState.LOST
    benefit.settled_at = now
    benefit.save(update_fields=["kept_count", "lot_id", "state", "settled_at"])
    _owe_discount(benefit, seats, now=now)
    return True


@transaction.atomic
def reduce_leader_benefit(*, order_id: UUID, now: datetime) -> bool:
    """Take back a leader's share for a seat that was refunded after the reward was given.

    Emits: PointsTakenBack, LeaderDiscountTakenBack.
    """
    group_id = Seat.objects.filter(order_id=order_id).values_list("group_id", flat=True).first()
    granted = LeaderBenefit.objects.filter(pk=group_id, state=BenefitState.GRANTED).first() if group_id else None
    if group_id is None or granted is None:
        return False
    _hold_wallet(granted)
    group = hold_group(group_id)
    benefit = LeaderBenefit.objects.get(pk=group_id)
    seats = _sold_seats(group)
    kept = sum(_counts(seat) for seat in seats)
    if benefit.kept_count is None or kept >= benefit.kept_count:
        return False
    benefit.kept_count = kept
    benefit.save(update_fields=["kept_count"])
    if benefit.lot_id is not None:
        take_back_points(lot_id=benefit.lot_id, keep=Points(_earned(benefit)), now=now)
    _owe_discount(benefit, seats, now=now)
    return True


@transaction.atomic
def collect_leader_discount(*, group_id: UUID, now: datetime) -> int:
    """Take back what a leader still owes of a discount, as far as there is store credit; say how much.

    Raises: NotFound.
    Emits: LeaderDiscountTakenBack.
    """
    _hold_wallet(LeaderBenefit.objects.get(pk=group_id))
    group = hold_group(group_id)
    benefit = LeaderBenefit.objects.get(pk=group_id)
    taken = take_back_credit(
        user_id=benefit.leader_id,
        most_minor=benefit.owed_minor,
        reason=in_every_language(WHY_TAKEN_BACK, {"kept": benefit.kept_count, "seats": benefit.seats_count}),
        source=("group", group.pk),
        turn=benefit.taken_back_minor,
        now=now,
    )
    if not taken:
        return 0
    benefit.owed_minor -= taken
    benefit.taken_back_minor += taken
    benefit.save(update_fields=["owed_minor", "taken_back_minor"])
    emit(
        LeaderDiscountTakenBack(
            group_id=group.pk,
            campaign_id=group.campaign_id,
            leader_id=benefit.leader_id,
            amount_minor=taken,
            left_minor=benefit.owed_minor,
            at=now,
        )
    )
    return taken


def _hold_wallet(benefit: LeaderBenefit) -> None:
    """Hold the wallets before the group."""
    hold_wallets([benefit.leader_id])
    if benefit.discount_minor:
        open_wallets(owner_ids=[benefit.leader_id])


def _give_points(benefit: LeaderBenefit, group: Group, *, now: datetime) -> None:
    earned = _earned(benefit)
    if not earned:
        return
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


def _owe_discount(benefit: LeaderBenefit, seats: Sequence[Seat], *, now: datetime) -> None:
    """Note what was not earned of a discount, and take it back as far as that is possible now.

    A leader whose own goods went back got back no more than was paid, and owes nothing.
    """
    own = next((seat for seat in seats if seat.number == 1), None)
    if not benefit.discount_minor or own is None or own.order.state in GIVEN_UP:
        return
    benefit.owed_minor = max(0, benefit.discount_minor - _earned(benefit) - benefit.taken_back_minor)
    benefit.save(update_fields=["owed_minor"])
    if benefit.owed_minor:
        collect_leader_discount(group_id=benefit.group_id, now=now)


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
    return rules.leader_share(
        promised=benefit.points or benefit.discount_minor,
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

"""What can be asked about members, tiers and points."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from backend.core.money import Money, Points
from backend.core.paging import Page, keyset_page
from backend.ledger.selectors import balance
from membership import rules
from membership.models import CountedSpending, EarningRule, LotState, Member, PointLot, SpendingState, Tier
from membership.ports import point_cause


def tiers() -> list[Tier]:
    """All tiers, lowest first."""
    return list(Tier.objects.order_by("position"))


def tier_names(key: str) -> dict[str, str]:
    """What a tier is called in each language."""
    names: dict[str, str] = Tier.objects.get(pk=key).names
    return names


def earning_rule(now: datetime) -> EarningRule:
    """The version of the earning rule that holds now."""
    return EarningRule.objects.filter(valid_from__lte=now).latest("version")


def member_tier(user_id: UUID) -> Tier:
    """The tier of a person; who never climbed is on the first one."""
    member = Member.objects.select_related("tier").filter(pk=user_id).first()
    return member.tier if member else tiers()[0]


def progress_of(user_id: UUID, *, now: datetime) -> rules.Progress:
    """How far a person has come within the last twelve months."""
    ladder = tiers()
    window = CountedSpending.objects.filter(user_id=user_id, confirmed_at__gt=now - rules.TIER_WINDOW)
    sums = window.aggregate(
        kept=Sum("amount_minor", filter=Q(state=SpendingState.KEPT), default=0),
        pending=Sum("amount_minor", filter=Q(state=SpendingState.PENDING), default=0),
    )
    tier = member_tier(user_id)
    return rules.Progress(
        tier=tier,
        next_tier=rules.tier_after(tier, tiers=ladder),
        kept=Money(sums["kept"]),
        pending=Money(sums["pending"]),
    )


def recent_spending(user_id: UUID, *, now: datetime, most: int = 10) -> Sequence[CountedSpending]:
    """The orders that count for a person's tier, newest first."""
    window = CountedSpending.objects.filter(user_id=user_id, confirmed_at__gt=now - rules.TIER_WINDOW)
    return list(window.select_related("order").order_by("-confirmed_at", "-pk")[:most])


def points_available(user_id: UUID) -> int:
    """Points that a person can use now."""
    return balance(kind="points_active", owner_id=user_id)


def points_pending(user_id: UUID) -> int:
    """Points that a person was promised and cannot use yet."""
    return balance(kind="points_pending", owner_id=user_id)


def lots_of(user_id: UUID) -> QuerySet[PointLot]:
    """The points statement of a person."""
    return PointLot.objects.filter(user_id=user_id)


def lots_of_orders(*, user_id: UUID, order_ids: Sequence[UUID]) -> dict[UUID, list[PointLot]]:
    """What a person was promised for each of several orders."""
    found: dict[UUID, list[PointLot]] = {order_id: [] for order_id in order_ids}
    promised = lots_of(user_id).filter(source_type="order", source_id__in=list(order_ids))
    for lot in promised.order_by("created_at", "pk"):
        found[lot.source_id].append(lot)
    return found


def points_to_earn(*, user_id: UUID | None, goods: Money, now: datetime) -> Points:
    """The points that goods at this price would earn a person now; a visitor earns as on the first tier."""
    rule = earning_rule(now)
    tier = member_tier(user_id) if user_id else tiers()[0]
    return rules.points_for(goods, points_per_yuan=rule.points_per_yuan, multiplier_bps=tier.multiplier_bps)


def lots_that_disagree() -> list[str]:
    """Every lot whose points do not follow from its stored facts, and every person whose lots and ledger differ."""
    wrong = [
        f"lot {lot.id}: {lot.earned} points, its facts give {computed}"
        for lot in PointLot.objects.order_by("pk").iterator()
        if (computed := point_cause(lot.cause).recompute(lot.facts)) != lot.earned
    ]
    open_lots = PointLot.objects.filter(state__in=[LotState.PENDING, LotState.ACTIVE])
    for row in open_lots.values("user_id", "state").annotate(total=Sum("remaining")):
        account = "points_pending" if row["state"] == LotState.PENDING else "points_active"
        booked = balance(kind=account, owner_id=row["user_id"])
        if booked != row["total"]:
            wrong.append(f"{account} of {row['user_id']}: lots {row['total']}, ledger {booked}")
    return wrong


def statement_page(user_id: UUID, *, first: int, after: str | None) -> Page:
    """One page of a person's points statement, newest first."""
    return keyset_page(lots_of(user_id), order=("-created_at", "-id"), first=first, after=after)

"""What can be asked about points: rules, lots, what is usable and what is owed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Sum

from backend.checkout.models import OrderAdjustment
from backend.checkout.selectors import adjustments_of
from backend.core.money import Money, Points, floor_bps
from backend.ledger.selectors import balance
from backend.orders.models import OrderLine
from backend.promotions.pricing import PricedBasket
from membership import rules
from membership.models import (
    EarningRule,
    LotState,
    PointAllocation,
    PointDebt,
    PointGrant,
    PointLot,
    PointSpend,
    SpendingRule,
)


def earning_rule(now: datetime) -> EarningRule:
    """The version of the earning rule that holds now."""
    return EarningRule.objects.filter(valid_from__lte=now).latest("version")


def next_expiry(user_id: UUID, *, now: datetime) -> dict[str, Any] | None:
    """What of a person's points lapses next, if that is within thirty days."""
    soon = PointLot.objects.filter(
        user_id=user_id,
        state=LotState.ACTIVE,
        remaining__gt=0,
        expires_at__gt=now,
        expires_at__lte=now + timedelta(days=max(rules.TOLD_DAYS_BEFORE)),
    )
    row = soon.values("expires_at").annotate(points=Sum("remaining")).order_by("expires_at").first()
    if row is None or row["expires_at"] is None:
        return None
    return {"points": row["points"], "on": rules.last_day(row["expires_at"])}


def spending_rule(now: datetime) -> SpendingRule:
    """The version of the spending rule that holds now."""
    return SpendingRule.objects.filter(valid_from__lte=now).latest("version")


def points_available(user_id: UUID, *, now: datetime) -> Points:
    """Points that a person can use now: what has not lapsed, less what is owed."""
    usable = PointLot.objects.filter(user_id=user_id, state=LotState.ACTIVE, expires_at__gt=now)
    total = usable.aggregate(total=Sum("remaining", default=0))["total"]
    return Points(max(0, total - points_owed(user_id).amount))


def open_debts(user_id: UUID) -> QuerySet[PointDebt]:
    """What a person still owes."""
    return PointDebt.objects.filter(user_id=user_id, amount__gt=F("repaid") + F("forgiven"))


def points_owed(user_id: UUID) -> Points:
    """How many points a person still owes."""
    left = F("amount") - F("repaid") - F("forgiven")
    return Points(open_debts(user_id).aggregate(total=Sum(left, default=0))["total"])


def points_spent_of(lot: PointLot) -> int:
    """How many points of a lot were spent and have not come back into it, less those that are owed for it already."""
    gone = F("amount") - F("restored") + F("elsewhere")
    used = PointAllocation.objects.filter(lot=lot).aggregate(total=Sum(gone, default=0))["total"]
    owed = PointDebt.objects.filter(lot=lot).aggregate(total=Sum("amount", default=0))["total"]
    return max(0, int(used) - int(owed))


def points_for_basket(priced: PricedBasket, *, user_id: UUID | None, now: datetime) -> rules.PointsOffer:
    """What the points of a person may pay of a basket that is priced without them."""
    if user_id is None:
        return rules.PointsOffer(minor=0, points=0)
    rule = spending_rule(now)
    caps = [
        floor_bps(Money(line.items_minor - priced.discount_of(line.key)), rule.max_line_bps).minor
        for line in priced.lines
        if not line.is_gift and priced.admits("points", line.key)
    ]
    available = points_available(user_id, now=now).amount
    return rules.points_offer(caps_minor=sum(caps), available=available, points_per_yuan=rule.points_per_yuan)


def points_paid_per_line(order_id: UUID) -> dict[UUID, int]:
    """What points paid of each line of an order, in fen."""
    adjustments = adjustments_of_order(order_id)
    return {UUID(key): amount for each in adjustments if each.kind == "points" for key, amount in each.per_line.items()}


def adjustments_of_order(order_id: UUID) -> Sequence[OrderAdjustment]:
    """Every reason of the price of an order."""
    return adjustments_of([order_id])[order_id]


def pieces_given_up(order_id: UUID) -> dict[UUID, rules.Pieces]:
    """How many pieces of each bought line of an order were refunded, by the line's name in its adjustments."""
    lines = OrderLine.objects.filter(order_id=order_id, is_gift=False)
    return {line.variant_id: rules.Pieces(bought=line.quantity, given_up=line.refunded_quantity) for line in lines}


def last_spend(source: tuple[str, UUID]) -> PointSpend | None:
    """The newest spend for a source."""
    found = PointSpend.objects.filter(source_type=source[0], source_id=source[1])
    return found.order_by("-attempt").first()


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


def grant_by_id(grant_id: UUID) -> PointGrant | None:
    """One grant of staff."""
    return PointGrant.objects.filter(pk=grant_id).first()

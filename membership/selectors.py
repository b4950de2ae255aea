"""What can be asked about members, tiers and points."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from backend.checkout.selectors import adjustments_of
from backend.core.clock import BUSINESS_ZONE
from backend.core.money import Money, Points, floor_bps
from backend.core.paging import Page, keyset_page
from backend.ledger.selectors import balance
from backend.orders.models import OrderLine
from backend.orders.selectors import has_kept_order
from backend.promotions.ports import BuyerFacts
from backend.promotions.pricing import PricedBasket
from membership import rules
from membership.models import (
    CheckIn,
    CheckInRule,
    CountedSpending,
    EarningRule,
    LotState,
    Member,
    PointAllocation,
    PointDebt,
    PointLot,
    PointSpend,
    SpendingRule,
    SpendingState,
    Tier,
)
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


def buyer_facts(buyer_id: UUID) -> BuyerFacts:
    """What the audience of a campaign may ask about a buyer, read now."""
    return BuyerFacts(has_kept_order=has_kept_order(buyer_id=buyer_id), tier=member_tier(buyer_id).key)


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
    return PointDebt.objects.filter(user_id=user_id, repaid__lt=F("amount"))


def points_owed(user_id: UUID) -> Points:
    """How many points a person still owes."""
    return Points(open_debts(user_id).aggregate(total=Sum(F("amount") - F("repaid"), default=0))["total"])


def points_spent_of(lot: PointLot) -> int:
    """How many points of a lot were spent and have not come back, less those that are owed for it already."""
    used = PointAllocation.objects.filter(lot=lot).aggregate(total=Sum(F("amount") - F("restored"), default=0))["total"]
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


def check_in_rule(now: datetime) -> CheckInRule:
    """The version of the check-in rule that holds now."""
    return CheckInRule.objects.filter(valid_from__lte=now).latest("version")


def days_checked_in(user_id: UUID, *, until: date) -> set[date]:
    """The days of the last four hundred on which a person was here."""
    since = until - timedelta(days=400)
    days = CheckIn.objects.filter(user_id=user_id, day__gte=since, day__lte=until)
    return set(days.values_list("day", flat=True))


def make_ups_used(user_id: UUID, *, month_of: date) -> int:
    """How many days of others than today a person made up for in a month, by the day on which it was done."""
    start = datetime.combine(month_of.replace(day=1), time.min, tzinfo=BUSINESS_ZONE)
    return CheckIn.objects.filter(user_id=user_id, is_made_up=True, at__gte=start).count()


def points_paid_per_line(order_id: UUID) -> dict[UUID, int]:
    """What points paid of each line of an order, in fen."""
    adjustments = adjustments_of([order_id])[order_id]
    return {UUID(key): amount for each in adjustments if each.kind == "points" for key, amount in each.per_line.items()}


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
    return wrong + _spends_that_disagree() + _debts_that_disagree()


def _spends_that_disagree() -> list[str]:
    """Spends whose parts from lots do not add up to them."""
    parts = PointAllocation.objects.values("spend_id", "spend__amount", "spend__returned").annotate(
        taken=Sum("amount"), back=Sum("restored")
    )
    return [
        f"spend {row['spend_id']}: {row['spend__amount']} less {row['spend__returned']},"
        f" its parts {row['taken']} less {row['back']}"
        for row in parts
        if (row["taken"], row["back"]) != (row["spend__amount"], row["spend__returned"])
    ]


def _debts_that_disagree() -> list[str]:
    """People whose open debts and ledger differ."""
    owed = PointDebt.objects.values("user_id").annotate(total=Sum(F("amount") - F("repaid")))
    return [
        f"points_debt of {row['user_id']}: {row['total']}, ledger {booked}"
        for row in owed
        if (booked := -balance(kind="points_debt", owner_id=row["user_id"])) != row["total"]
    ]


def statement_page(user_id: UUID, *, first: int, after: str | None) -> Page:
    """One page of a person's points statement, newest first."""
    return keyset_page(lots_of(user_id), order=("-created_at", "-id"), first=first, after=after)

"""Coverages of single pieces, and what may still be covered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from backend.aftersales.models import AfterSaleCase
from backend.aftersales.rules.moves import OPEN
from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from backend.orders.models import Order, OrderLine
from backend.orders.selectors import own_order
from backend.protection import rules
from backend.protection.models import Coverage, CoverageState, CoveredRepair, PlanVersion
from backend.protection.selectors.plans import offered_for


@dataclass(frozen=True, slots=True)
class PricedPlan:
    """A plan as it is offered for one piece."""

    version: PlanVersion
    price_minor: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class LineOffer:
    """What is offered for one line of an order: for how many pieces, until when, and which plans."""

    line: OrderLine
    pieces: int
    offer_ends_at: datetime
    plans: tuple[PricedPlan, ...]


@dataclass(frozen=True, slots=True)
class OrderProtection:
    """What an order has of protection, and what it could have."""

    order: Order
    offers: tuple[LineOffer, ...]
    coverages: tuple[Coverage, ...]


def piece_minor(line: OrderLine) -> int:
    """What was paid for one piece of a line."""
    return line.total_minor // line.quantity


def live_pieces(line_id: UUID) -> list[int]:
    """The pieces of a line that have a plan, or one that waits for its payment."""
    return list(Coverage.objects.filter(order_line_id=line_id, state__in=rules.LIVE).values_list("piece", flat=True))


def protection_of_order(*, order_id: UUID, buyer_id: UUID, now: datetime) -> OrderProtection:
    """What the buyer's order has of protection, and what is offered for it now.

    Raises: NotFound.
    """
    order = own_order(order_id=order_id, buyer_id=buyer_id)
    coverages = tuple(with_words(Coverage.objects.filter(order_line__order=order)).order_by("bought_at", "pk"))
    bought = with_words(Coverage.objects.filter(plan_order=order)).order_by("pk")
    return OrderProtection(order, tuple(_offers(order, coverages, now=now)), coverages or tuple(bought))


def is_open_for_offers(order: Order, *, now: datetime) -> bool:
    """Whether the days in which a plan can be bought for an order run."""
    return order.delivered_at is not None and order.delivered_at <= now < rules.offer_ends(
        delivered_at=order.delivered_at
    )


def priced_plan(version: PlanVersion, line: OrderLine, *, delivered_at: datetime) -> PricedPlan | None:
    """A plan with its price and time for one piece of a line; nothing if it is not offered for so little."""
    price_minor = rules.price_of(version.bands, piece_minor=piece_minor(line))
    if price_minor is None:
        return None
    starts_at, ends_at = rules.period(delivered_at=delivered_at, months=version.months)
    return PricedPlan(version, price_minor, starts_at, ends_at)


def coverages_of(*, buyer_id: UUID, first: int, after: str | None) -> Page:
    """The coverages of one buyer, the newest first; those that were never paid are left out."""
    mine = Coverage.objects.filter(buyer_id=buyer_id).exclude(state=CoverageState.VOID)
    return keyset_page(with_words(mine), order=("-bought_at", "-id"), first=first, after=after)


def own_coverage(*, coverage_id: UUID, buyer_id: UUID) -> Coverage:
    """A coverage of this buyer.

    Raises: NotFound.
    """
    found = with_words(Coverage.objects.filter(pk=coverage_id, buyer_id=buyer_id)).first()
    if found is None:
        raise NotFound
    return found


def shown_state(coverage: Coverage, *, now: datetime) -> CoverageState:
    """Where a coverage stands, judged by the clock."""
    state = CoverageState(coverage.state)
    return CoverageState.EXPIRED if state == CoverageState.ACTIVE and now >= coverage.ends_at else state


def covering(line_ids: Sequence[UUID], *, now: datetime) -> QuerySet[Coverage]:
    """The coverages under which a piece of these lines may be repaired now, the first piece first."""
    return Coverage.objects.filter(
        order_line_id__in=line_ids,
        state=CoverageState.ACTIVE,
        repairs_left__gt=0,
        starts_at__lte=now,
        ends_at__gt=now,
    ).order_by("order_line_id", "piece")


def has_open_repair(coverage_id: UUID) -> bool:
    """Whether a repair under a coverage is open."""
    cases = CoveredRepair.objects.filter(coverage_id=coverage_id, given_back_at=None).values("case_id")
    return AfterSaleCase.objects.filter(pk__in=cases, state__in=OPEN).exists()


def refund_now(coverage: Coverage, *, now: datetime) -> int:
    """What would go back if the plan ended now."""
    if coverage.activated_at is None:
        return coverage.price_minor
    return rules.refund_of(
        price_minor=coverage.price_minor,
        activated_at=coverage.activated_at,
        starts_at=coverage.starts_at,
        ends_at=coverage.ends_at,
        now=now,
    )


def due_to_expire(*, now: datetime, limit: int) -> list[UUID]:
    """The coverages whose time is over, the longest over first."""
    over = Coverage.objects.filter(state=CoverageState.ACTIVE, ends_at__lte=now)
    return list(over.order_by("ends_at").values_list("pk", flat=True)[:limit])


def with_words(coverages: QuerySet[Coverage]) -> QuerySet[Coverage]:
    """Coverages with what a page says of them."""
    return coverages.select_related("version", "order_line__order", "order_line__picture", "plan_order")


def covered_pieces(line_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, tuple[int, datetime]]:
    """How many pieces of each line may be repaired under a plan now, and until when."""
    counts: Counter[UUID] = Counter()
    until: dict[UUID, datetime] = {}
    for each in covering(line_ids, now=now):
        counts[each.order_line_id] += 1
        until[each.order_line_id] = max(each.ends_at, until.get(each.order_line_id, each.ends_at))
    return {line_id: (count, until[line_id]) for line_id, count in counts.items()}


def _offers(order: Order, coverages: Sequence[Coverage], *, now: datetime) -> list[LineOffer]:
    if not is_open_for_offers(order, now=now) or order.delivered_at is None:
        return []
    lines = list(OrderLine.objects.filter(order=order, is_gift=False).select_related("picture").order_by("position"))
    plans = offered_for({line.product_id for line in lines})
    found = []
    for line in lines:
        taken = [each.piece for each in coverages if each.order_line_id == line.pk and each.state in rules.LIVE]
        free = rules.free_pieces(quantity=line.quantity, refunded=line.refunded_quantity, covered=taken)
        priced = [
            plan
            for version in plans.get(line.product_id, ())
            if (plan := priced_plan(version, line, delivered_at=order.delivered_at))
        ]
        if free and priced:
            ends_at = rules.offer_ends(delivered_at=order.delivered_at)
            found.append(LineOffer(line, len(free), ends_at, tuple(priced)))
    return found

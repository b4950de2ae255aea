"""What a buyer may ask for about one order, before choosing anything."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.aftersales.models import CaseReason, CaseType
from backend.aftersales.rules import windows
from backend.aftersales.selectors.cases import order_and_lines
from backend.aftersales.selectors.claims import check_order, covered_until, is_sent, paid_lines, terms_of_products
from backend.catalogue.models import Variant
from backend.inventory.selectors import available_of
from backend.orders.models import Order, OrderLine


@dataclass(frozen=True, slots=True)
class LineChoice:
    """One line of the order: how many can still be returned, and what it could be exchanged for."""

    line: OrderLine
    left_quantity: int
    left_minor: int
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class TypeChoice:
    """One way to ask, its reasons, and until when; `ends_at` is nothing while the parcel has not arrived."""

    type: CaseType
    reasons: tuple[CaseReason, ...]
    ends_at: datetime | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything a buyer may ask for about one order."""

    order: Order
    lines: tuple[LineChoice, ...]
    types: tuple[TypeChoice, ...]


def choices_for(*, order_id: UUID, buyer_id: UUID, now: datetime) -> Choices:
    """What can be asked for.

    Raises: NotFound, NotEligible, AwaitsGroup.
    """
    order, lines = order_and_lines(order_id=order_id, buyer_id=buyer_id)
    check_order(order)
    by_product = _variants([line.product_id for line in lines])
    choices = tuple(
        LineChoice(line, paid.left_quantity, paid.left_minor, tuple(by_product.get(line.product_id, ())))
        for line, paid in zip(lines, paid_lines(lines), strict=True)
    )
    return Choices(order, choices, _types(order, lines, now=now))


def _types(order: Order, lines: list[OrderLine], *, now: datetime) -> tuple[TypeChoice, ...]:
    """A way is open while any line may go it for any reason; each line is judged again when it is asked for."""
    terms = terms_of_products([line.product_id for line in lines])
    sent = is_sent(order)
    covered = [until for _count, until in covered_until([line.pk for line in lines], now=now).values()]
    found = []
    for kind in windows.types_for(is_sent=sent):
        ends: list[datetime | None] = []
        open_reasons = []
        for reason in windows.reasons_for(kind, is_sent=sent):
            of_lines = [
                windows.window_ends(
                    kind, reason, terms=terms[line.product_id], paid_at=order.paid_at or order.placed_at,
                    delivered_at=order.delivered_at, is_sent=sent,
                )
                for line in lines
                if not sent or windows.window_days(kind, reason, terms=terms[line.product_id])
            ]  # fmt: skip
            if kind == CaseType.REPAIR:
                of_lines += covered
            if any(each is None or now < each for each in of_lines):
                open_reasons.append(reason)
            ends += of_lines
        last = None if None in ends else max((each for each in ends if each is not None), default=None)
        found.append(TypeChoice(kind, tuple(open_reasons), last, bool(open_reasons)))
    return tuple(found)


def _variants(product_ids: list[UUID]) -> dict[UUID, list[Variant]]:
    """What is in stock of each product, to exchange for."""
    variants = list(Variant.objects.filter(product_id__in=set(product_ids)).order_by("position", "pk"))
    left = available_of([variant.pk for variant in variants])
    found: dict[UUID, list[Variant]] = {}
    for variant in variants:
        if left.get(variant.pk, 0) > 0:
            found.setdefault(variant.product_id, []).append(variant)
    return found

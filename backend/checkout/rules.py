"""What a basket costs, and how a price that moved is told. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer

from backend.checkout.basket import Basket, BasketLine, OfferedAdjustment
from backend.core.money import Money

SALT = "backend.checkout.quote"
NOT_PAID = "not_paid_in_time"
BY_BUYER = "cancelled_by_buyer"
LATE = "late_payment"
SECOND = "second_payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the shop has configured about sending and paying."""

    free_shipping_from_minor: int
    shipping_minor: int
    pay_within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfLine:
    """One chosen variant as it stands on the shelf now."""

    variant_id: UUID
    product_id: UUID
    category_id: UUID
    product_slug: str
    title: Mapping[str, str]
    option_title: Mapping[str, str]
    picture_id: UUID | None
    quantity: int
    unit_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedBasket:
    """What a basket costs, with everything that was taken off."""

    lines: tuple[ShelfLine, ...]
    adjustments: tuple[OfferedAdjustment, ...]
    shipping_minor: int

    @property
    def items_minor(self) -> int:
        """The lines before anything is taken off."""
        return sum(line.unit_minor * line.quantity for line in self.lines)

    @property
    def discount_minor(self) -> int:
        """What all adjustments take off."""
        return sum(adjustment.amount_minor for adjustment in self.adjustments)

    @property
    def total_minor(self) -> int:
        """What the buyer pays."""
        return self.items_minor - self.discount_minor + self.shipping_minor

    @property
    def hash(self) -> str:
        """The signed sum of this price. Equal prices give equal hashes; the numbers can be read back from it."""
        return Signer(salt=SALT).sign_object(priced_facts(self), compress=True)

    def discount_of(self, variant_id: UUID) -> int:
        """What is taken off one variant."""
        return sum(adjustment.per_line.get(variant_id, 0) for adjustment in self.adjustments)


def basket_of(lines: Sequence[ShelfLine]) -> Basket:
    """Give the sources what they may know of the lines."""
    return Basket(
        lines=tuple(
            BasketLine(
                variant_id=line.variant_id,
                product_id=line.product_id,
                category_id=line.category_id,
                quantity=line.quantity,
                unit_minor=line.unit_minor,
            )
            for line in lines
        )
    )


def price(lines: Sequence[ShelfLine], offered: Sequence[OfferedAdjustment], *, terms: Terms) -> PricedBasket:
    """Add up lines, adjustments and shipping. No line goes below nothing: what comes first is taken first."""
    left = {line.variant_id: line.unit_minor * line.quantity for line in lines}
    kept: list[OfferedAdjustment] = []
    for adjustment in offered:
        per_line = {variant: min(amount, left[variant]) for variant, amount in adjustment.per_line.items()}
        for variant, amount in per_line.items():
            left[variant] -= amount
        kept.append(_capped(adjustment, per_line))
    return PricedBasket(
        lines=tuple(lines), adjustments=tuple(kept), shipping_minor=shipping_for(sum(left.values()), terms=terms)
    )


def shipping_for(goods_minor: int, *, terms: Terms) -> int:
    """Sending is free from the configured amount on."""
    return 0 if goods_minor >= terms.free_shipping_from_minor else terms.shipping_minor


def pay_deadline(adjustments: Sequence[OfferedAdjustment], *, terms: Terms, now: datetime) -> datetime:
    """The earliest of the shop's own time to pay and what each adjustment allows."""
    return min([now + terms.pay_within, *(each.pay_by for each in adjustments if each.pay_by is not None)])


def priced_facts(priced: PricedBasket) -> dict[str, Any]:
    """The numbers of a price that the buyer agrees to."""
    return {
        "l": [[line.variant_id.hex, line.quantity, line.unit_minor] for line in priced.lines],
        "a": [
            [each.kind, each.reference_id.hex if each.reference_id else "", each.amount_minor]
            for each in priced.adjustments
        ],
        "s": priced.shipping_minor,
        "t": priced.total_minor,
    }


def changes_since(quote_hash: str, priced: PricedBasket) -> list[dict[str, object]]:
    """Say what is different from the price that was agreed to, in the order of the page."""
    try:
        before = Signer(salt=SALT).unsign_object(quote_hash)
    except (BadSignature, ValueError):
        return [_change("total", None, None, priced.total_minor)]
    after = priced_facts(priced)
    units = {row[0]: row[2] for row in before["l"]}
    changes = [
        _change("unitPrice", dict(line.title), units.get(line.variant_id.hex), line.unit_minor)
        for line in priced.lines
        if units.get(line.variant_id.hex) != line.unit_minor
    ]
    changes += _adjustment_changes(before["a"], after["a"])
    if before["s"] != after["s"]:
        changes.append(_change("shipping", None, before["s"], after["s"]))
    if before["t"] != after["t"]:
        changes.append(_change("total", None, before["t"], after["t"]))
    return changes


def money_text(money: Money) -> str:
    """Write an amount for a sentence."""
    return f"¥{money.minor // 100}.{money.minor % 100:02d}"


def _adjustment_changes(before: list[list[Any]], after: list[list[Any]]) -> list[dict[str, object]]:
    old = {(kind, reference): amount for kind, reference, amount in before}
    new = {(kind, reference): amount for kind, reference, amount in after}
    return [
        _change(kind, None, old.get((kind, reference)), new.get((kind, reference)))
        for kind, reference in sorted(old.keys() | new.keys())
        if old.get((kind, reference)) != new.get((kind, reference))
    ]


def _change(what: str, title: dict[str, str] | None, before: int | None, after: int | None) -> dict[str, object]:
    return {"what": what, "title": title, "beforeMinor": before, "afterMinor": after}


def _capped(adjustment: OfferedAdjustment, per_line: Mapping[UUID, int]) -> OfferedAdjustment:
    return OfferedAdjustment(
        kind=adjustment.kind,
        per_line=per_line,
        label=adjustment.label,
        explanation=adjustment.explanation,
        reference_id=adjustment.reference_id,
        campaign_id=adjustment.campaign_id,
        rule_version=adjustment.rule_version,
        makes_group_order=adjustment.makes_group_order,
        pay_by=adjustment.pay_by,
        facts=adjustment.facts,
    )

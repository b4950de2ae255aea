"""What coupons give, which may be used together, and which of them are best. No database, no clock.

Merchant coupons are taken off first, then those of the platform, then what is taken off the sending. A threshold is
judged on what the layers before coupons left, a share on what the coupons before it left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from backend.promotions.basket import BasketLine
from backend.promotions.pricing import split
from backend.promotions.rules.reductions import Shares, worth_of
from backend.promotions.rules.scope import Scope

MERCHANT, PLATFORM, SHIPPING = "merchant", "platform", "shipping"
CLASSES = (MERCHANT, PLATFORM, SHIPPING)
AMOUNT, PERCENT, FREE_SHIPPING, GIFT = "amount", "percent", "shipping", "gift"
MOST_WEIGHED = 12


class WhyNot(StrEnum):
    """Why a coupon is not used."""

    NOT_YET = "NOT_YET"
    OVER = "OVER"
    IN_ORDER = "IN_ORDER"
    NOTHING_MEANT = "NOTHING_MEANT"
    BELOW_THRESHOLD = "BELOW_THRESHOLD"
    NOTHING_LEFT = "NOTHING_LEFT"
    CLASHES = "CLASHES"
    SAVES_LESS = "SAVES_LESS"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCoupon:
    """A coupon in a person's hands, and what it promises; `gift_minor` is the worth of its gift, if one is in stock."""

    id: UUID
    template_id: UUID
    benefit: Mapping[str, Any]
    names: Mapping[str, str] = field(default_factory=dict)
    threshold_minor: int = 0
    scope: Scope = field(default_factory=Scope)
    stack_class: str = MERCHANT
    combines_with: frozenset[str] = frozenset(CLASSES)
    priority: int = 0
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    is_free: bool = True
    gift_minor: int = 0

    @property
    def is_about_shipping(self) -> bool:
        """Whether it is taken off the sending."""
        return self.stack_class == SHIPPING


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What one coupon saves in a basket."""

    coupon: HeldCoupon
    per_line: Shares = field(default_factory=dict)
    shipping_minor: int = 0
    gift_minor: int = 0

    @property
    def amount_minor(self) -> int:
        """What it saves altogether."""
        return sum(self.per_line.values()) + self.shipping_minor + self.gift_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Some coupons used together, and what each of them saves."""

    savings: tuple[Saving, ...] = ()

    @property
    def amount_minor(self) -> int:
        """What they save altogether."""
        return sum(each.amount_minor for each in self.savings)

    @property
    def ids(self) -> frozenset[UUID]:
        """The coupons that are used."""
        return frozenset(each.coupon.id for each in self.savings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best combination, the second best, and why each other coupon is left out."""

    best: Combination
    second: Combination | None
    left_out: tuple[tuple[HeldCoupon, WhyNot], ...]


def may_combine(one: HeldCoupon, other: HeldCoupon) -> bool:
    """Two coupons work together if each allows the class of the other; two of one class only if both say so."""
    return other.stack_class in one.combines_with and one.stack_class in other.combines_with


def meant(lines: Iterable[BasketLine], coupon: HeldCoupon) -> list[BasketLine]:
    """The lines that a coupon is about."""
    return [line for line in lines if coupon.scope.holds(line) and not line.is_gift]


def judged_minor(lines: Iterable[BasketLine], coupon: HeldCoupon) -> int:
    """What counts for the threshold of a coupon."""
    return sum(line.threshold_minor for line in meant(lines, coupon))


def why_not(coupon: HeldCoupon, lines: Sequence[BasketLine], *, shipping_minor: int, now: datetime) -> WhyNot | None:
    """Say why a coupon cannot be used on a basket, or None when it can."""
    if not coupon.is_free:
        return WhyNot.IN_ORDER
    if coupon.valid_until is not None and now >= coupon.valid_until:
        return WhyNot.OVER
    if coupon.valid_from is not None and now < coupon.valid_from:
        return WhyNot.NOT_YET
    if not meant(lines, coupon):
        return WhyNot.NOTHING_MEANT
    if judged_minor(lines, coupon) < coupon.threshold_minor:
        return WhyNot.BELOW_THRESHOLD
    if saving_of(coupon, lines, {}, shipping_minor).amount_minor == 0:
        return WhyNot.NOTHING_LEFT
    return None


def in_order_of_use(coupons: Iterable[HeldCoupon]) -> list[HeldCoupon]:
    """Coupons in the order in which they are taken off, whatever order they came in."""
    place = {name: at for at, name in enumerate(CLASSES)}
    return sorted(coupons, key=lambda each: (place.get(each.stack_class, 0), -each.priority, str(each.id)))


def saving_of(
    coupon: HeldCoupon, lines: Sequence[BasketLine], taken: Mapping[UUID, int], shipping_minor: int
) -> Saving:
    """What a coupon saves after others have taken their part of the lines."""
    kind = coupon.benefit["type"]
    if kind == FREE_SHIPPING:
        off = coupon.benefit.get("offMinor")
        return Saving(coupon=coupon, shipping_minor=shipping_minor if off is None else min(off, shipping_minor))
    if kind == GIFT:
        return Saving(coupon=coupon, gift_minor=coupon.gift_minor)
    weights = {line.key: line.left_minor - taken.get(line.key, 0) for line in meant(lines, coupon)}
    return Saving(coupon=coupon, per_line=split(worth_of(coupon.benefit, sum(weights.values())), weights))


def used_together(coupons: Iterable[HeldCoupon], lines: Sequence[BasketLine], *, shipping_minor: int) -> Combination:
    """What coupons save that are used together, one after the other."""
    taken: Shares = {}
    savings = []
    for coupon in in_order_of_use(coupons):
        saving = saving_of(coupon, lines, taken, shipping_minor)
        for key, amount in saving.per_line.items():
            taken[key] = taken.get(key, 0) + amount
        shipping_minor -= saving.shipping_minor
        savings.append(saving)
    return Combination(savings=tuple(savings))


def best_combination(
    coupons: Sequence[HeldCoupon], lines: Sequence[BasketLine], *, shipping_minor: int, now: datetime
) -> Best:
    """The legal combination that saves most, the second best, and the reason for each coupon that is left out.

    Every legal combination of the twelve that save most by themselves is weighed. Of equal ones the one with fewer
    coupons is better, then the one that expires sooner: nothing is used up that could be kept.
    """
    refused = {each.id: why_not(each, lines, shipping_minor=shipping_minor, now=now) for each in coupons}
    usable = [each for each in coupons if refused[each.id] is None]
    alone = {each.id: saving_of(each, lines, {}, shipping_minor).amount_minor for each in usable}
    weighed = sorted(usable, key=lambda each: (-alone[each.id], str(each.id)))[:MOST_WEIGHED]
    found = sorted(
        (used_together(some, lines, shipping_minor=shipping_minor) for some in _legal(weighed)), key=_preference
    )
    best = found[0] if found else Combination()
    left_out = tuple(
        (each, refused[each.id] or (WhyNot.SAVES_LESS if _fits(each, best) else WhyNot.CLASHES))
        for each in coupons
        if each.id not in best.ids
    )
    return Best(best=best, second=found[1] if len(found) > 1 else None, left_out=left_out)


def _legal(coupons: Sequence[HeldCoupon]) -> list[list[HeldCoupon]]:
    """Every set of coupons, empty ones aside, of which any two may be used together."""
    sets: list[list[HeldCoupon]] = []
    for coupon in coupons:
        sets += [[*some, coupon] for some in [[], *sets] if all(may_combine(coupon, other) for other in some)]
    return sets


def _preference(some: Combination) -> tuple[int, int, list[str], list[str]]:
    ends = sorted(str(each.coupon.valid_until or "") for each in some.savings)
    return (-some.amount_minor, len(some.savings), ends, sorted(str(each) for each in some.ids))


def _fits(coupon: HeldCoupon, best: Combination) -> bool:
    return all(may_combine(coupon, each.coupon) for each in best.savings)

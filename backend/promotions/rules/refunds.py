"""What goes back when a part of an order comes back. No database, no clock.

The kept goods are priced again with the promotions that took part in the order, as they were on that day. A promotion
with the policy `KEEP` leaves the kept goods their share instead. What goes back is what was paid less what the kept
goods cost, less what went back before: never below nothing, never more than was paid for what comes back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from backend.promotions.basket import BasketLine, line_key
from backend.promotions.pricing import split
from backend.promotions.rules.reductions import Shares, full_reduction, line_promotion, worth_of
from backend.promotions.wording import in_every_language, yuan
from backend.promotions.words import (
    GETS_BACK,
    GIFT_COUNTED,
    KEPT_COST,
    NO_LONGER_REACHED,
    NO_MORE_THAN_PAID,
    PAID_FOR_GOODS,
    RETURNED_BEFORE,
    SHARE_KEPT,
    STILL_REACHED,
    Said,
)

KEEP = "KEEP"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoughtLine:
    """A line of an order: what was bought, how much of it is kept, and what went back before.

    `kept` counts what stays after everything that has come back and comes back now.
    """

    variant_id: UUID
    product_id: UUID
    quantity: int
    unit_minor: int
    discount_minor: int
    kept: int
    refunded_minor: int = 0
    is_gift: bool = False

    @property
    def key(self) -> UUID:
        """The name of the line in what each promotion took."""
        return line_key(self.variant_id, is_gift=self.is_gift)

    @property
    def paid_minor(self) -> int:
        """What the line cost after all discounts."""
        return self.unit_minor * self.quantity - self.discount_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOff:
    """What one promotion took off an order, with the terms it had on that day."""

    kind: str
    label: Mapping[str, str]
    per_line: Mapping[UUID, int]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSum:
    """What goes back, per line that comes back, with the arithmetic in sentences."""

    amount_minor: int
    per_line: Mapping[UUID, int]
    kept_minor: int
    steps: tuple[Said, ...]


def recomputed_refund(lines: Sequence[BoughtLine], taken: Sequence[TakenOff]) -> RefundSum:
    """What goes back for the pieces that are not kept any more, and how it comes about.

    `taken` holds the discounts of the order in the order in which they were taken off; tenders are left out, because
    they paid for the goods and lowered no price.
    """
    bought = [line for line in lines if not line.is_gift]
    left = {line.key: line.unit_minor * line.kept for line in bought}
    steps = [in_every_language(PAID_FOR_GOODS, {"paid": yuan(sum(line.paid_minor for line in bought))})]
    lost_gifts: list[UUID] = []
    judged: Mapping[UUID, int] | None = None
    for each in taken:
        if each.kind == "coupon" and judged is None:
            judged = dict(left)
        counted = left if judged is None else judged
        shares = _shares_now(each, bought, left, counted)
        gift = [key for key in each.per_line if key not in left]
        if gift and not _is_deserved(each, bought, counted):
            lost_gifts += gift
        for key, amount in shares.items():
            left[key] -= amount
        if any(key in left for key in each.per_line) and not _is_price(each):
            steps.append(_said(each, sum(shares.values())))
    kept_gifts = [line for line in lines if line.is_gift and line.key in lost_gifts and line.kept]
    gifts_minor = sum(line.unit_minor * line.kept for line in kept_gifts)
    if gifts_minor:
        steps.append(in_every_language(GIFT_COUNTED, {"worth": yuan(gifts_minor)}))
    return _sum_up(bought, kept_minor=sum(left.values()) + gifts_minor, steps=steps)


def _sum_up(bought: Sequence[BoughtLine], *, kept_minor: int, steps: list[Said]) -> RefundSum:
    paid = sum(line.paid_minor for line in bought)
    before = sum(line.refunded_minor for line in bought)
    open_to = {line.key: _open_minor(line) for line in bought}
    wanted = max(paid - before - kept_minor, 0)
    amount = min(wanted, sum(open_to.values()))
    steps.append(in_every_language(KEPT_COST, {"kept": yuan(kept_minor)}))
    if before:
        steps.append(in_every_language(RETURNED_BEFORE, {"before": yuan(before)}))
    if amount < wanted:
        steps.append(in_every_language(NO_MORE_THAN_PAID, {"most": yuan(amount)}))
    steps.append(in_every_language(GETS_BACK, {"refund": yuan(amount)}))
    per_line = {key: share for key, share in split(amount, open_to).items() if share}
    return RefundSum(amount_minor=amount, per_line=per_line, kept_minor=kept_minor, steps=tuple(steps))


def _open_minor(line: BoughtLine) -> int:
    """What was paid for the pieces of a line that are not kept, less what went back before."""
    kept_share = line.paid_minor * line.kept // line.quantity
    return max(line.paid_minor - kept_share - line.refunded_minor, 0)


def _shares_now(
    each: TakenOff, bought: Sequence[BoughtLine], left: Mapping[UUID, int], judged: Mapping[UUID, int]
) -> Shares:
    """What a promotion takes off the kept goods; the thresholds of coupons are judged as they were before coupons."""
    if each.facts.get("policy", KEEP) == KEEP or _is_price(each):
        return {
            line.key: min(each.per_line[line.key] * line.kept // line.quantity, left[line.key])
            for line in bought
            if line.key in each.per_line
        }
    lines = _meant(each, bought, left)
    params = each.facts.get("params") or {}
    if each.kind == "line_promotion":
        return line_promotion(params, lines) if lines else {}
    if each.kind == "full_reduction":
        return full_reduction(params, lines)
    if each.kind == "coupon" and _is_deserved(each, bought, judged) and each.facts["benefit"]["type"] != "gift":
        weights = {line.key: line.left_minor for line in lines}
        return split(worth_of(each.facts["benefit"], sum(weights.values())), weights)
    return {}


def _is_deserved(each: TakenOff, bought: Sequence[BoughtLine], left: Mapping[UUID, int]) -> bool:
    """Whether the kept goods still reach what a gift or a coupon asks for."""
    lines = _meant(each, bought, left)
    params = each.facts.get("params") or {}
    goods = sum(line.left_minor for line in lines)
    if params.get("fromPieces"):
        return bool(sum(line.quantity for line in lines) >= params["fromPieces"])
    least = params.get("fromMinor") or each.facts.get("thresholdMinor") or 0
    return bool(lines) and goods >= least


def _meant(each: TakenOff, bought: Sequence[BoughtLine], left: Mapping[UUID, int]) -> list[BasketLine]:
    meant = {UUID(str(key)) for key in each.facts.get("lines") or each.per_line}
    return [
        BasketLine(
            variant_id=line.variant_id,
            product_id=line.product_id,
            category_id=line.product_id,
            quantity=line.kept,
            unit_minor=line.unit_minor,
            running_minor=left[line.key],
        )
        for line in bought
        if line.key in meant and line.kept and left[line.key] > 0
    ]


def _is_price(each: TakenOff) -> bool:
    return each.kind.endswith("_price")


def _said(each: TakenOff, off_minor: int) -> Said:
    places = {"name": each.label, "off": yuan(off_minor)}
    if not off_minor:
        return in_every_language(NO_LONGER_REACHED, places)
    kept = each.facts.get("policy", KEEP) == KEEP
    return in_every_language(SHARE_KEPT if kept else STILL_REACHED, places)

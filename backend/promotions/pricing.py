"""What a basket costs: offers are taken off layer by layer. No database, no clock.

Whatever is offered, no line falls below nothing, sending never costs less than nothing, and what each offer takes is
known per line, so that a refund and a reason can be worked out from it later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from backend.core.money import BASIS_POINTS, allocate_whole
from backend.promotions.basket import EVERYTHING, NO_LIMIT_BPS, Basket, BasketLine, Layer, OfferedAdjustment

GUARDED = (Layer.LINE, Layer.ORDER, Layer.COUPON)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingTerms:
    """What sending costs. It is free from an amount on, judged before coupons, so that a coupon never costs it."""

    free_from_minor: int
    fee_minor: int

    def fee_for(self, goods_minor: int) -> int:
        """What sending goods of this amount costs."""
        return 0 if goods_minor >= self.free_from_minor else self.fee_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedBasket:
    """What a basket costs, with everything that was taken off, in the order in which it was."""

    lines: tuple[BasketLine, ...]
    adjustments: tuple[OfferedAdjustment, ...]
    shipping_fee_minor: int

    @property
    def items_minor(self) -> int:
        """The lines before anything is taken off."""
        return sum(line.items_minor for line in self.lines)

    @property
    def discounts(self) -> tuple[OfferedAdjustment, ...]:
        """What lowers the price; the rest pays it."""
        return tuple(each for each in self.adjustments if not each.is_tender)

    @property
    def discount_minor(self) -> int:
        """What is taken off the lines."""
        return sum(each.goods_minor for each in self.discounts)

    @property
    def shipping_minor(self) -> int:
        """What sending costs after what was taken off it."""
        return self.shipping_fee_minor - sum(each.shipping_minor for each in self.discounts)

    @property
    def total_minor(self) -> int:
        """The price."""
        return self.items_minor - self.discount_minor + self.shipping_minor

    @property
    def tendered_minor(self) -> int:
        """What is paid from store credit and the like."""
        return sum(each.amount_minor for each in self.adjustments if each.is_tender)

    @property
    def payable_minor(self) -> int:
        """What is left to pay with money."""
        return self.total_minor - self.tendered_minor

    def discount_of(self, key: UUID) -> int:
        """What is taken off one line."""
        return sum(each.per_line.get(key, 0) for each in self.discounts)

    def basket_for(self, *, kind: str, layer: Layer) -> Basket:
        """What a source of a later layer may see of this price."""
        running = begin(self.lines)
        running.taken = list(self.adjustments)
        running.shipping_fee_minor = self.shipping_fee_minor
        for line in self.lines:
            running.left[line.key] -= sum(each.per_line.get(line.key, 0) for each in self.adjustments)
        return basket_for(running, kind=kind, layer=layer)

    def admits(self, kind: str, key: UUID) -> bool:
        """Whether offers of a kind may take part in a line, as far as the earlier ones are concerned."""
        return not any(key in each.per_line and _excludes(each, kind) for each in self.adjustments)

    def waterfall_of(self, key: UUID) -> list[tuple[OfferedAdjustment, int]]:
        """What each adjustment took off one line, one after the other."""
        return [(each, each.per_line[key]) for each in self.adjustments if each.per_line.get(key)]


@dataclass(slots=True)
class Running:
    """A price that is being worked out."""

    lines: list[BasketLine]
    left: dict[UUID, int]
    taken: list[OfferedAdjustment]
    shipping_fee_minor: int = 0
    judged: dict[UUID, int] = field(default_factory=dict)

    @property
    def goods_minor(self) -> int:
        """What the lines cost so far."""
        return sum(self.left.values())

    @property
    def shipping_left_minor(self) -> int:
        """What sending costs so far."""
        return self.shipping_fee_minor - sum(each.shipping_minor for each in self.taken)

    def priced(self) -> PricedBasket:
        """The result."""
        return PricedBasket(
            lines=tuple(self.lines), adjustments=tuple(self.taken), shipping_fee_minor=self.shipping_fee_minor
        )


def begin(lines: Sequence[BasketLine]) -> Running:
    """Nothing is taken off yet."""
    return Running(lines=list(lines), left={line.key: line.items_minor for line in lines}, taken=[])


def basket_for(running: Running, *, kind: str, layer: Layer) -> Basket:
    """What a source may see: the lines that no earlier offer keeps from it, as they stand now."""
    return Basket(
        lines=tuple(
            replace(
                line,
                running_minor=running.left[line.key],
                judged_minor=running.judged.get(line.key, running.left[line.key]),
            )
            for line in running.lines
            if not line.is_gift and (layer == Layer.TENDER or not _is_kept_from(running, line.key, kind))
        ),
        shipping_minor=running.shipping_left_minor,
    )


def take_prices(running: Running, offers: Sequence[OfferedAdjustment]) -> None:
    """Give each line exactly one price: the one its buyer chose, else the lowest; ties go by kind, then reference."""
    best: dict[UUID, OfferedAdjustment] = {}
    for offer in sorted(offers, key=lambda each: (each.kind, str(each.reference_id))):
        for key, amount in offer.per_line.items():
            rival = best.get(key)
            if rival is None or (offer.is_chosen, amount) > (rival.is_chosen, rival.per_line[key]):
                best[key] = offer
    for offer in offers:
        per_line = {key: amount for key, amount in offer.per_line.items() if best[key] is offer}
        if per_line and (offer.is_chosen or any(per_line.values())):
            _take(running, replace(offer, per_line=per_line))


def take(running: Running, offer: OfferedAdjustment, *, layer: Layer) -> None:
    """Take an offer off, as far as the lines, the sending and the guard of the whole order allow."""
    for gift in offer.gifts:
        line = gift.line()
        if line.key not in running.left:
            running.lines.append(line)
            running.left[line.key] = line.items_minor
    _take(running, _guarded(running, offer) if layer in GUARDED else offer)


def _take(running: Running, offer: OfferedAdjustment) -> None:
    per_line = {key: min(amount, running.left[key]) for key, amount in offer.per_line.items() if key in running.left}
    for key, amount in per_line.items():
        running.left[key] -= amount
    shipping_minor = min(offer.shipping_minor, running.shipping_left_minor)
    taken = replace(offer, per_line=per_line, shipping_minor=shipping_minor)
    if taken.amount_minor or taken.is_chosen or taken.gifts:
        running.taken.append(taken)


def _guarded(running: Running, offer: OfferedAdjustment) -> OfferedAdjustment:
    """Trim an offer so that all discounts stay within the strictest limit of those that take part; gifts aside."""
    limit_bps = min([offer.limit_bps, *(each.limit_bps for each in running.taken)])
    if limit_bps >= NO_LIMIT_BPS:
        return offer
    gifts = {line.key for line in running.lines if line.is_gift}
    bought = [line for line in running.lines if not line.is_gift]
    taken = sum(line.items_minor - running.left[line.key] for line in bought)
    room = max(sum(line.items_minor for line in bought) * limit_bps // BASIS_POINTS - taken, 0)
    kept = {key: amount for key, amount in offer.per_line.items() if key in gifts}
    trimmed = {key: amount for key, amount in offer.per_line.items() if key not in gifts}
    return replace(offer, per_line={**split(min(sum(trimmed.values()), room), trimmed), **kept})


def split(total: int, weights: Mapping[UUID, int]) -> dict[UUID, int]:
    """Share an amount by weight with the largest remainder; the shares add up to it, to the last fen."""
    if not weights or not any(weights.values()):
        return dict.fromkeys(weights, 0)
    return dict(zip(weights, allocate_whole(total, list(weights.values())), strict=True))


def _is_kept_from(running: Running, key: UUID, kind: str) -> bool:
    return any(key in offer.per_line and _excludes(offer, kind) for offer in running.taken)


def _excludes(offer: OfferedAdjustment, kind: str) -> bool:
    return kind in offer.excludes or (EVERYTHING in offer.excludes and kind not in offer.allows)

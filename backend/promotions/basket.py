"""The words of the adjustment port: a basket, what is offered on it, and what a source answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, Protocol
from uuid import UUID, uuid5

Texts = Mapping[str, str]
Choices = Mapping[str, Mapping[str, Any]]

EVERYTHING = "*"
NO_LIMIT_BPS = 10_000
_GIFTS = UUID("0192f3a0-0000-7000-8000-00000061f700")


class Layer(IntEnum):
    """The fixed order in which adjustments are taken off. Each layer sees what the earlier ones left."""

    PRICE = 1
    LINE = 2
    ORDER = 3
    COUPON = 4
    POINTS = 5
    TENDER = 6


class LockRank(IntEnum):
    """The place of what a source locks, in the order of docs/locks.md. Stock and the order come after all."""

    WALLET = 10
    COUPON = 15
    CAMPAIGN = 20
    GROUP = 30


def line_key(variant_id: UUID, *, is_gift: bool = False) -> UUID:
    """The name of a line in `per_line`: its variant, or a name of its own for a gift, as both may be in one order."""
    return uuid5(_GIFTS, variant_id.hex) if is_gift else variant_id


class WantedGood(Protocol):
    """So many of one variant at its price of now, wherever it lies: in a cart or at the till."""

    @property
    def variant_id(self) -> UUID: ...

    @property
    def product_id(self) -> UUID: ...

    @property
    def category_id(self) -> UUID: ...

    @property
    def quantity(self) -> int: ...

    @property
    def unit_minor(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketLine:
    """One line that a price is asked for.

    `running_minor` is what earlier layers left of it, `judged_minor` what the layers before coupons left: thresholds of
    coupons are judged on that, so that one coupon never costs another.
    """

    variant_id: UUID
    product_id: UUID
    category_id: UUID
    quantity: int
    unit_minor: int
    category_ids: tuple[UUID, ...] = ()
    brand_id: UUID | None = None
    is_gift: bool = False
    running_minor: int = -1
    judged_minor: int = -1

    @property
    def key(self) -> UUID:
        """The name of the line in `per_line`."""
        return line_key(self.variant_id, is_gift=self.is_gift)

    @property
    def items_minor(self) -> int:
        """The price of the line before anything is taken off."""
        return self.unit_minor * self.quantity

    @property
    def left_minor(self) -> int:
        """What the line costs after the earlier layers."""
        return self.items_minor if self.running_minor < 0 else self.running_minor

    @property
    def threshold_minor(self) -> int:
        """What the line counts for the threshold of a coupon."""
        return self.left_minor if self.judged_minor < 0 else self.judged_minor


def basket_lines(goods: Iterable[WantedGood]) -> list[BasketLine]:
    """Give the sources of adjustments what they may know of what somebody wants."""
    return [
        BasketLine(
            variant_id=good.variant_id,
            product_id=good.product_id,
            category_id=good.category_id,
            quantity=good.quantity,
            unit_minor=good.unit_minor,
        )
        for good in goods
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """The lines that a source may take part in, as the earlier layers left them, and what sending still costs."""

    lines: tuple[BasketLine, ...]
    currency: str = "CNY"
    shipping_minor: int = 0

    @property
    def left_minor(self) -> int:
        """What these lines cost after the earlier layers."""
        return sum(line.left_minor for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """Pieces that an offer puts into the basket; its price is covered by the offer that brings it."""

    variant_id: UUID
    product_id: UUID
    category_id: UUID
    quantity: int
    unit_minor: int

    def line(self) -> BasketLine:
        """The line that the gift becomes."""
        return BasketLine(
            variant_id=self.variant_id,
            product_id=self.product_id,
            category_id=self.category_id,
            quantity=self.quantity,
            unit_minor=self.unit_minor,
            is_gift=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAdjustment:
    """What a source would take off, per line key, with the reason in three languages.

    `shipping_minor` is what it takes off the sending. A tender pays instead of lowering the price.
    `is_chosen` says that the buyer asked for this price of a line; then it is taken before a lower one.
    `excludes` names the kinds of later layers that do not apply to its lines, `EVERYTHING` all but `allows`;
    a tender and what is taken off the sending always apply.
    `limit_bps` is the share of the whole order that all discounts together may reach once this one takes part.
    `pay_by` shortens the time to pay. `makes_group_order` says that the order waits for a group once it is paid.
    `captures_later` says that the money is taken only when that group is full, where the provider can hold it.
    """

    kind: str
    per_line: Mapping[UUID, int]
    label: Texts
    explanation: Sequence[Texts] = ()
    reference_id: UUID | None = None
    campaign_id: UUID | None = None
    rule_version: str = ""
    shipping_minor: int = 0
    gifts: tuple[Gift, ...] = ()
    is_tender: bool = False
    is_chosen: bool = False
    excludes: frozenset[str] = frozenset()
    allows: frozenset[str] = frozenset()
    limit_bps: int = NO_LIMIT_BPS
    makes_group_order: bool = False
    captures_later: bool = False
    pay_by: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def amount_minor(self) -> int:
        """What is taken off altogether, sending included."""
        return self.goods_minor + self.shipping_minor

    @property
    def goods_minor(self) -> int:
        """What is taken off the lines."""
        return sum(self.per_line.values())


@dataclass(frozen=True, slots=True)
class Paid:
    """The source keeps its part. `awaits_group` holds the order back until `confirm_group_order`."""

    awaits_group: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """The source can no longer keep its part; the money goes back."""

    reason: str

"""The words of the port: a basket, what is offered on it, and what a source answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

Texts = Mapping[str, str]


class LockRank(IntEnum):
    """The place of what a source locks, in the order of docs/locks.md. Stock and the order come after all."""

    WALLET = 10
    CAMPAIGN = 20
    GROUP = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketLine:
    """One line that a price is asked for."""

    variant_id: UUID
    product_id: UUID
    category_id: UUID
    quantity: int
    unit_minor: int

    @property
    def items_minor(self) -> int:
        """The price of the line before anything is taken off."""
        return self.unit_minor * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """All lines that a price is asked for."""

    lines: tuple[BasketLine, ...]
    currency: str = "CNY"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAdjustment:
    """What a source would take off, per variant, with the reason in three languages.

    `pay_by` shortens the time to pay. `makes_group_order` says that the order waits for a group once it is paid.
    """

    kind: str
    per_line: Mapping[UUID, int]
    label: Texts
    explanation: Sequence[Texts] = ()
    reference_id: UUID | None = None
    campaign_id: UUID | None = None
    rule_version: str = ""
    makes_group_order: bool = False
    pay_by: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def amount_minor(self) -> int:
        """What is taken off altogether."""
        return sum(self.per_line.values())


@dataclass(frozen=True, slots=True)
class Paid:
    """The source keeps its part. `awaits_group` holds the order back until `confirm_group_order`."""

    awaits_group: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """The source can no longer keep its part; the money goes back."""

    reason: str

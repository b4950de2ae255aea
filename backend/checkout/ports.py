"""The port through which group prices, coupons and points take part in an order.

A source is registered once, in `AppConfig.ready()`, by the path of its class, with
`backend.checkout.sources.register_source("groupbuy.pricing.GroupPrice")`. Checkout calls it like this:

- `quote` while a price is worked out; it reads only.
- `lock` before anything is written or decided; sources are called in the order of their `lock_rank`.
- `commit` inside `place_order`, after the order and the adjustment are written and before stock is reserved.
- `paid` inside `settle_payment`, when the money is in. It may mend what it can, and answers `Late` when it can no
  longer keep its part; then everything it wrote in this call is undone and `release` follows.
- `release` when the order is closed, cancelled or too late. It may be called for what was given back already.

All of them run in one transaction of the caller. None may call out of the house.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from backend.checkout.basket import Basket, BasketLine, Late, LockRank, OfferedAdjustment, Paid, Texts
from backend.checkout.models import OrderAdjustment
from backend.checkout.sources import found_sources, register_source, unregister_source
from backend.orders.models import Order

__all__ = [
    "AdjustmentSource",
    "Basket",
    "BasketLine",
    "Late",
    "LockRank",
    "OfferedAdjustment",
    "Paid",
    "Texts",
    "register_source",
    "source_of",
    "sources",
    "unregister_source",
]


class AdjustmentSource(Protocol):
    """Something that takes part in the price and the fate of an order."""

    kind: str
    lock_rank: LockRank

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Offer what applies to this basket. `choice` is what the buyer asked this source for; it may be empty."""

    def lock(self, *, adjustment: OfferedAdjustment | OrderAdjustment) -> None:
        """Hold the rows that `commit`, `paid` or `release` will decide about."""

    def commit(self, *, order: Order, adjustment: OrderAdjustment, now: datetime) -> None:
        """Take what the order needs, or refuse it with a domain error."""

    def paid(self, *, order: Order, adjustment: OrderAdjustment, now: datetime) -> Paid | Late:
        """Answer whether the order still has what it took, now that the money is in."""

    def release(self, *, order: Order, adjustment: OrderAdjustment, reason: str, now: datetime) -> None:
        """Give back what the order took, if it still holds it."""


def sources() -> list[AdjustmentSource]:
    """Every source, in the order in which they lock."""
    found: list[AdjustmentSource] = list(found_sources().values())
    return sorted(found, key=lambda source: (source.lock_rank, source.kind))


def source_of(kind: str) -> AdjustmentSource:
    """The source of an adjustment that was made."""
    found: AdjustmentSource = found_sources()[kind]
    return found

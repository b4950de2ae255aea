"""The port through which group prices, reductions, coupons, points and store credit take part in an order.

A source is registered once, in `AppConfig.ready()`, by the path of its class:
`register_source("groupbuy.actions.price_source.GroupPriceSource")`. This module imports no model, so that can be done
before the models are ready. The sources are called like this:

- `quote` while a price is worked out, layer by layer; it reads only. The basket holds the lines it may take part in,
  with the amounts that the earlier layers left. `buyer_id` is None for a visitor.
- `lock` before anything is written or decided, once with all adjustments of the source, in the order of `lock_rank`.
- `commit` inside `place_order`, after the order and the adjustment are written and before stock is reserved.
- `paid` inside `settle_payment`, when the money is in. It may mend what it can, and answers `Late` when it can no
  longer keep its part; then everything it wrote in this call is undone and `release` follows.
- `authorised` instead of `paid`, where a source has it, while the provider only holds the money.
- `release` when the order is closed, cancelled or too late. It may be called for what was given back already.

All of them run in one transaction of the caller. None may call out of the house.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar, runtime_checkable
from uuid import UUID

from django.utils.module_loading import import_string

from backend.promotions.basket import Basket, Late, Layer, LockRank, OfferedAdjustment, Paid


class AdjustedOrder(Protocol):
    """The order that an adjustment takes part in."""

    id: UUID
    buyer_id: UUID


class KeptAdjustment(Protocol):
    """An adjustment, offered or written with its order."""

    @property
    def kind(self) -> str:
        """The kind of its source."""

    @property
    def reference_id(self) -> UUID | None:
        """What the source keeps about it."""

    @property
    def campaign_id(self) -> UUID | None:
        """The campaign it comes from."""

    @property
    def amount_minor(self) -> int:
        """What it takes off altogether."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the source needs to know later."""


class AdjustmentSource(Protocol):
    """Something that takes part in the price and the fate of an order."""

    kind: str
    layer: Layer
    lock_rank: LockRank

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID | None, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Offer what applies to this basket. `choice` is what the buyer asked this source for; it may be empty."""

    def lock(self, *, adjustments: Sequence[KeptAdjustment]) -> None:
        """Hold the rows that `commit`, `paid` or `release` will decide about, each table by id."""

    def commit(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> None:
        """Take what the order needs, or refuse it with a domain error."""

    def paid(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """Answer whether the order still has what it took, now that the money is in."""

    def release(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, reason: str, now: datetime) -> None:
        """Give back what the order took, if it still holds it."""


@runtime_checkable
class WaitsForMoney(Protocol):
    """A source that keeps its part back as long as the provider only holds the money."""

    def authorised(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """Answer whether the order still has what it took, now that the money is held."""


A = TypeVar("A", bound=KeptAdjustment)

_given: list[Any] = []
_found: dict[str, AdjustmentSource] = {}


def register_source(source: Any) -> None:
    """Let a source take part in every price: the source itself, or the dotted path of its class."""
    if source not in _given:
        _given.append(source)
        _found.clear()


def unregister_source(source: Any) -> None:
    """Forget a source; tests use it to leave the registry as they found it."""
    _given.remove(source)
    _found.clear()


def sources() -> list[AdjustmentSource]:
    """Every source, in the order in which they are asked for a price."""
    return sorted(_sources().values(), key=lambda source: (source.layer, source.kind))


def source_of(kind: str) -> AdjustmentSource:
    """The source of an adjustment that was made."""
    return _sources()[kind]


def in_lock_order(adjustments: Iterable[A]) -> list[A]:
    """Adjustments in the order in which their sources lock."""
    return sorted(adjustments, key=lambda each: (source_of(each.kind).lock_rank, each.kind, str(each.reference_id)))


def _sources() -> dict[str, AdjustmentSource]:
    """The sources by kind; a dotted path is imported here, when every app is ready."""
    if not _found:
        made = [import_string(source)() if isinstance(source, str) else source for source in _given]
        _found.update({source.kind: source for source in made})
    return _found

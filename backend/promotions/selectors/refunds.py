"""What goes back for some pieces of an order, as its stored promotions say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from backend.promotions.adjustments import source_of
from backend.promotions.basket import Layer
from backend.promotions.rules.refunds import BoughtLine, RefundSum, TakenOff, recomputed_refund


class StoredLine(Protocol):
    """A line of an order, as orders keep it."""

    pk: Any
    variant_id: UUID
    product_id: UUID
    quantity: int
    unit_minor: int
    discount_minor: int
    refunded_quantity: int
    refunded_minor: int
    is_gift: bool


class StoredAdjustment(Protocol):
    """An adjustment of an order, as checkout keeps it."""

    kind: str
    label: Any
    per_line: Any
    facts: Any


def refund_of_pieces(
    *, lines: Sequence[StoredLine], adjustments: Iterable[StoredAdjustment], pieces: Mapping[UUID, int]
) -> RefundSum:
    """What goes back if these pieces come back now, with the arithmetic to show before the customer confirms.

    `lines` are all lines of the order, `adjustments` its rows in the order in which they were taken off
    (`checkout.selectors.adjustments_of`), `pieces` says how many of each line come back now, by the id of the line.
    `RefundSum.per_line` is keyed by the id of the line and adds up to `amount_minor`. A gift that comes back too is
    named in `pieces`; one that is no longer deserved and stays is counted with its price. Shipping is not part of it.
    """
    bought = [_bought(line, pieces.get(line.pk, 0)) for line in lines]
    found = recomputed_refund(bought, [_taken(each) for each in adjustments if not _is_tender(each)])
    ids = {line.key: stored.pk for line, stored in zip(bought, lines, strict=True)}
    return RefundSum(
        amount_minor=found.amount_minor,
        per_line={ids[key]: share for key, share in found.per_line.items()},
        kept_minor=found.kept_minor,
        steps=found.steps,
    )


def _bought(line: StoredLine, back_now: int) -> BoughtLine:
    return BoughtLine(
        variant_id=line.variant_id,
        product_id=line.product_id,
        quantity=line.quantity,
        unit_minor=line.unit_minor,
        discount_minor=line.discount_minor,
        kept=max(line.quantity - line.refunded_quantity - back_now, 0),
        refunded_minor=line.refunded_minor,
        is_gift=line.is_gift,
    )


def _taken(each: StoredAdjustment) -> TakenOff:
    per_line = {UUID(str(key)): amount for key, amount in each.per_line.items()}
    return TakenOff(kind=each.kind, label=each.label, per_line=per_line, facts=each.facts)


def _is_tender(each: StoredAdjustment) -> bool:
    return source_of(each.kind).layer == Layer.TENDER

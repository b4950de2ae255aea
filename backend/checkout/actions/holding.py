"""Holding everything that decides about one order, in the order of docs/locks.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.checkout.models import OrderAdjustment
from backend.core.locks import lock_found, lock_many
from backend.core.rows import rows_where
from backend.inventory.models import StockItem
from backend.orders.models import Order, OrderLine
from backend.promotions.actions import hold_adjustments
from backend.promotions.adjustments import WaitsForMoney, in_lock_order, source_of
from backend.promotions.basket import Late


@dataclass(frozen=True, slots=True)
class HeldOrder:
    """An order whose row, stock and adjustments are locked by this transaction."""

    order: Order
    adjustments: tuple[OrderAdjustment, ...]


def hold_orders(order_ids: Sequence[UUID]) -> list[HeldOrder]:
    """Lock what the adjustments stand on, then stock by id, then the orders by id.

    Raises: NotFound.
    """
    adjustments = in_lock_order(rows_where(OrderAdjustment, "WHERE order_id = ANY(%s)", [list(order_ids)]))
    hold_adjustments(adjustments)
    lines = rows_where(OrderLine, "WHERE order_id = ANY(%s)", [list(order_ids)])
    lock_found(StockItem, {line.variant_id for line in lines})
    return [
        HeldOrder(order, tuple(each for each in adjustments if each.order_id == order.pk))
        for order in lock_many(Order, order_ids)
    ]


def hold_order(order_id: UUID) -> HeldOrder:
    """Lock everything that decides about one order.

    Raises: NotFound.
    """
    return hold_orders([order_id])[0]


def release_adjustments(held: HeldOrder, *, reason: str, now: datetime) -> None:
    """Let every source give back what the order took."""
    for adjustment in held.adjustments:
        source_of(adjustment.kind).release(order=held.order, adjustment=adjustment, reason=reason, now=now)


def tell_paid(held: HeldOrder, *, now: datetime, is_hold: bool = False) -> bool | Late:
    """Tell every source that the money is in, or held; answer whether the order waits for a group, or who is late."""
    awaits_group = False
    for adjustment in held.adjustments:
        source = source_of(adjustment.kind)
        told = source.authorised if is_hold and isinstance(source, WaitsForMoney) else source.paid
        answer = told(order=held.order, adjustment=adjustment, now=now)
        if isinstance(answer, Late):
            return answer
        awaits_group = awaits_group or answer.awaits_group
    return awaits_group

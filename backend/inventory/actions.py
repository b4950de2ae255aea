"""Every write to the stock room.

Whoever touches several variants does so in the order of their ids (docs/locks.md), one statement each.
The condition stands in the statement itself, so two buyers of the last piece cannot both be told yes.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.core.outbox import emit
from backend.inventory.errors import OutOfStock
from backend.inventory.events import AvailabilityChanged
from backend.inventory.rules import shown, sum_demand

# {demand: the row that takes; the reservation that remembers}. Nothing is returned when too few are left.
_RESERVE = """
WITH taken AS (
    UPDATE inventory_stockitem SET reserved = reserved + %(quantity)s
    WHERE variant_id = %(variant_id)s AND on_hand - reserved >= %(quantity)s
    RETURNING variant_id, on_hand - reserved AS available
), noted AS (
    INSERT INTO inventory_reservation (id, order_id, variant_id, quantity, state, changed_at)
    SELECT %(id)s, %(order_id)s, variant_id, %(quantity)s, 'HELD', %(now)s FROM taken
    ON CONFLICT (order_id, variant_id) DO UPDATE
    SET state = 'HELD', quantity = EXCLUDED.quantity, changed_at = EXCLUDED.changed_at
)
SELECT taken.available, variant.product_id
FROM taken JOIN catalogue_variant variant ON variant.id = taken.variant_id
"""
# Move one reservation on, and the numbers of its variant with it, or do nothing if it has moved already.
_MOVE = """
WITH moved AS (
    UPDATE inventory_reservation SET state = %(to)s, changed_at = %(now)s
    WHERE order_id = %(order_id)s AND variant_id = %(variant_id)s AND state = %(from)s
    RETURNING variant_id, quantity
), counted AS (
    UPDATE inventory_stockitem item
    SET on_hand = on_hand + quantity * %(on_hand)s, reserved = reserved + quantity * %(reserved)s
    FROM moved WHERE item.variant_id = moved.variant_id
    RETURNING item.variant_id, item.on_hand - item.reserved AS available, quantity
)
SELECT counted.available, variant.product_id, counted.quantity
FROM counted JOIN catalogue_variant variant ON variant.id = counted.variant_id
"""
_STOCK_UP = """
WITH counted AS (
    INSERT INTO inventory_stockitem AS item (variant_id, on_hand, reserved) VALUES (%(variant_id)s, %(quantity)s, 0)
    ON CONFLICT (variant_id) DO UPDATE SET on_hand = item.on_hand + EXCLUDED.on_hand
    RETURNING item.variant_id, item.on_hand - item.reserved AS available
)
SELECT counted.available, variant.product_id
FROM counted JOIN catalogue_variant variant ON variant.id = counted.variant_id
"""


@transaction.atomic
def reserve(*, order_id: UUID, demand: Mapping[UUID, int] | Iterable[tuple[UUID, int]], now: datetime) -> None:
    """Hold what an order needs, all of it or nothing.

    Several lines that ask for one variant are added up first. Asking again for what is held already changes nothing;
    what was given back is taken anew.

    Raises: OutOfStock, InvalidInput.
    Emits: AvailabilityChanged.
    """
    wanted = sum_demand(demand)
    if any(quantity < 1 for quantity in wanted.values()):
        raise InvalidInput("quantity")
    kept = _standing(order_id)
    for variant_id in sorted(wanted.keys() - kept):
        _take(order_id=order_id, variant_id=variant_id, quantity=wanted[variant_id], now=now)


@transaction.atomic
def commit(*, order_id: UUID, now: datetime) -> None:
    """Let what an order holds leave the house. Doing it again changes nothing."""
    for variant_id in _variants_of(order_id):
        _move(order_id, variant_id, "HELD", "COMMITTED", on_hand=-1, reserved=-1, now=now)


@transaction.atomic
def release(*, order_id: UUID, now: datetime) -> None:
    """Give back what an order held or, when it was paid and then cancelled, what had left. Again changes nothing.

    Emits: AvailabilityChanged.
    """
    for variant_id in _variants_of(order_id):
        _move(order_id, variant_id, "HELD", "RELEASED", on_hand=0, reserved=-1, now=now)
        _move(order_id, variant_id, "COMMITTED", "RELEASED", on_hand=1, reserved=0, now=now)


@transaction.atomic
def stock_up(*, quantities: Mapping[UUID, int], now: datetime) -> None:
    """Put pieces on the shelves of the stock room.

    Raises: InvalidInput.
    Emits: AvailabilityChanged.
    """
    for variant_id, quantity in sorted(quantities.items()):
        if quantity < 0:
            raise InvalidInput("quantity")
        parameters = {"variant_id": variant_id, "quantity": quantity}
        for available, product_id in _run(_STOCK_UP, parameters):
            _tell(variant_id, product_id, before=available - quantity, after=available, now=now)


def _take(*, order_id: UUID, variant_id: UUID, quantity: int, now: datetime) -> None:
    parameters = {"id": new_id(), "order_id": order_id, "variant_id": variant_id, "quantity": quantity, "now": now}
    rows = _run(_RESERVE, parameters)
    if not rows:
        raise OutOfStock(variant_id=variant_id, available=_left(variant_id))
    for available, product_id in rows:
        _tell(variant_id, product_id, before=available + quantity, after=available, now=now)


def _move(
    order_id: UUID, variant_id: UUID, from_state: str, to_state: str, *, on_hand: int, reserved: int, now: datetime
) -> None:
    parameters = {
        "order_id": order_id,
        "variant_id": variant_id,
        "from": from_state,
        "to": to_state,
        "on_hand": on_hand,
        "reserved": reserved,
        "now": now,
    }
    for available, product_id, quantity in _run(_MOVE, parameters):
        _tell(variant_id, product_id, before=available - quantity * (on_hand - reserved), after=available, now=now)


def _tell(variant_id: UUID, product_id: UUID, *, before: int, after: int, now: datetime) -> None:
    if shown(before) != shown(after):
        emit(AvailabilityChanged(variant_id=variant_id, product_id=product_id, available=shown(after), at=now))


def _standing(order_id: UUID) -> set[UUID]:
    return {
        row[0]
        for row in _run(
            "SELECT variant_id FROM inventory_reservation WHERE order_id = %(order_id)s AND state <> 'RELEASED'",
            {"order_id": order_id},
        )
    }


def _variants_of(order_id: UUID) -> list[UUID]:
    rows = _run(
        "SELECT variant_id FROM inventory_reservation WHERE order_id = %(order_id)s ORDER BY variant_id",
        {"order_id": order_id},
    )
    return [row[0] for row in rows]


def _left(variant_id: UUID) -> int:
    rows = _run("SELECT on_hand - reserved FROM inventory_stockitem WHERE variant_id = %(id)s", {"id": variant_id})
    return int(rows[0][0]) if rows else 0


def _run(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())

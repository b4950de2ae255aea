"""Holding pieces for orders: reserve, commit, release.

Whoever touches several variants does so in the order of their ids (docs/locks.md), one statement each.
The condition stands in the statement itself, so two buyers of the last piece cannot both be told yes.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.inventory.actions.shelf import run, tell
from backend.inventory.errors import OutOfStock
from backend.inventory.rules import sum_demand

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
    SET state = 'HELD', quantity = EXCLUDED.quantity, changed_at = EXCLUDED.changed_at, holder_id = NULL
)
SELECT taken.available, variant.product_id
FROM taken JOIN catalogue_variant variant ON variant.id = taken.variant_id
"""
# Move one reservation on, and the numbers of its variant with it, or do nothing if it has moved already.
# What leaves or comes back is written into the ledger of movements.
_MOVE = """
WITH moved AS (
    UPDATE inventory_reservation SET state = %(to)s, changed_at = %(now)s
    WHERE order_id = %(order_id)s AND variant_id = %(variant_id)s AND state = %(from)s
    RETURNING variant_id, quantity
), counted AS (
    UPDATE inventory_stockitem item
    SET on_hand = on_hand + quantity * %(on_hand)s, reserved = reserved + quantity * %(reserved)s
    FROM moved WHERE item.variant_id = moved.variant_id
    RETURNING item.variant_id, item.on_hand, item.on_hand - item.reserved AS available, quantity
), written AS (
    INSERT INTO inventory_stockmovement (id, variant_id, kind, change, on_hand, reason, reference, at)
    SELECT %(id)s, variant_id, CASE WHEN %(on_hand)s < 0 THEN 'SOLD' ELSE 'RETURNED' END, quantity * %(on_hand)s,
        on_hand, '', 'order:' || %(order_id)s, %(now)s
    FROM counted WHERE %(on_hand)s <> 0
)
SELECT counted.available, variant.product_id, counted.quantity
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


@transaction.atomic(savepoint=False)
def commit(*, order_id: UUID, now: datetime) -> None:
    """Let what an order holds leave the house. Doing it again changes nothing."""
    for variant_id in _variants_of(order_id):
        move(order_id, variant_id, "HELD", "COMMITTED", on_hand=-1, reserved=-1, now=now)


@transaction.atomic
def release(*, order_id: UUID, now: datetime) -> None:
    """Give back what an order held or, when it was paid and then cancelled, what had left. Again changes nothing.

    Emits: AvailabilityChanged.
    """
    for variant_id in _variants_of(order_id):
        move(order_id, variant_id, "HELD", "RELEASED", on_hand=0, reserved=-1, now=now)
        move(order_id, variant_id, "COMMITTED", "RELEASED", on_hand=1, reserved=0, now=now)


def move(
    order_id: UUID, variant_id: UUID, from_state: str, to_state: str, *, on_hand: int, reserved: int, now: datetime
) -> int:
    """Move one reservation on and count it, and say how many pieces moved: none if it no longer stood there."""
    parameters = {
        "id": new_id(),
        "order_id": order_id,
        "variant_id": variant_id,
        "from": from_state,
        "to": to_state,
        "on_hand": on_hand,
        "reserved": reserved,
        "now": now,
    }
    rows = run(_MOVE, parameters)
    for available, product_id, quantity in rows:
        tell(variant_id, product_id, before=available - quantity * (on_hand - reserved), after=available, now=now)
    return int(rows[0][2]) if rows else 0


def _take(*, order_id: UUID, variant_id: UUID, quantity: int, now: datetime) -> None:
    parameters = {"id": new_id(), "order_id": order_id, "variant_id": variant_id, "quantity": quantity, "now": now}
    rows = run(_RESERVE, parameters)
    if not rows:
        raise OutOfStock(variant_id=variant_id, available=_left(variant_id))
    for available, product_id in rows:
        tell(variant_id, product_id, before=available + quantity, after=available, now=now)


def _standing(order_id: UUID) -> set[UUID]:
    return {
        row[0]
        for row in run(
            "SELECT variant_id FROM inventory_reservation WHERE order_id = %(order_id)s AND state <> 'RELEASED'",
            {"order_id": order_id},
        )
    }


def _variants_of(order_id: UUID) -> list[UUID]:
    rows = run(
        "SELECT variant_id FROM inventory_reservation WHERE order_id = %(order_id)s ORDER BY variant_id",
        {"order_id": order_id},
    )
    return [row[0] for row in rows]


def _left(variant_id: UUID) -> int:
    rows = run("SELECT on_hand - reserved FROM inventory_stockitem WHERE variant_id = %(id)s", {"id": variant_id})
    return int(rows[0][0]) if rows else 0

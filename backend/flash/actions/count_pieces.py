"""Taking and giving back pieces of a sale. Whatever happens, each bucket adds up to its quota.

A buyer takes from any bucket that nobody else holds. That answer alone may say "nothing" while pieces are left in
buckets that are held for a moment, so an empty answer is never told: first the committed numbers are read, and if they
say that something is left, the buckets are waited for, one first, then all of them in order.
"""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from backend.core.locks import lock_where
from backend.flash.models import FlashBucket
from backend.flash.rules import level

TAKE_FREE = """
UPDATE flash_flashbucket SET available = available - %(quantity)s, reserved = reserved + %(quantity)s
WHERE id = (
    SELECT id FROM flash_flashbucket WHERE item_id = %(item_id)s AND available >= %(quantity)s
    ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED
) AND available >= %(quantity)s
RETURNING id
"""
_LIKELY = """
SELECT id FROM flash_flashbucket WHERE item_id = %(item_id)s AND available >= %(quantity)s ORDER BY random() LIMIT 1
"""
_TAKE_FROM = """
UPDATE flash_flashbucket SET available = available - %(quantity)s, reserved = reserved + %(quantity)s
WHERE id = %(bucket_id)s AND available >= %(quantity)s RETURNING id
"""
_LEFT = "SELECT coalesce(sum(available), 0) FROM flash_flashbucket WHERE item_id = %(item_id)s"
_LEVEL = """
UPDATE flash_flashbucket bucket
SET available = wanted.available, quota = bucket.quota + wanted.available - bucket.available
FROM unnest(%(ids)s::uuid[], %(shares)s::int[]) AS wanted (id, available)
WHERE bucket.id = wanted.id AND bucket.available <> wanted.available
"""
_MOVE = """
UPDATE flash_flashbucket SET {from_column} = {from_column} - %s, {to_column} = {to_column} + %s WHERE id = %s
"""
COLUMNS = frozenset({"available", "reserved", "sold", "returned"})


def take_piece(*, item_id: UUID, quantity: int) -> UUID | None:
    """Reserve pieces of one bucket and name it; None only when the numbers that count say that too few are left."""
    parameters: dict[str, Any] = {"item_id": item_id, "quantity": quantity}
    if found := _take_free(parameters):
        return found
    if left_of(item_id) < quantity:
        return None
    return _take_waiting(parameters) or _take_levelled(item_id, quantity)


def left_of(item_id: UUID) -> int:
    """How many pieces are free, by what is committed: what somebody is taking right now still counts."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"item_id": item_id})
        return int(cursor.fetchone()[0])


def hold_buckets(item_id: UUID) -> list[FlashBucket]:
    """Hold all buckets of an item, in the order of their ids."""
    return lock_where(FlashBucket, "item_id = %s", [item_id], order="id")


def move_pieces(*, bucket_id: UUID, quantity: int, from_column: str, to_column: str) -> None:
    """Count pieces of a bucket as something else; the sum stays."""
    if not {from_column, to_column} <= COLUMNS:
        raise ValueError("A piece is available, reserved, sold or returned.")
    with connection.cursor() as cursor:
        cursor.execute(_MOVE.format(from_column=from_column, to_column=to_column), [quantity, quantity, bucket_id])


def _take_free(parameters: dict[str, Any]) -> UUID | None:
    """Take from a bucket that nobody holds.

    A bucket that was emptied since the statement began is locked before that is seen. Such locks are let go with an
    empty answer: who kept them while waiting for all buckets in order would stand in a ring with somebody.
    """
    with transaction.atomic():
        found = _one(TAKE_FREE, parameters)
        if found is None:
            transaction.set_rollback(True)
    return found


def _take_waiting(parameters: dict[str, Any]) -> UUID | None:
    """Wait for one bucket that had enough. When it has not any more its lock is let go, so nobody waits in a ring."""
    with transaction.atomic():
        likely = _one(_LIKELY, parameters)
        found = _one(_TAKE_FROM, {**parameters, "bucket_id": likely}) if likely else None
        if found is None:
            transaction.set_rollback(True)
    return found


def _take_levelled(item_id: UUID, quantity: int) -> UUID | None:
    """Wait for every bucket, then spread what is left evenly, with enough for this buyer in one of them."""
    buckets = hold_buckets(item_id)
    try:
        shares = level((bucket.available for bucket in buckets), wanted=quantity)
    except ValueError:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_LEVEL, {"ids": [bucket.pk for bucket in buckets], "shares": shares})
    move_pieces(bucket_id=buckets[0].pk, quantity=quantity, from_column="available", to_column="reserved")
    return buckets[0].pk


def _one(statement: str, parameters: dict[str, Any]) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    return row[0] if row else None

"""Row locks and advisory locks, taken in the order that docs/locks.md writes down."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, OrderBy, QuerySet
from django.db.transaction import TransactionManagementError

from backend.core.errors import NotFound
from backend.core.rows import keys_of, rows_where

M = TypeVar("M", bound=Model)


def lock_one(model: type[M], pk: object) -> M:
    """Read one row fresh and hold it until the transaction ends.

    Raises: NotFound.
    """
    return lock_many(model, [pk])[0]


def lock_many(model: type[M], pks: Iterable[object]) -> list[M]:
    """Read rows fresh and hold them until the transaction ends, in the order of their keys.

    Raises: NotFound.
    """
    wanted = set(keys_of(model, list(pks)))
    held = lock_found(model, wanted)
    if len(held) != len(wanted):
        raise NotFound
    return held


def lock_found(model: type[M], pks: Iterable[object]) -> list[M]:
    """Hold those of the rows that exist."""
    column = connection.ops.quote_name(str(model._meta.pk.column))
    return lock_where(model, f"{column} = ANY(%s)", [keys_of(model, list(pks))], order=column)


def lock_where(model: type[M], condition: str, values: Sequence[Any], *, order: str) -> list[M]:
    """Hold the rows of a condition that is written in code; the order must never change in a row."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("A row is locked by a transaction; open one first.")
    return rows_where(model, f"WHERE {condition} ORDER BY {order} FOR NO KEY UPDATE", values)


def lock_rows(rows: QuerySet[M], *first: OrderBy | str) -> list[M]:
    """Read the rows of a query fresh and hold them until the transaction ends, none being fine.

    They are locked by key; what is named first sorts before it and must never change in a row.
    """
    return list(rows.select_for_update(of=("self",), no_key=True).order_by(*first, "pk"))


def claim_rows(rows: QuerySet[M], *first: OrderBy | str, limit: int) -> list[M]:
    """Hold rows that nobody else holds, for work that many workers share; those that are held are passed over."""
    free = rows.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by(*first, "pk")
    return list(free[:limit])


def advisory_lock(namespace: str, key: object) -> None:
    """Hold a name that is no row, such as "one open group per user", until the transaction ends."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("An advisory lock is held by a transaction; open one first.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{namespace}:{key}"])

"""The statements that count the seats of a group. Each one decides by itself, after it has the row.

Callers hold the group's row first (`lock_one`), so that the deadline is compared with the clock after the wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

TAKE = """
UPDATE groupbuy_group SET seats_taken = seats_taken + 1, seats_issued = seats_issued + 1, version = version + 1
WHERE id = %s AND state = 'FORMING' AND seats_taken < size AND deadline_at > clock_timestamp()
RETURNING seats_taken, seats_paid, size, seats_issued, version, deadline_at, state
"""
PAY = """
UPDATE groupbuy_group SET seats_paid = seats_paid + 1, version = version + 1,
    state = CASE WHEN seats_paid + 1 = size THEN 'FILLED' ELSE state END,
    filled_at = CASE WHEN seats_paid + 1 = size THEN %s ELSE filled_at END
WHERE id = %s AND state = 'FORMING' AND seats_paid < seats_taken AND deadline_at > clock_timestamp()
RETURNING seats_taken, seats_paid, size, seats_issued, version, deadline_at, state
"""
GIVE_BACK = """
UPDATE groupbuy_group SET seats_taken = seats_taken - 1, seats_paid = seats_paid - %s, version = version + 1
WHERE id = %s AND seats_taken > 0 AND seats_paid >= %s
RETURNING seats_taken, seats_paid, size, seats_issued, version, deadline_at, state
"""


@dataclass(frozen=True, slots=True)
class Count:
    """The seats of a group right after a statement."""

    seats_taken: int
    seats_paid: int
    size: int
    seats_issued: int
    version: int
    deadline_at: datetime
    state: str


def take(group_id: UUID) -> Count | None:
    """Count one more seat, if one is free and the group open; the last seat goes to exactly one."""
    return _run(TAKE, [group_id])


def pay(group_id: UUID, *, now: datetime) -> Count | None:
    """Count one more paid seat; the last one fills the group, once."""
    return _run(PAY, [now, group_id])


def give_back(group_id: UUID, *, was_paid: bool) -> Count | None:
    """Count one seat less."""
    paid = 1 if was_paid else 0
    return _run(GIVE_BACK, [paid, group_id, paid])


def _run(statement: str, parameters: list[Any]) -> Count | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    return Count(*row) if row else None

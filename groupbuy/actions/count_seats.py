"""The statements that count the seats of a group. Each one decides by itself, after it has the row.

The deadline is compared with the clock after the wait for the row: callers of `take`, `pay` and `give_back` hold it
already, and `take_and_hold` reads the clock from what it has just locked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from groupbuy import rules

TAKE = """
UPDATE groupbuy_group SET seats_taken = seats_taken + 1, seats_issued = seats_issued + 1, version = version + 1
WHERE id = %s AND state = 'FORMING' AND seats_taken < size AND deadline_at > clock_timestamp()
RETURNING seats_taken, seats_paid, size, seats_issued, version, deadline_at, state
"""
TAKE_AND_HOLD = """
WITH held AS MATERIALIZED (SELECT id FROM groupbuy_group WHERE id = %(group_id)s FOR NO KEY UPDATE),
taken AS (
    UPDATE groupbuy_group SET seats_taken = seats_taken + 1, seats_issued = seats_issued + 1, version = version + 1
    WHERE id = (SELECT id FROM held) AND state = 'FORMING' AND seats_taken < size
        AND deadline_at > (SELECT clock_timestamp() FROM held)
    RETURNING id, campaign_id, product_id, seats_taken, size, seats_issued, version, deadline_at - %(now)s AS time_left
), seat AS (
    INSERT INTO groupbuy_seat (id, group_id, buyer_id, order_id, number, state, held_until, taken_at)
    SELECT %(seat_id)s, id, %(buyer_id)s, %(order_id)s, seats_issued, 'HELD',
        %(now)s + least(time_left, greatest(%(shortest)s, least(%(longest)s, time_left / 2))), %(now)s FROM taken
    ON CONFLICT (group_id, buyer_id) WHERE state NOT IN ('RELEASED', 'REFUNDED') DO NOTHING
    RETURNING held_until
)
SELECT taken.campaign_id, taken.product_id, taken.seats_taken, taken.size, taken.seats_issued, taken.version,
    (SELECT held_until FROM seat) FROM taken
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


@dataclass(frozen=True, slots=True)
class Hold:
    """What came of taking a seat; without `held_until` the buyer had one already."""

    campaign_id: UUID
    product_id: UUID
    seats_taken: int
    size: int
    number: int
    version: int
    held_until: datetime | None


def take_and_hold(*, group_id: UUID, seat_id: UUID, buyer_id: UUID, order_id: UUID, now: datetime) -> Hold | None:
    """Count one more seat and write it down, in one statement; None when no seat is free or the group is over."""
    parameters: dict[str, Any] = {
        "group_id": group_id,
        "seat_id": seat_id,
        "buyer_id": buyer_id,
        "order_id": order_id,
        "now": now,
        "shortest": rules.SHORTEST_HOLD,
        "longest": rules.HOLD,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE_AND_HOLD, parameters)
        row = cursor.fetchone()
    return Hold(*row) if row else None


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

"""Telling of an event: one row in the transaction of its cause."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from backend.core.ids import new_id
from backend.core.outbox.events import Event, encode
from backend.core.outbox.tasks import wake

WRITE = "INSERT INTO core_outboxevent (event_id, name, aggregate_id, payload) VALUES (%s, %s, %s, %s)"


WRITE_MANY = """INSERT INTO core_outboxevent (event_id, name, aggregate_id, payload)
SELECT told.event_id, told.name, told.aggregate_id, told.payload
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::jsonb[]) WITH ORDINALITY
    AS told (event_id, name, aggregate_id, payload, place) ORDER BY told.place"""
PIECE = 1_000


def emit(event: Event) -> None:
    """Write the event down beside its cause, and wake delivery when both have committed."""
    _check_told_in_time()
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [new_id(), event.event_name(), event.aggregate_id, json.dumps(encode(event))])
    _wake_later()


def emit_many(events: Sequence[Event]) -> None:
    """Write many events down, in their order, a thousand in one statement."""
    _check_told_in_time()
    for start in range(0, len(events), PIECE):
        piece = events[start : start + PIECE]
        columns: list[Any] = [
            [new_id() for _ in piece],
            [event.event_name() for event in piece],
            [str(event.aggregate_id) for event in piece],
            [json.dumps(encode(event)) for event in piece],
        ]
        with connection.cursor() as cursor:
            cursor.execute(WRITE_MANY, columns)
    if events:
        _wake_later()


def _check_told_in_time() -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("An event is told in the transaction that makes it true; open one first.")


def _wake_later() -> None:
    if not any(hook[1] is wake for hook in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)

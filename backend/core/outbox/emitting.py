"""Telling of an event: one row in the transaction of its cause."""

import json

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from backend.core.ids import new_id
from backend.core.outbox.events import Event, encode
from backend.core.outbox.tasks import wake

WRITE = "INSERT INTO core_outboxevent (event_id, name, aggregate_id, payload) VALUES (%s, %s, %s, %s)"


def emit(event: Event) -> None:
    """Write the event down beside its cause, and wake delivery when both have committed."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("An event is told in the transaction that makes it true; open one first.")
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [new_id(), event.event_name(), event.aggregate_id, json.dumps(encode(event))])
    if not any(hook[1] is wake for hook in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)

"""Delivery: claim the oldest open event of an aggregate, call its handlers, write down what is done.

The claim is a row lock that is skipped by others, never "id greater than the last one seen", so an event
that commits late is not passed over. A dead worker's lock dies with its connection.
"""

import json
import logging
from uuid import UUID

from django.db import connection, transaction

from backend.core.ids import new_id
from backend.core.outbox.registry import StoredEvent, Subscription, subscriptions_for

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 10
BATCH = 50

OLDEST_OPEN_PER_AGGREGATE = """
SELECT event_id FROM core_outboxevent AS candidate
WHERE done_at IS NULL AND parked_at IS NULL AND next_try_at <= clock_timestamp()
  AND NOT EXISTS (
    SELECT 1 FROM core_outboxevent AS earlier
    WHERE earlier.aggregate_id = candidate.aggregate_id AND earlier.position < candidate.position
      AND earlier.done_at IS NULL AND earlier.parked_at IS NULL)
ORDER BY position LIMIT %s
"""
CLAIM = """
SELECT event_id, name, payload::text, emitted_at FROM core_outboxevent
WHERE event_id = %s AND done_at IS NULL AND parked_at IS NULL AND next_try_at <= clock_timestamp()
FOR UPDATE SKIP LOCKED
"""
WRITE_HANDLED = "INSERT INTO core_handledevent (id, handler, event_id) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
FINISH = "UPDATE core_outboxevent SET done_at = clock_timestamp(), last_refusal = '' WHERE event_id = %s"
PUT_OFF = """
UPDATE core_outboxevent
SET attempts = attempts + 1, last_refusal = %s,
    next_try_at = clock_timestamp() + make_interval(secs => least(power(2, attempts), 600)),
    parked_at = CASE WHEN attempts + 1 >= %s THEN clock_timestamp() END
WHERE event_id = %s AND done_at IS NULL
"""


def deliver_pending(limit: int = 500) -> int:
    """Deliver what is open and due, and say how many events are done with.

    Any number of callers may run at once. Stops when nothing moves any more or the limit is reached.
    """
    delivered = 0
    while delivered < limit:
        candidates = _candidates(min(BATCH, limit - delivered))
        done = sum(_deliver(event_id) for event_id in candidates)
        if not done:
            break
        delivered += done
    return delivered


def _candidates(limit: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_OPEN_PER_AGGREGATE, [limit])
        return [row[0] for row in cursor.fetchall()]


def _deliver(event_id: UUID) -> bool:
    """Deliver one event to each handler that has not had it; True when that finishes it.

    Each handler has a transaction of its own; the last one also finishes the event, if all went well.
    """
    refusals: list[str] = []
    tried = 0
    while True:
        stored = None
        subscription: Subscription | None = None
        try:
            with transaction.atomic():
                stored = _claim(event_id)
                if stored is None:
                    return False
                waiting = subscriptions_for(stored.name)[tried:]
                if waiting:
                    subscription = waiting[0]
                    tried += 1
                    if _is_first_to_handle(subscription, stored):
                        subscription.handle(stored)
                if len(waiting) < 2 and not (waiting and refusals):
                    _close(stored, refusals)
                    return not refusals
        except Exception as refusal:
            if stored is None or subscription is None:
                raise
            logger.exception("%s did not handle %s %s", subscription.name, stored.name, stored.event_id)
            refusals.append(f"{subscription.name}: {type(refusal).__name__}: {refusal}")


def _claim(event_id: UUID) -> StoredEvent | None:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [event_id])
        row = cursor.fetchone()
    if row is None:
        return None
    return StoredEvent(event_id=row[0], name=row[1], payload=json.loads(row[2]), emitted_at=row[3])


def _is_first_to_handle(subscription: Subscription, stored: StoredEvent) -> bool:
    """Write down that this handler has had the event; False when it had it in an earlier attempt."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE_HANDLED, [new_id(), subscription.name, stored.event_id])
        written: int = cursor.rowcount
    return written == 1


def _close(stored: StoredEvent, refusals: list[str]) -> None:
    with connection.cursor() as cursor:
        if refusals:
            cursor.execute(PUT_OFF, ["\n".join(refusals)[:4000], MOST_ATTEMPTS, stored.event_id])
        else:
            cursor.execute(FINISH, [stored.event_id])

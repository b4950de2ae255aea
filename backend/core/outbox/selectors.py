"""How delivery is doing: the gauges that an operator watches."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from backend.core.outbox.models import OutboxEvent

GAUGES = """
SELECT count(*) FILTER (WHERE parked_at IS NULL),
       count(*) FILTER (WHERE parked_at IS NOT NULL),
       coalesce(extract(epoch FROM clock_timestamp() - min(emitted_at) FILTER (WHERE parked_at IS NULL)), 0)::float
FROM core_outboxevent WHERE done_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class OutboxGauges:
    """Open events, parked events, and the age of the oldest open one, which should stay under 30 seconds."""

    open_count: int
    parked_count: int
    oldest_seconds: float


def outbox_gauges() -> OutboxGauges:
    """How many events wait, how many were given up, how old the oldest waiting one is."""
    with connection.cursor() as cursor:
        cursor.execute(GAUGES)
        return OutboxGauges(*cursor.fetchone())


def outbox_oldest_seconds() -> float:
    """The age of the oldest open event; zero when nothing waits."""
    return outbox_gauges().oldest_seconds


def parked_events(first: int = 100) -> list[OutboxEvent]:
    """The events that were given up, oldest first, with what their handlers said."""
    return list(OutboxEvent.objects.filter(parked_at__isnull=False, done_at=None).order_by("position")[:first])


def events_about(aggregate_id: UUID | str) -> list[tuple[str, dict[str, Any]]]:
    """Everything that happened to one thing, in order: its audit trail."""
    rows = OutboxEvent.objects.filter(aggregate_id=str(aggregate_id)).order_by("position")
    return list(rows.values_list("name", "payload"))

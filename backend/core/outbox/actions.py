"""What an operator may do about delivery."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models.functions import Now

from backend.core.outbox.models import OutboxEvent


def retry_parked(*, event_ids: Iterable[UUID] | None = None) -> int:
    """Give events that were given up another round, and say how many."""
    parked = OutboxEvent.objects.filter(parked_at__isnull=False, done_at=None)
    if event_ids is not None:
        parked = parked.filter(event_id__in=list(event_ids))
    return parked.update(parked_at=None, attempts=0, next_try_at=Now())

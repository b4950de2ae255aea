"""The log of every change of state: what moved, from where to where, by whom and why."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import models

from backend.core.ids import new_id
from backend.core.rows import insert_row


class StateLog(models.Model):
    """One move of one thing from one state to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entity_type = models.CharField(max_length=60)
    entity_id = models.UUIDField()
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    actor_id = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["entity_type", "entity_id", "at"], name="state_log_of_entity")]

    def __str__(self) -> str:
        return f"{self.entity_type} {self.from_state} > {self.to_state}"


def log_move(
    *,
    entity_type: str,
    entity_id: UUID,
    from_state: str,
    to_state: str,
    now: datetime,
    actor_id: UUID | None = None,
    reason: str = "",
) -> StateLog:
    """Write down one move; call it in the transaction that makes the move."""
    move = StateLog(
        entity_type=entity_type,
        entity_id=entity_id,
        from_state=from_state,
        to_state=to_state,
        actor_id=actor_id,
        reason=reason,
        at=now,
    )
    return insert_row(move)


def log_moves(moves: Sequence[StateLog]) -> None:
    """Write down many moves at once; call it in the transaction that makes them."""
    StateLog.objects.bulk_create(moves, batch_size=1000)


def moves_of(*, entity_type: str, entity_id: UUID) -> list[StateLog]:
    """The moves of one thing, oldest first."""
    return list(StateLog.objects.filter(entity_type=entity_type, entity_id=entity_id).order_by("at", "pk"))

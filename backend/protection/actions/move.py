"""The one place where the state of a coverage changes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.state_log import log_move
from backend.protection.models import Coverage, CoverageState
from backend.protection.rules import is_legal


@transaction.atomic(savepoint=False)
def move_coverage(
    *, coverage: Coverage, to: CoverageState, now: datetime, reason: str, actor_id: UUID | None = None, **columns: Any
) -> bool:
    """Move a coverage from the state it was read in to another; the condition in the statement decides."""
    came_from = coverage.state
    if not is_legal(from_state=came_from, to_state=to):
        return False
    if not Coverage.objects.filter(pk=coverage.pk, state=came_from).update(state=to, **columns):
        return False
    for name, value in {"state": to, **columns}.items():
        setattr(coverage, name, value)
    log_move(
        entity_type="coverage", entity_id=coverage.pk, from_state=came_from, to_state=to, now=now, reason=reason,
        actor_id=actor_id,
    )  # fmt: skip
    return True

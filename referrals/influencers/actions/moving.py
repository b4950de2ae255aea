"""Moving a row along its states: the condition in the statement decides between two who try at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.core.errors import DomainError
from backend.core.state_log import log_move
from referrals.influencers.rules.moves import is_legal


def move_row(
    row: Any,
    *,
    to: str,
    moves: Mapping[str, frozenset[str]],
    refusal: type[DomainError],
    now: datetime,
    actor_id: UUID | None = None,
    reason: str = "",
    changes: Mapping[str, object] | None = None,
) -> None:
    """Move a row from the state it was read in to another; refuse with `refusal` when it is there no more."""
    came_from = str(row.state)
    columns = {"state": to, **(changes or {})}
    table = type(row)._default_manager
    if not is_legal(moves, from_state=came_from, to_state=to):
        raise refusal
    if not table.filter(pk=row.pk, state=came_from).update(**columns):
        raise refusal
    for name, value in columns.items():
        setattr(row, name, value)
    log_move(
        entity_type=f"creator.{type(row).__name__.lower()}",
        entity_id=row.pk,
        from_state=came_from,
        to_state=to,
        now=now,
        actor_id=actor_id,
        reason=reason[:200],
    )

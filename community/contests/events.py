"""What happens in contests, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class EntryPlaced(Event):
    """A contest is judged, and an entry has a place with a prize."""

    aggregate: ClassVar[str] = "entry_id"
    entry_id: UUID
    contest_id: UUID
    author_id: UUID
    rank: int
    points: int
    at: datetime

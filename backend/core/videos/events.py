"""What happens to a video."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class VideoFinished(Event):
    """A video can be played, or could not be made and is shown to nobody."""

    aggregate: ClassVar[str] = "video_id"
    video_id: UUID
    owner_id: UUID | None
    is_ready: bool
    problem: str
    at: datetime

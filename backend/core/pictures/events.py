"""What happens to a picture."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class PictureMade(Event):
    """Every rendition of a picture is there; pages that are kept with the smallest one may be made anew."""

    aggregate: ClassVar[str] = "picture_id"
    picture_id: UUID
    owner_id: UUID | None
    at: datetime

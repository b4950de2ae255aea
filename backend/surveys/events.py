"""What happens in surveys, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class SurveyOffered(Event):
    """Somebody may answer a survey."""

    aggregate: ClassVar[str] = "invitation_id"
    invitation_id: UUID
    key: str
    person_id: UUID
    order_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(Event):
    """Somebody answered; `earns_thanks` unless it was sent faster than it can be read."""

    aggregate: ClassVar[str] = "invitation_id"
    invitation_id: UUID
    answer_id: UUID
    key: str
    person_id: UUID
    order_id: UUID
    earns_thanks: bool
    at: datetime

"""What happens in moderation, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class ContentReported(Event):
    """Somebody reported a content."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    report_id: UUID
    reporter_id: UUID
    category: str
    is_hidden: bool
    author_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseDecided(Event):
    """A moderator decided a case."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    decision_id: UUID
    action: str
    author_id: UUID
    moderator_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DecisionReversed(Event):
    """A decision was taken back."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    decision_id: UUID
    reversed_id: UUID
    author_id: UUID
    moderator_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseMoved(Event):
    """A case was claimed, given back, escalated, put off or opened again."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    state: str
    at: datetime

"""What happens in the help centre and at its desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class HelpArticleSaved(Event):
    """An article has a new version, was shown or hidden."""

    aggregate: ClassVar[str] = "article_id"
    article_id: UUID
    version: int
    is_published: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TicketOpened(Event):
    """Somebody asked something of staff."""

    aggregate: ClassVar[str] = "ticket_id"
    ticket_id: UUID
    person_id: UUID
    kind: str
    nature: str
    severity: str
    due_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TicketAnswered(Event):
    """Staff answered."""

    aggregate: ClassVar[str] = "ticket_id"
    ticket_id: UUID
    message_id: UUID
    person_id: UUID
    is_in_time: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SuggestionAdopted(Event):
    """What somebody suggested will be done."""

    aggregate: ClassVar[str] = "ticket_id"
    ticket_id: UUID
    person_id: UUID
    at: datetime

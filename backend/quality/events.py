"""What happens in quality, told to whoever listens."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class ImprovementOpened(Event):
    """There is something to make better; `by_id` is empty when a figure opened it."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    sign: str
    subject: str
    team: str
    by_id: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ImprovementGiven(Event):
    """Somebody is to see to it."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    number: str
    owner_id: UUID
    due_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ImprovementClosed(Event):
    """A person closed it and said what was changed."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    by_id: UUID
    value_before: int | None
    value_after: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ServiceReviewed(Event):
    """One of the two sides looked at a sample."""

    aggregate: ClassVar[str] = "sample_id"
    sample_id: UUID
    agent_id: UUID
    as_whom: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ServiceNoteWritten(Event):
    """A second person praised an agent, or named something to practise."""

    aggregate: ClassVar[str] = "sample_id"
    sample_id: UUID
    note_id: UUID
    agent_id: UUID
    kind: str
    words: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CarrierStandingSet(Event):
    """A person decided how a carrier is taken in a region; an empty standing is as everywhere."""

    aggregate: ClassVar[str] = "carrier"
    carrier: str
    zone: str
    standing: str
    reason: str
    by_id: UUID
    at: datetime

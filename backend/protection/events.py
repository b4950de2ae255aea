"""What happens to protection plans, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class CoverageActivated(Event):
    """A plan was paid and is in force for a piece."""

    aggregate: ClassVar[str] = "coverage_id"
    coverage_id: UUID
    buyer_id: UUID
    order_id: UUID
    starts_at: datetime
    ends_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CoverageEnded(Event):
    """A plan ended before its time; what goes back of its price is on its way."""

    aggregate: ClassVar[str] = "coverage_id"
    coverage_id: UUID
    buyer_id: UUID
    order_id: UUID
    refunded_minor: int
    reason: str
    at: datetime

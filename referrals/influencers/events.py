"""What happens around creators, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class ApplicationDecided(Event):
    """Somebody answered an application: approved, declined, or asked for more."""

    aggregate: ClassVar[str] = "user_id"
    application_id: UUID
    user_id: UUID
    state: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CollaborationMoved(Event):
    """A collaboration went from one state to another."""

    aggregate: ClassVar[str] = "collaboration_id"
    collaboration_id: UUID
    promoter_id: UUID
    product_id: UUID
    state: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RateCutAnnounced(Event):
    """In two days a creator earns less of a product."""

    aggregate: ClassVar[str] = "promoter_id"
    rate_id: UUID
    promoter_id: UUID
    product_id: UUID
    bps: int
    from_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CommissionEstimated(Event):
    """An order line will earn a creator something, if it is kept."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    promoter_id: UUID
    commission_id: UUID
    amount_minor: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StatementClosed(Event):
    """A creator has a new statement."""

    aggregate: ClassVar[str] = "promoter_id"
    statement_id: UUID
    promoter_id: UUID
    total_minor: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PayoutDecided(Event):
    """The bank has paid a creator, or sent the money back."""

    aggregate: ClassVar[str] = "promoter_id"
    item_id: UUID
    promoter_id: UUID
    net_minor: int
    is_paid: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PayoutStopped(Event):
    """A breach stopped a payment before it was with the bank; its money is in the balance again."""

    aggregate: ClassVar[str] = "promoter_id"
    item_id: UUID
    promoter_id: UUID
    gross_minor: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ViolationRecorded(Event):
    """A breach of the rules was recorded; it can be appealed."""

    aggregate: ClassVar[str] = "promoter_id"
    violation_id: UUID
    promoter_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ViolationDecided(Event):
    """An appeal was answered."""

    aggregate: ClassVar[str] = "promoter_id"
    violation_id: UUID
    promoter_id: UUID
    is_lifted: bool
    at: datetime

"""What happens in after-sales, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class AfterSaleOpened(Event):
    """A buyer asked for something about an order."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    order_id: UUID
    buyer_id: UUID
    type: str
    reason: str
    requested_minor: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AfterSaleMoved(Event):
    """A case went from one state to another."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    order_id: UUID
    buyer_id: UUID
    from_state: str
    state: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AfterSaleNoted(Event):
    """Somebody wrote something into a case that the other side should read."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    event_id: UUID
    order_id: UUID
    buyer_id: UUID
    actor: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AfterSaleClosed(Event):
    """A case came to its end, with or without effect."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    order_id: UUID
    buyer_id: UUID
    state: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LinesRefunded(Event):
    """Pieces of an order were given up and their money is on its way: (line, quantity, amount) each."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    case_id: UUID
    lines: tuple[tuple[UUID, int, int], ...]
    shipping_minor: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CompensationPaid(Event):
    """An agent gave a buyer store credit."""

    aggregate: ClassVar[str] = "order_id"
    compensation_id: UUID
    order_id: UUID
    buyer_id: UUID
    amount_minor: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OwnFlowSet(Event):
    """A person at the desk set an own return flow for a buyer, or ended it."""

    aggregate: ClassVar[str] = "flow_id"
    flow_id: UUID
    buyer_id: UUID
    is_ended: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AdvancePaid(Event):
    """Money of a case went back because the carrier has its parcel."""

    aggregate: ClassVar[str] = "case_id"
    case_id: UUID
    buyer_id: UUID
    amount_minor: int
    scanned_at: datetime
    at: datetime

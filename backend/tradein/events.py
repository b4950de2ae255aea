"""What happens to trade-ins, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class TradeInMoved(Event):
    """A trade-in went from one state to another."""

    aggregate: ClassVar[str] = "trade_in_id"
    trade_in_id: UUID
    person_id: UUID
    from_state: str
    state: str
    at: datetime

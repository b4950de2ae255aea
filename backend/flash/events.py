"""What happens in flash sales."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class FlashSaleMoved(Event):
    """A sale was announced, stocked, paused, resumed, aborted or closed; `to` says which."""

    aggregate: ClassVar[str] = "sale_id"
    sale_id: UUID
    to: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FlashPiecesBack(Event):
    """Pieces that were reserved or sold came back to a sale that is still open."""

    aggregate: ClassVar[str] = "item_id"
    sale_id: UUID
    item_id: UUID
    quantity: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FlashHouseholdFlagged(Event):
    """Two people ordered in one sale to the same address. Nobody is refused for it; people look at it."""

    aggregate: ClassVar[str] = "sale_id"
    sale_id: UUID
    order_id: UUID
    buyer_id: UUID
    at: datetime

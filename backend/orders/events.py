"""What happens to an order, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(Event):
    """A buyer placed an order; nothing is paid yet."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    total_minor: int
    kind: str
    campaign_id: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderPaid(Event):
    """The provider has confirmed the money of an order: it is in, or held until the group is full."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    total_minor: int
    kind: str
    campaign_id: UUID | None
    is_held: bool = False
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderConfirmed(Event):
    """An order will be sent: a single one when it is paid, a group order when its group is full."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    total_minor: int
    kind: str
    campaign_id: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderClosed(Event):
    """An order was not paid in time, or its buyer gave it up before paying."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Event):
    """A paid order will not be sent; its money is on the way back."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderShipped(Event):
    """The parcel left the warehouse."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderDelivered(Event):
    """The parcel was handed over."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderCompleted(Event):
    """The buyer, or time, confirmed that all is well."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    total_minor: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderRefunded(Event):
    """Money of an order has arrived back; `refunded_minor` counts all refunds so far."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    refund_id: UUID
    amount_minor: int
    refunded_minor: int
    total_minor: int
    is_full: bool
    reason: str
    at: datetime

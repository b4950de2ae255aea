"""What happens to a parcel, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class ShipmentPacked(Event):
    """Pieces of an order lie in a parcel that has not left."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    shipment_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ShipmentSent(Event):
    """A parcel left the warehouse; `is_last` says that nothing of the order, or of what is resent, stays behind."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    shipment_id: UUID
    carrier: str
    tracking_number: str
    is_last: bool
    at: datetime
    resend_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ShipmentTracked(Event):
    """News of a parcel that change no more than its story."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    shipment_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ShipmentOutForDelivery(Event):
    """A courier is on the way to the door."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    shipment_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ShipmentDelivered(Event):
    """A parcel was handed over; `is_told_by_buyer` when the buyer said so first."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    shipment_id: UUID
    is_told_by_buyer: bool
    at: datetime
    resend_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ShipmentTroubled(Event):
    """Something went wrong on the way: a parcel is late, damaged, refused, or comes back."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    shipment_id: UUID
    is_returned: bool
    at: datetime
    resend_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ResendAsked(Event):
    """Pieces of an order wait to be sent once more."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    resend_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DelayForeseen(Event):
    """A parcel on its way will probably come after its promised day."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    shipment_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DispatchOverdue(Event):
    """Pieces of a confirmed order have not left within the promised time."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    dispatch_by: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DeliveredSurveyDue(Event):
    """An order was delivered, and its buyer may be asked how the delivery went."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReturnParcelScanned(Event):
    """A carrier has a parcel in hand that somebody sends to the shop."""

    aggregate: ClassVar[str] = "return_parcel_id"
    return_parcel_id: UUID
    asker_kind: str
    asker_id: UUID
    scanned_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CarrierMessageHeld(Event):
    """A carrier's message was kept for a person to look at."""

    aggregate: ClassVar[str] = "carrier_message_id"
    carrier_message_id: UUID
    carrier: str
    verdict: str
    at: datetime

"""What happens to money on its way in and out."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class PaymentCaptured(Event):
    """The provider confirmed that the money of a payment is in."""

    aggregate: ClassVar[str] = "order_id"
    payment_id: UUID
    order_id: UUID
    buyer_id: UUID
    amount_minor: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RefundRequested(Event):
    """Money is to go back; a worker will ask the provider."""

    aggregate: ClassVar[str] = "order_id"
    refund_id: UUID
    payment_id: UUID
    order_id: UUID
    buyer_id: UUID
    amount_minor: int
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RefundSettled(Event):
    """The provider confirmed that the money has gone back."""

    aggregate: ClassVar[str] = "order_id"
    refund_id: UUID
    payment_id: UUID
    order_id: UUID
    buyer_id: UUID
    amount_minor: int
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RefundNeedsHelp(Event):
    """The provider did not take a refund after many tries; a person must look."""

    aggregate: ClassVar[str] = "order_id"
    refund_id: UUID
    payment_id: UUID
    order_id: UUID
    amount_minor: int
    problem: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ProviderEventHeld(Event):
    """A message from a provider changed nothing and waits for a person to read it."""

    aggregate: ClassVar[str] = "provider_event_id"
    provider_event_id: UUID
    provider: str
    verdict: str
    at: datetime

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
class AuthorisationDecided(Event):
    """Money that is held is to be taken, or released; a worker will ask the provider."""

    aggregate: ClassVar[str] = "order_id"
    payment_id: UUID
    order_id: UUID
    is_capture: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AuthorisationCaptured(Event):
    """Money that was held for an order has been taken."""

    aggregate: ClassVar[str] = "order_id"
    payment_id: UUID
    order_id: UUID
    buyer_id: UUID
    amount_minor: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AuthorisationVoided(Event):
    """Money that was held has been released; nothing was taken."""

    aggregate: ClassVar[str] = "order_id"
    payment_id: UUID
    order_id: UUID
    buyer_id: UUID
    amount_minor: int
    settles_order: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AuthorisationLost(Event):
    """Money that was held can never be taken any more, so the order has to be given up."""

    aggregate: ClassVar[str] = "order_id"
    payment_id: UUID
    order_id: UUID
    buyer_id: UUID
    amount_minor: int
    problem: str
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
class StoreCreditGranted(Event):
    """A person was given store credit; the transfer of the source says why."""

    aggregate: ClassVar[str] = "owner_id"
    owner_id: UUID
    amount_minor: int
    source_type: str
    source_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ProviderEventHeld(Event):
    """A message from a provider changed nothing and waits for a person to read it."""

    aggregate: ClassVar[str] = "provider_event_id"
    provider_event_id: UUID
    provider: str
    verdict: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PaymentHeldForReview(Event):
    """A payment looks so unusual that a person must look at it before it can be paid."""

    aggregate: ClassVar[str] = "payment_id"
    hold_id: UUID
    payment_id: UUID
    buyer_id: UUID
    score: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RiskDecided(Event):
    """A person freed a payment that was held, or refused it with a reason."""

    aggregate: ClassVar[str] = "payment_id"
    hold_id: UUID
    payment_id: UUID
    order_id: UUID
    buyer_id: UUID
    is_released: bool
    note: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PaymentAlertOpened(Event):
    """Something about payments must be solved at once."""

    aggregate: ClassVar[str] = "alert_id"
    alert_id: UUID
    kind: str
    level: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StatementMoneyFound(Event):
    """Money that a statement tells is to be taken in: a person decided so, or it is a transfer that fits."""

    aggregate: ClassVar[str] = "payment_id"
    difference_id: UUID | None
    row_id: UUID
    payment_id: UUID
    provider: str
    kind: str
    amount_minor: int
    currency: str
    provider_reference: str
    refund_key: str
    sends_back: bool
    at: datetime

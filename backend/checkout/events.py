"""What happens to invoices."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class InvoiceWished(Event):
    """A buyer asked for an invoice after the order was paid."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class InvoiceIssued(Event):
    """An invoice or a credit note has its number; its file is made next."""

    aggregate: ClassVar[str] = "invoice_id"
    invoice_id: UUID
    order_id: UUID
    buyer_id: UUID
    kind: str
    at: datetime

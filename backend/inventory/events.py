"""What may have happened in the stock room."""

import dataclasses
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class AvailabilityChanged(Event):
    """The number that shoppers see beside a variant is different now.

    While more are left than the shop shows, nothing is told, so a hot variant writes no event per sale.
    """

    aggregate: ClassVar[str] = "variant_id"
    variant_id: UUID
    product_id: UUID
    available: int
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class StockImported(Event):
    """A file of stock numbers was taken in. Variants that came or went are told of one by one as well."""

    aggregate: ClassVar[str] = "import_id"
    import_id: UUID
    actor_id: UUID
    landed: int
    refused: int
    at: datetime

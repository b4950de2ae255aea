"""What may have happened in the shop window."""

import dataclasses
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProductPublished(Event):
    """A product went on the shelf."""

    aggregate: ClassVar[str] = "product_id"
    product_id: UUID
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProductChanged(Event):
    """Something that shoppers see of a product is different now."""

    aggregate: ClassVar[str] = "product_id"
    product_id: UUID
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProductRetired(Event):
    """A product left the shelf."""

    aggregate: ClassVar[str] = "product_id"
    product_id: UUID
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class CategoryChanged(Event):
    """A category was added or is different now."""

    aggregate: ClassVar[str] = "category_id"
    category_id: UUID
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class BannerChanged(Event):
    """A banner was put up, is different now, or came down."""

    aggregate: ClassVar[str] = "banner_id"
    banner_id: UUID
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class VariantStockImported(Event):
    """A table of products said how many pieces there are of some variants.

    Stock stands above the shop window, so the import cannot set it. Whoever keeps the stock hears this and sets what
    is on hand: the n-th number belongs to the n-th stock number. `delivery_id` names this piece of the table, so that
    hearing it twice sets nothing twice. A number that the table said before is not said again.
    """

    aggregate: ClassVar[str] = "import_id"
    import_id: UUID
    delivery_id: UUID
    skus: tuple[str, ...]
    quantities: tuple[int, ...]
    imported_by: UUID
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class RevisionMoved(Event):
    """A revision of a product went one step on, or back to its editor."""

    aggregate: ClassVar[str] = "revision_id"
    revision_id: UUID
    product_id: UUID
    submitted_by: UUID | None
    state: str
    reason: str
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class InformationReported(Event):
    """A shopper said that something on a product's page is wrong."""

    aggregate: ClassVar[str] = "report_id"
    report_id: UUID
    product_id: UUID
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class InformationReportAnswered(Event):
    """Somebody answered such a report."""

    aggregate: ClassVar[str] = "report_id"
    report_id: UUID
    product_id: UUID
    reporter_id: UUID
    was_right: bool
    answer: str
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class ImportMoved(Event):
    """A table of products waits for its next piece to be read, or has been read to the end."""

    aggregate: ClassVar[str] = "import_id"
    import_id: UUID
    is_ended: bool
    at: datetime

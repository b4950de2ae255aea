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

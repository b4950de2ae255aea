"""What happens to carts and favourites."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class PutInCart(Event):
    """Somebody means to buy something."""

    aggregate: ClassVar[str] = "cart_id"
    cart_id: UUID
    user_id: UUID | None
    product_id: UUID
    variant_id: UUID
    quantity: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FavouriteAdded(Event):
    """Somebody wants to remember a product."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    product_id: UUID
    at: datetime

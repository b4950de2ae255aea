"""Remembering products."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.cart.actions.holding import held_line, touch
from backend.cart.errors import FavouritesFull
from backend.cart.events import FavouriteAdded
from backend.cart.models import Favourite
from backend.cart.rules import MOST_FAVOURITES, CartOwner
from backend.cart.selectors import favourites_count
from backend.catalogue.models import Product, ProductState, Variant
from backend.core.errors import NotFound
from backend.core.outbox import emit
from backend.core.rows import insert_row_once


@transaction.atomic
def add_favourite(*, user_id: UUID, product_id: UUID, now: datetime) -> Favourite:
    """Remember a product with its price of today; a repeat keeps the first.

    Raises: FavouritesFull, NotFound.
    Emits: FavouriteAdded.
    """
    product = Product.objects.filter(pk=product_id).exclude(state=ProductState.DRAFT).first()
    if product is None:
        raise NotFound
    if favourites_count(user_id) >= MOST_FAVOURITES and not _kept(user_id, product_id):
        raise FavouritesFull(limit=MOST_FAVOURITES)
    row = Favourite(user_id=user_id, product_id=product_id, added_minor=product.price_minor, added_at=now)
    if insert_row_once(row):
        emit(FavouriteAdded(user_id=user_id, product_id=product_id, at=now))
    return Favourite.objects.get(user_id=user_id, product_id=product_id)


@transaction.atomic
def remove_favourite(*, user_id: UUID, product_id: UUID) -> None:
    """Forget a product; forgetting what is not remembered changes nothing."""
    Favourite.objects.filter(user_id=user_id, product_id=product_id).delete()


@transaction.atomic
def move_to_favourites(*, user_id: UUID, line_id: UUID, now: datetime) -> None:
    """Take a line out of the cart and remember its product instead.

    Raises: FavouritesFull, NotFound.
    Emits: FavouriteAdded.
    """
    cart, line = held_line(CartOwner(user_id=user_id), line_id, now=now)
    product_id = Variant.objects.values_list("product_id", flat=True).get(pk=line.variant_id)
    add_favourite(user_id=user_id, product_id=product_id, now=now)
    line.delete()
    touch(cart, now=now)


def _kept(user_id: UUID, product_id: UUID) -> bool:
    return Favourite.objects.filter(user_id=user_id, product_id=product_id).exists()

"""Variants for those who price and pack them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

# The picture of the variant, else the first one of its product.
_ON_THE_SHELF = """
SELECT variant.id, product.id, product.category_id, product.slug, product.title, variant.title, variant.price_minor,
       coalesce(variant.picture_id, (
           SELECT shown.picture_id FROM catalogue_productpicture shown
           WHERE shown.product_id = product.id ORDER BY shown.position LIMIT 1))
FROM catalogue_variant variant JOIN catalogue_product product ON product.id = variant.product_id
WHERE variant.id = ANY(%s) AND variant.is_offered AND product.state = 'PUBLISHED'
"""


@dataclass(frozen=True, slots=True)
class SellableVariant:
    """A variant that is on the shelf now, with what its product says."""

    id: UUID
    product_id: UUID
    category_id: UUID
    product_slug: str
    product_title: Mapping[str, str]
    title: Mapping[str, str]
    price_minor: int
    picture_id: UUID | None


def sellable_variants(variant_ids: Iterable[UUID]) -> dict[UUID, SellableVariant]:
    """The variants that are on the shelf now, by id, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ON_THE_SHELF, [list(variant_ids)])
        rows = cursor.fetchall()
    return {variant_id: SellableVariant(variant_id, *rest) for variant_id, *rest in map(_read, rows)}


def _read(row: Sequence[Any]) -> list[Any]:
    *plain, product_title, title, price_minor, picture_id = row
    return [*plain, orjson.loads(product_title), orjson.loads(title), price_minor, picture_id]

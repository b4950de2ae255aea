"""Variants for those who price and pack them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
WHERE variant.id = ANY(%s) AND product.state = 'PUBLISHED'
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
    return {
        row[0]: SellableVariant(*row[:4], orjson.loads(row[4]), orjson.loads(row[5]), row[6], row[7]) for row in rows
    }

"""Where products stand: their shelves from the top down, and their brand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import connection

from backend.catalogue.selectors import sellable_variants
from backend.promotions.basket import BasketLine
from backend.promotions.rules.scope import Scope

PLACES = """
SELECT product.id, product.brand_id, array_remove(ARRAY[shelf.id, above.id, top.id], NULL)
FROM catalogue_product product JOIN catalogue_category shelf ON shelf.id = product.category_id
LEFT JOIN catalogue_category above ON above.id = shelf.parent_id
LEFT JOIN catalogue_category top ON top.id = above.parent_id
WHERE product.id = ANY(%s)
"""


def places_of(product_ids: Iterable[UUID]) -> Mapping[UUID, tuple[UUID | None, tuple[UUID, ...]]]:
    """The brand and the shelves of products, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [sorted(set(product_ids))])
        return {product_id: (brand_id, tuple(shelves)) for product_id, brand_id, shelves in cursor.fetchall()}


def placed(lines: Sequence[BasketLine], scopes: Iterable[Scope]) -> list[BasketLine]:
    """The same lines, knowing their shelves and brand if any of the scopes asks for them."""
    unknown = {line.product_id for line in lines if not line.category_ids}
    if not unknown or not any(scope.category_ids or scope.brand_ids for scope in scopes):
        return list(lines)
    found = places_of(unknown)
    return [_placed(line, *found.get(line.product_id, (line.brand_id, line.category_ids))) for line in lines]


def _placed(line: BasketLine, brand_id: UUID | None, category_ids: tuple[UUID, ...]) -> BasketLine:
    return line if line.category_ids else replace(line, brand_id=brand_id, category_ids=category_ids)


def products_within(product_ids: Iterable[UUID], scopes: Sequence[Scope]) -> list[frozenset[UUID]]:
    """For each scope the products that it means, by the shelf and brand where they stand now."""
    ids = set(product_ids)
    found = places_of(ids) if any(scope.category_ids or scope.brand_ids for scope in scopes) else {}
    lines = {product_id: _stand_in(product_id, *found.get(product_id, (None, ()))) for product_id in ids}
    return [frozenset(product_id for product_id, line in lines.items() if scope.holds(line)) for scope in scopes]


def _stand_in(product_id: UUID, brand_id: UUID | None, category_ids: tuple[UUID, ...]) -> BasketLine:
    """A line that stands for a product, to ask a scope."""
    return BasketLine(
        variant_id=product_id,
        product_id=product_id,
        category_id=category_ids[0] if category_ids else product_id,
        quantity=1,
        unit_minor=0,
        category_ids=category_ids,
        brand_id=brand_id,
    )


def lines_of(quantities: Mapping[UUID, int]) -> list[BasketLine]:
    """Basket lines of chosen variants, at the price of the shelf; what is not for sale is left out."""
    rows = sellable_variants(quantities)
    return [
        BasketLine(
            variant_id=variant_id,
            product_id=rows[variant_id].product_id,
            category_id=rows[variant_id].category_id,
            quantity=quantity,
            unit_minor=rows[variant_id].price_minor,
        )
        for variant_id, quantity in quantities.items()
        if variant_id in rows
    ]

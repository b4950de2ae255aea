"""Products and categories that other answers point to, read once per request."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from backend.catalogue.selectors import PRODUCT_CHILDREN, category_rows, product_rows

_PRODUCTS = "catalogue.products"
_CATEGORIES = "catalogue.categories"
CARD = frozenset({"variants"})


def preload_products(info: Any, product_ids: Iterable[UUID]) -> None:
    """Read all these products with one statement; call it where a list of things that show products is resolved."""
    known: dict[UUID, Any] = info.context.loaders.setdefault(_PRODUCTS, {})
    missing = set(product_ids) - known.keys()
    if missing:
        known.update(product_rows(product_ids=missing, locale=info.context.viewer.locale, children=CARD))


def product_of(info: Any, product_id: UUID | None) -> dict[str, Any] | None:
    """The row of a product that was preloaded; one that was not is read alone."""
    if product_id is None:
        return None
    preload_products(info, [product_id])
    row: dict[str, Any] | None = info.context.loaders[_PRODUCTS].get(product_id)
    return row


def category_of(info: Any, slug: str) -> dict[str, Any]:
    """The whole row of a category, for a product that carries only its name."""
    known = info.context.loaders.get(_CATEGORIES)
    if known is None:
        known = {row["slug"]: row for row in category_rows(locale=info.context.viewer.locale)}
        info.context.loaders[_CATEGORIES] = known
    row: dict[str, Any] = known[slug]
    return row


def child_of(row: dict[str, Any], name: str, info: Any) -> Any:
    """A child of a product row; one that was not read with the row is read for the whole batch at once."""
    if name not in row:
        locale = info.context.viewer.locale
        whole = row["batch"].load(
            "catalogue.children",
            lambda ids: product_rows(product_ids=ids, locale=locale, children=PRODUCT_CHILDREN),
        )
        row[name] = whole[row["id"]][name]
    return row[name]

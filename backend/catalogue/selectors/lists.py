# ruff: noqa: S608 - only names written in code become SQL; what a shopper sends is a parameter.
"""Products as rows: one, some, or a page of them, each in one statement."""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from backend.catalogue.ports import ProductBatch, match, product_conditions
from backend.catalogue.selectors import pieces
from backend.core.paging import Keyset, Page

PRODUCT_CHILDREN = frozenset(
    {
        "description",
        "pictures",
        "promises",
        "facts",
        "options",
        "variants",
        "brand",
        "attributes",
        "media",
        "test_reports",
        "angles",
    }
)
ORDERS = {
    "RECOMMENDED": ("-rank", "-id"),
    "PRICE_ASC": ("price_minor", "id"),
    "PRICE_DESC": ("-price_minor", "-id"),
    "SALES": ("-sold_count", "-id"),
    "NEWEST": ("-published_at", "-id"),
}
_COLUMNS = {name: f"product.{name}" for name in ("rank", "id", "price_minor", "sold_count", "published_at")}
MOST_IDS = 100
_PUBLISHED = "product.state = 'PUBLISHED'"
# A shelf shows what stands on it and on the shelves in it.
_ON_SHELF = """product.category_id IN (
    SELECT shelf.id FROM catalogue_category shelf
    LEFT JOIN catalogue_category above ON above.id = shelf.parent_id
    LEFT JOIN catalogue_category top ON top.id = above.parent_id
    WHERE %s IN (shelf.slug, above.slug, top.slug))"""
_OF_BRAND = "product.brand_id = (SELECT brand.id FROM catalogue_brand brand WHERE brand.slug = %s)"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProductWish:
    """What a shopper narrows a list down to."""

    category: str | None = None
    brand: str | None = None
    query: str | None = None
    price_min: int | None = None
    price_max: int | None = None
    has_group: bool | None = None
    ids: Sequence[str] | None = None

    def condition(self) -> tuple[str, list[Any]]:
        """The wish in SQL, and its parameters."""
        parts: list[str] = [_PUBLISHED]
        parameters: list[Any] = []
        for sql, value in (
            (_ON_SHELF, self.category),
            (_OF_BRAND, self.brand),
            ("product.price_minor >= %s", self.price_min),
            ("product.price_minor <= %s", self.price_max),
        ):
            if value is not None:
                parts.append(sql)
                parameters.append(value)
        if self.ids is not None:
            parts.append("product.id = ANY(%s::uuid[])")
            parameters.append(list(self.ids[:MOST_IDS]))
        if self.has_group is not None:
            grouped = product_conditions.get("has_group", "FALSE")
            parts.append(grouped if self.has_group else f"NOT ({grouped})")
        if self.query and self.query.strip():
            sql, given = match(self.query.strip())
            parts.append(sql)
            parameters += given
        return " AND ".join(parts), parameters


def product_page(
    *,
    locale: str,
    wish: ProductWish | None = None,
    sort: str = "RECOMMENDED",
    first: int | None = None,
    after: str | None = None,
    children: Collection[str] = (),
) -> Page:
    """One page of the shelf. Only the asked children are read.

    Raises: InvalidInput.
    """
    keyset = Keyset(*ORDERS[sort], first=first, after=after, columns=_COLUMNS)
    wanted, wanted_parameters = (wish or ProductWish()).condition()
    place, place_parameters = keyset.where()
    statement = (
        f"{_select(locale, children)} WHERE {wanted} AND {place} ORDER BY {keyset.order_by()} LIMIT {keyset.limit:d}"
    )
    found = pieces.rows(statement, [*wanted_parameters, *place_parameters])
    return keyset.page(_batched(found))


def product_row(*, slug: str, locale: str, children: Collection[str] = PRODUCT_CHILDREN) -> dict[str, Any] | None:
    """The page of one product, or nothing if it is not on the shelf."""
    found = pieces.rows(f"{_select(locale, children)} WHERE {_PUBLISHED} AND product.slug = %s", [slug])
    return _batched(found)[0] if found else None


def product_rows(
    *, product_ids: Iterable[UUID], locale: str, children: Collection[str] = ()
) -> dict[UUID, dict[str, Any]]:
    """Rows of known products by id, also of those that left the shelf, for whoever shows them beside something else."""
    ids = list(set(product_ids))
    if not ids:
        return {}
    found = pieces.rows(f"{_select(locale, children)} WHERE product.id = ANY(%s)", [ids])
    return {row["id"]: row for row in _batched(found)}


def _select(locale: str, children: Collection[str]) -> str:
    """The row as JSON: what every card shows, and the asked children."""
    sql_of: dict[str, Callable[[], str]] = {
        "description": lambda: pieces.text("product.description", locale),
        "pictures": pieces.pictures,
        "promises": lambda: pieces.texts("product.promises", locale),
        "facts": lambda: pieces.facts("product.facts", locale),
        "options": lambda: pieces.options(locale),
        "variants": lambda: pieces.variants(locale),
        "brand": lambda: pieces.brand(locale),
        "attributes": pieces.attributes,
        "media": lambda: pieces.media(locale),
        "test_reports": lambda: pieces.test_reports(locale),
        "angles": lambda: pieces.angles(locale),
    }
    added = "".join(f", '{name}', {sql_of[name]()}" for name in sorted(PRODUCT_CHILDREN & set(children)))
    return (
        "SELECT json_build_object('id', product.id, 'slug', product.slug,"
        f" 'title', {pieces.text('product.title', locale)}, 'subtitle', {pieces.text('product.subtitle', locale)},"
        f" 'category', {pieces.category(locale)}, 'picture', {pieces.cover()},"
        " 'price', product.price_minor, 'price_minor', product.price_minor, 'rank', product.rank,"
        " 'published_at', product.published_at, 'sold_count', product.sold_count,"
        " 'rating_total', product.rating_total, 'rating_count', product.rating_count,"
        " 'reference_price_minor', product.reference_price_minor, 'reference_price_at', product.reference_price_at"
        f"{added})::text FROM catalogue_product product JOIN catalogue_category category"
        " ON category.id = product.category_id"
    )


def _batched(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each row its id as a UUID and the batch it was read in; variants know their product."""
    for row in found:
        row["id"] = UUID(row["id"])
    batch = ProductBatch([row["id"] for row in found])
    for row in found:
        row["batch"] = batch
        for variant in row.get("variants", ()):
            variant["id"] = UUID(variant["id"])
            variant["product_id"] = row["id"]
            variant["batch"] = batch
    return found

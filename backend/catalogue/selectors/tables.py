"""What an import looks up, and what an export writes."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from backend.catalogue.models import (
    AttributeDefinition,
    Brand,
    CatalogueImport,
    Category,
    ImportProblem,
    PriceChange,
    Product,
    Variant,
)
from backend.catalogue.rules.attributes import Definition
from backend.catalogue.rules.prices import Asked, highest_honest_reference, lowest_over_time
from backend.catalogue.selectors.content import content_of, products_whole
from backend.catalogue.tables.judging import Known
from backend.core.paging import Page, keyset_page
from backend.core.pictures.models import Picture

EXPORT_PIECE = 200


def known_things(picture_sums: Iterable[str]) -> Known:
    """Shelves and brands by their addresses and names, pictures by their sums, and what each shelf asks for."""
    categories = list(Category.objects.values_list("pk", "slug", "name", "parent_id"))
    parents: dict[UUID, UUID | None] = {pk: parent for pk, _slug, _name, parent in categories}
    asked: dict[UUID, list[Definition]] = {}
    for each in AttributeDefinition.objects.order_by("position", "pk"):
        choices = [choice["key"] for choice in each.choices]
        asked.setdefault(each.category_id, []).append(
            Definition(key=each.key, type=each.type, choices=choices, is_required=each.is_required)
        )
    pictures = Picture.objects.filter(sha256__in=set(picture_sums)).order_by("-pk").values_list("sha256", "pk")
    return Known(
        categories=_by_names((pk, slug, name) for pk, slug, name, _parent in categories),
        brands=_by_names(Brand.objects.values_list("pk", "slug", "name")),
        pictures=dict(pictures),
        definitions={pk: [each for shelf in _line(parents, pk) for each in asked.get(shelf, ())] for pk in parents},
    )


def products_by_slug(slugs: Sequence[str]) -> dict[str, Product]:
    """Products with all that belongs to them, by their addresses."""
    ids = Product.objects.filter(slug__in=slugs).values_list("pk", flat=True)
    return {product.slug: product for product in products_whole(ids).values()}


def owners_of_skus(skus: Iterable[str]) -> dict[str, UUID]:
    """To which product each stock number belongs."""
    return dict(Variant.objects.filter(sku__in=list(skus)).values_list("sku", "product_id"))


def highest_references(product_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Above what no reference price of these products may stand."""
    found: dict[UUID, list[Asked]] = {}
    rows = PriceChange.objects.filter(product_id__in=product_ids).values_list(
        "product_id", "variant_id", "price_minor", "at"
    )
    for product_id, variant_id, price_minor, at in rows:
        found.setdefault(product_id, []).append(Asked(variant_id=variant_id, price_minor=price_minor, at=at))
    highest = {pk: highest_honest_reference(lowest_over_time(asked)) for pk, asked in found.items()}
    return {pk: price for pk, price in highest.items() if price is not None}


def import_by_id(import_id: UUID) -> CatalogueImport | None:
    """One import."""
    return CatalogueImport.objects.select_related("file").filter(pk=import_id).first()


def problems_of(import_id: UUID) -> Iterator[ImportProblem]:
    """The rows of a table that were not taken, in their order, without holding all of them."""
    return ImportProblem.objects.filter(table_id=import_id).order_by("row_number").iterator(chunk_size=1000)


def problems_page(import_id: UUID, *, first: int, after: str | None) -> Page:
    """The rows of a table that were not taken, a page at a time."""
    rows = ImportProblem.objects.filter(table_id=import_id)
    return keyset_page(rows, order=("row_number", "id"), first=first, after=after)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExportNames:
    """The words by which a table names shelves and brands, and its columns for attributes."""

    categories: dict[UUID, str]
    brands: dict[UUID, str]
    attribute_keys: list[str]


def export_names() -> ExportNames:
    """What an export looks up once."""
    keys = AttributeDefinition.objects.order_by("key").values_list("key", flat=True)
    return ExportNames(
        categories=dict(Category.objects.values_list("pk", "slug")),
        brands=dict(Brand.objects.values_list("pk", "slug")),
        attribute_keys=sorted(set(keys)),
    )


def pictures_of(ids: Iterable[str]) -> dict[UUID, Picture]:
    """Pictures by their ids."""
    return {each.pk: each for each in Picture.objects.filter(pk__in=list(ids))}


def all_products() -> Iterator[tuple[Product, dict[str, Any]]]:
    """Every product with its content, in the order in which they were made, a few at a time."""
    last: UUID | None = None
    while True:
        rows = Product.objects.order_by("pk")
        ids = list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:EXPORT_PIECE])
        if not ids:
            return
        whole = products_whole(ids)
        yield from ((whole[each], content_of(whole[each]).as_row()) for each in ids)
        last = ids[-1]


def _by_names(rows: Iterable[tuple[UUID, str, dict[str, str]]]) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for pk, slug, name in rows:
        for word in name.values():
            found.setdefault(word.lower(), pk)
        found[slug.lower()] = pk
    return found


def _line(parents: dict[UUID, UUID | None], category_id: UUID) -> list[UUID]:
    line: list[UUID] = []
    place: UUID | None = category_id
    while place is not None:
        line.insert(0, place)
        place = parents[place]
    return line

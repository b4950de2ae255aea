"""Products as documents: the source of what is found, filled in by search itself because the catalogue stands below."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from backend.catalogue.models import AttributeDefinition, Category, Product, ProductState
from backend.core.languages import LOCALES
from backend.search.documents import Document, Passage, Weight

KIND = "product"


class Goods:
    """All products on the shelf."""

    kind = KIND

    def everything(self) -> Iterator[UUID]:
        """The ids of all products on the shelf."""
        shown = Product.objects.filter(state=ProductState.PUBLISHED)
        yield from shown.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2000)

    def documents(self, ids: Sequence[UUID]) -> Iterable[Document]:
        """These products, if they are on the shelf."""
        shelves = {shelf.pk: shelf for shelf in Category.objects.all()}
        stated = _definitions()
        found = Product.objects.filter(pk__in=ids, state=ProductState.PUBLISHED).select_related("brand")
        for product in found.prefetch_related("options").order_by("pk"):
            yield _document(product, _path(product.category_id, shelves), stated)


def attribute_token(key: str, value: str) -> str:
    """How an attribute with a chosen value is kept beside a document."""
    return f"{key}={value}"


def _document(
    product: Product, path: Sequence[Category], stated: Mapping[UUID, Sequence[AttributeDefinition]]
) -> Document:
    definitions = [each for shelf in path for each in stated[shelf.pk]]
    texts: list[tuple[Weight, Any]] = [("A", product.title), ("C", product.subtitle), ("D", product.description)]
    texts += [("B", shelf.name) for shelf in path]
    if product.brand:
        texts.append(("A", product.brand.name))
    texts += [("C", choice["label"]) for option in product.options.all() for choice in option.choices]
    texts += [("C", fact["value"]) for fact in product.facts] + [("D", promise) for promise in product.promises]
    texts += [("C", text) for each in definitions for text in _attribute_texts(each, product.attributes.get(each.key))]
    return Document(
        subject_id=product.pk,
        passages=[
            Passage(weight, each[locale], locale) for weight, each in texts for locale in LOCALES if each.get(locale)
        ],
        published_at=product.published_at or product.changed_at,
        categories=[shelf.slug for shelf in path],
        brand=product.brand.slug if product.brand else "",
        attributes=[token for each in definitions for token in _tokens(each, product.attributes.get(each.key))],
        price_minor=product.price_minor,
        sold_count=product.sold_count,
        rating_total=product.rating_total,
        rating_count=product.rating_count,
    )


def _path(category_id: UUID | None, shelves: Mapping[UUID, Category]) -> list[Category]:
    """The shelf and the shelves it stands in."""
    path = []
    while category_id and (shelf := shelves.get(category_id)):
        path.append(shelf)
        category_id = shelf.parent_id
    return path


def _definitions() -> Mapping[UUID, Sequence[AttributeDefinition]]:
    found: dict[UUID, list[AttributeDefinition]] = defaultdict(list)
    for each in AttributeDefinition.objects.all():
        found[each.category_id].append(each)
    return found


def _tokens(definition: AttributeDefinition, value: Any) -> list[str]:
    """What a product can be narrowed down by: choices, and a yes."""
    if definition.type == "CHOICE" and isinstance(value, str):
        return [attribute_token(definition.key, value)]
    return [attribute_token(definition.key, "yes")] if definition.type == "BOOLEAN" and value is True else []


def _attribute_texts(definition: AttributeDefinition, value: Any) -> list[Mapping[str, str]]:
    """What a product can be found by: texts, the label of a choice, the name of what is true."""
    if definition.type == "TEXT" and isinstance(value, dict):
        return [value]
    if definition.type == "BOOLEAN" and value is True:
        return [definition.name]
    if definition.type == "CHOICE":
        return [choice["label"] for choice in definition.choices if choice["key"] == value]
    return []


def products_on_shelf(category_id: UUID) -> list[UUID]:
    """The products on a shelf and on the shelves that stand in it."""
    within = Q(category=category_id) | Q(category__parent=category_id) | Q(category__parent__parent=category_id)
    return list(Product.objects.filter(within).order_by("pk").values_list("pk", flat=True))

"""Which shared answers hang on a product."""

from collections.abc import Iterable
from uuid import UUID

from backend.catalogue.models import Product

LISTS = "catalogue"


def slugs_of(product_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The addresses of products."""
    return dict(Product.objects.filter(pk__in=set(product_ids)).values_list("pk", "slug"))


def cache_keys_of(product_ids: Iterable[UUID]) -> list[str]:
    """What to bump when shoppers must see something new of these products: their pages and the lists."""
    return [*(f"product:{slug}" for slug in slugs_of(product_ids).values()), LISTS]


def title_of(product_id: UUID) -> dict[str, str]:
    """What a product is called in each language."""
    title: dict[str, str] = Product.objects.values_list("title", flat=True).get(pk=product_id)
    return title

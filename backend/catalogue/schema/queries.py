"""The questions anybody may ask of the shop window. Their answers are shared between viewers."""

from typing import Any

import graphene

from backend.catalogue.schema.asking import asked_fields
from backend.catalogue.schema.desk_queries import DeskQuery
from backend.catalogue.schema.inputs import ProductFilter, ProductSort
from backend.catalogue.schema.types import BrandType, CategoryType, HomeType, ProductType
from backend.catalogue.selectors import ProductWish, brand_rows, category_rows, home_row, product_page, product_row
from backend.core.graphql import CacheRule, anyone, connection, query_field
from backend.core.paging import Page

LISTS = CacheRule(("catalogue",))


def resolve_products(
    root: Any, info: Any, first: int, after: str | None = None, sort: Any = None, **narrowed: Any
) -> Page:
    """One page of the shelf, narrowed and ordered as asked."""
    return product_page(
        locale=info.context.viewer.locale,
        wish=ProductWish(**(narrowed.get("filter") or {})),
        sort=sort.value if sort else "RECOMMENDED",
        first=first,
        after=after,
        children=asked_fields(info, "edges", "node"),
    )


class Query(DeskQuery):
    """Home, categories, lists, product pages."""

    home = query_field(
        HomeType,
        lambda root, info: home_row(locale=info.context.viewer.locale, now=info.context.now),
        permission=anyone,
        public_cache=LISTS,
        required=True,
        description="The home page, the same for everybody.",
    )
    categories = query_field(
        graphene.List(graphene.NonNull(CategoryType)),
        lambda root, info: category_rows(locale=info.context.viewer.locale),
        permission=anyone,
        public_cache=LISTS,
        required=True,
        size=20,
        description="All shelves of the shop, in order.",
    )
    brands = query_field(
        graphene.List(graphene.NonNull(BrandType)),
        lambda root, info: brand_rows(locale=info.context.viewer.locale),
        permission=anyone,
        public_cache=LISTS,
        required=True,
        size=50,
        description="All brands of the shop, by name.",
    )
    products = query_field(
        connection(ProductType),
        resolve_products,
        permission=anyone,
        public_cache=LISTS,
        filter=ProductFilter(description="What narrows the list down."),
        sort=ProductSort(description="The order; recommended if not said."),
        description="Products on the shelf.",
    )
    product = query_field(
        ProductType,
        lambda root, info, slug: product_row(slug=slug, locale=info.context.viewer.locale, children=asked_fields(info)),
        permission=anyone,
        public_cache=CacheRule(("product:{slug}",)),
        slug=graphene.String(required=True, description="The product's name in addresses."),
        description="One product, or nothing if it is not on the shelf.",
    )

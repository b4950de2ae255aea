"""Lists and pages of products over the API, against Daphne answering a bare request in the same run."""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta

from backend.catalogue.models import Category, Product, ProductPicture, Variant
from backend.core import clock
from backend.inventory.models import StockItem
from tests.bench.figure import Figure
from tests.bench.ground import process
from tests.bench.load import requests_per_second
from tests.factories.catalogue import make_category, make_picture, texts

PRODUCTS = 5_000
LIST = """query Products($first: Int, $after: String, $filter: ProductFilter) {
  products(first: $first, after: $after, filter: $filter) { edges { node {
    id slug title soldCount picture { src avif webp width height blur } category { id slug name }
    price { minor currency } variants { id price { minor } groupPrice { minor } }
    groupOffer { size price { minor } } } } pageInfo { hasNextPage endCursor } } }"""
DETAIL = """query Product($slug: String!) { product(slug: $slug) {
  id slug title subtitle description soldCount promises category { id slug name } pictures { src avif webp blur }
  price { minor currency } facts { name value } options { name values { key label } }
  variants { id title price { minor } groupPrice { minor } available }
  groupOffer { id size endsAt price { minor } } openGroupsCount } }"""


def figures() -> Iterable[Figure]:
    """Requests per second for a list and a page, computed and shared, beside the floor of the same run."""
    slugs = fill_shelves()
    # Every request asks for another lowest price or another product, so that no answer can be shared.
    lists = [_body(LIST, first=20, filter={"priceMin": price}) for price in range(4_000)]
    pages = [_body(DETAIL, slug=slug) for slug in slugs]
    with process("tests.bench.bare", path="/") as port:
        floor = requests_per_second(port, [_body(LIST)])
    with process("backend.config.serve", path="/livez") as port:
        yield Figure("product_list", requests_per_second(port, lists), "requests/s", floor)
        yield Figure("product_detail", requests_per_second(port, pages), "requests/s", floor)
        yield Figure("product_list_cached", requests_per_second(port, [_body(LIST, first=20)]), "requests/s", floor)


def fill_shelves() -> Sequence[str]:
    """Five thousand products with two kinds each, written directly; answer their names in addresses."""
    now = clock.now()
    shelves: list[Category] = [make_category(slug=f"bench-{number}", now=now) for number in range(12)]
    pictures = [make_picture(now=now) for _ in range(50)]
    products = Product.objects.bulk_create(
        Product(
            slug=f"bench-{number}",
            title=texts(f"商品 {number}", f"商品 {number}", f"Product {number}"),
            subtitle=texts("一句话", "一句話", "One line"),
            description=texts("几句话的说明。", "幾句話的說明。", "A few sentences."),
            category=shelves[number % 12],
            state="PUBLISHED",
            price_minor=10_000 + number,
            rank=number,
            published_at=now - timedelta(minutes=number),
        )
        for number in range(PRODUCTS)
    )
    ProductPicture.objects.bulk_create(
        ProductPicture(product=product, picture=pictures[number % 50], position=0)
        for number, product in enumerate(products)
    )
    variants = Variant.objects.bulk_create(
        Variant(
            product=product,
            sku=f"{product.slug}-{kind}",
            options={"kind": str(kind)},
            price_minor=product.price_minor,
            position=kind,
        )
        for product in products
        for kind in range(2)
    )
    StockItem.objects.bulk_create(StockItem(variant=variant, on_hand=100) for variant in variants)
    return [product.slug for product in products]


def _body(text: str, **variables: object) -> bytes:
    return json.dumps({"query": text, "variables": variables}).encode()

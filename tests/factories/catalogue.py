"""Products for tests, made by the actions that the shop uses."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from backend.catalogue.actions import create_category, create_product, publish_product
from backend.catalogue.models import Category, Product, Variant
from backend.catalogue.rules import NewChoice, NewOption, NewVariant
from backend.core.models import Picture
from backend.inventory.actions import stock_up

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
_numbers = count(1)


def texts(simplified: str, traditional: str | None = None, english: str | None = None) -> dict[str, str]:
    """A text in three languages."""
    return {"zh-Hans": simplified, "zh-Hant": traditional or simplified, "en": english or simplified}


def make_picture(*, owner_id: UUID | None = None, now: datetime = NOON) -> Picture:
    """A picture row whose files nobody looks at."""
    name = hashlib.sha256(str(next(_numbers)).encode()).hexdigest()
    return Picture.objects.create(
        owner_id=owner_id, sha256=name, width=640, height=640, widths=[320, 640], blur="data:,", stored_at=now
    )


def make_category(*, slug: str | None = None, now: datetime = NOON) -> Category:
    """A shelf."""
    number = next(_numbers)
    slug = slug or f"shelf-{number}"
    return create_category(
        slug=slug, name=texts("水果生鲜", "水果生鮮", "Fruit"), picture_id=make_picture().id, position=number, now=now
    )


def make_product(
    *,
    slug: str | None = None,
    category: Category | None = None,
    title: dict[str, str] | None = None,
    price_minor: int = 5990,
    variants: int = 1,
    stock: int = 10,
    published: bool = True,
    now: datetime = NOON,
) -> Product:
    """A product with kinds that cost `price_minor`, `price_minor + 1000`, …, each stocked, on the shelf."""
    slug = slug or f"product-{next(_numbers)}"
    choices = [
        NewChoice(key=f"kind-{place}", label=texts(f"第 {place} 款", None, f"Kind {place}"))
        for place in range(variants)
    ]
    product = create_product(
        slug=slug,
        category_id=(category or make_category()).id,
        title=title or texts(f"多肉小院 {slug}", f"多肉小院 {slug}", f"Succulents {slug}"),
        subtitle=texts("陶盆带土套装", "陶盆帶土套組", "With clay pots and soil"),
        description=texts("新手也养得活。", "新手也養得活。", "Easy to keep."),
        options=[NewOption(key="kind", name=texts("组合", "組合", "Set"), choices=choices)],
        variants=[
            NewVariant(sku=f"{slug}-{place}", price_minor=price_minor + place * 1000, options={"kind": choice.key})
            for place, choice in enumerate(choices)
        ],
        picture_ids=[make_picture().id, make_picture().id],
        promises=[texts("坏一盆赔一盆", "壞一盆賠一盆", "Broken pots replaced")],
        facts=[{"name": texts("产地", "產地", "Origin"), "value": texts("昆明", "昆明", "Kunming")}],
        now=now,
    )
    if stock:
        stock_up(quantities=dict.fromkeys(variant_ids(product), stock), now=now)
    return publish_product(product_id=product.id, now=now) if published else product


def make_variant(*, price_minor: int = 5990, stock: int = 10, now: datetime = NOON) -> Variant:
    """The only kind of a new product on the shelf."""
    product = make_product(price_minor=price_minor, stock=stock, now=now)
    return Variant.objects.select_related("product").get(product=product)


def variant_ids(product: Product) -> Sequence[UUID]:
    """The kinds of a product, in order."""
    return list(product.variants.order_by("position").values_list("pk", flat=True))

"""Putting products on the shelf, and what is refused."""

import pytest

from backend.catalogue.actions import count_sales, create_product, publish_product, retire_product
from backend.catalogue.errors import ProductIncomplete, SkuTaken, SlugTaken, VariantMismatch
from backend.catalogue.models import Product, ProductState, Variant
from backend.catalogue.rules import NewChoice, NewOption, NewVariant
from backend.core.models import OutboxEvent
from tests.factories.catalogue import NOON, make_category, make_picture, make_product, texts

pytestmark = pytest.mark.django_db
SIZE = NewOption(
    key="size",
    name=texts("尺寸", "尺寸", "Size"),
    choices=[NewChoice(key=key, label=texts(key)) for key in ("s", "l")],
)


def draft(**changes):
    wanted = {
        "slug": "stool",
        "category_id": make_category().id,
        "title": texts("方凳", "方凳", "Stool"),
        "subtitle": texts("榉木", "櫸木", "Beech"),
        "description": texts("免安装。", "免安裝。", "No tools."),
        "options": [SIZE],
        "variants": [
            NewVariant(sku="stool-s", price_minor=6800, options={"size": "s"}),
            NewVariant(sku="stool-l", price_minor=8900, options={"size": "l"}),
        ],
        "picture_ids": [make_picture().id],
        "now": NOON,
    }
    return create_product(**{**wanted, **changes})


def told(name):
    return OutboxEvent.objects.filter(name=name).count()


def test_a_product_on_the_shelf_shows_its_lowest_price_and_names_its_kinds():
    product = publish_product(product_id=draft().id, now=NOON)

    assert product.state == ProductState.PUBLISHED
    assert product.price_minor == 6800
    assert [variant.title["en"] for variant in product.variants.all()] == ["s", "l"]
    assert told("ProductPublished") == 1


def test_publishing_twice_tells_once():
    product = draft()

    publish_product(product_id=product.id, now=NOON)
    publish_product(product_id=product.id, now=NOON)

    assert told("ProductPublished") == 1


def test_a_product_without_pictures_stays_a_draft():
    product = draft(picture_ids=[])

    with pytest.raises(ProductIncomplete) as refusal:
        publish_product(product_id=product.id, now=NOON)

    product.refresh_from_db()
    assert refusal.value.code == "PRODUCT_INCOMPLETE"
    assert product.state == ProductState.DRAFT
    assert told("ProductPublished") == 0


@pytest.mark.parametrize(
    ("changes", "refused", "code"),
    [
        ({"slug": "taken"}, SlugTaken, "SLUG_TAKEN"),
        ({"variants": [NewVariant(sku="taken-0", price_minor=1, options={"size": "s"})]}, SkuTaken, "SKU_TAKEN"),
        (
            {"variants": [NewVariant(sku="new", price_minor=1, options={"size": "xl"})]},
            VariantMismatch,
            "VARIANT_MISMATCH",
        ),
        ({"variants": [NewVariant(sku="new", price_minor=1)]}, VariantMismatch, "VARIANT_MISMATCH"),
    ],
)
def test_what_cannot_be_a_product_leaves_nothing(changes, refused, code):
    make_product(slug="taken")
    products, variants = Product.objects.count(), Variant.objects.count()

    with pytest.raises(refused) as refusal:
        draft(**changes)

    assert refusal.value.code == code
    assert (Product.objects.count(), Variant.objects.count()) == (products, variants)


def test_a_retired_product_leaves_the_shelf_once():
    product = make_product()

    retire_product(product_id=product.id, now=NOON)
    retire_product(product_id=product.id, now=NOON)

    assert Product.objects.get(pk=product.pk).state == ProductState.RETIRED
    assert told("ProductRetired") == 1


def test_sales_are_counted_and_counted_back():
    product = make_product()

    count_sales(quantities={product.id: 3}, now=NOON)
    count_sales(quantities={product.id: -1}, now=NOON)

    assert Product.objects.get(pk=product.pk).sold_count == 2

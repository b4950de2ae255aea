"""Shelves in shelves, brands, and what is stated on a shelf."""

import pytest
from django.db import IntegrityError, connection, transaction

from backend.catalogue.actions import (
    carry_over_content,
    change_category,
    create_category,
    define_attribute,
    remove_attribute,
    save_brand,
)
from backend.catalogue.errors import AttributeInUse, AttributeRefused, AttributeTaken, CategoryTooDeep, SlugTaken
from backend.catalogue.models import AttributeDefinition, Brand, Category, Product, TryOn
from backend.catalogue.rules import NewChoice
from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from tests.factories.catalogue import NOON, make_category, make_picture, make_product, texts
from tests.support.api import Api

pytestmark = pytest.mark.django_db


def shelf(slug, parent=None):
    picture = make_picture().id
    return create_category(
        slug=slug, name=texts(slug), picture_id=picture, parent_id=parent.id if parent else None, now=NOON
    )


def moved(category, parent):
    return change_category(
        category_id=category.id,
        name=category.name,
        picture_id=category.picture_id,
        position=0,
        parent_id=parent.id if parent else None,
        now=NOON,
    )


def asked(category, key="weight", type="NUMBER", **other):
    return define_attribute(category_id=category.id, key=key, name=texts(key), type=type, now=NOON, **other)


@transaction.atomic
def forced(category, **columns):
    """Write columns past the actions, with the constraints checked at once."""
    Category.objects.filter(pk=category.pk).update(**columns)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_shelves_stand_three_deep_and_no_deeper():
    third = shelf("c", shelf("b", shelf("a")))

    with pytest.raises(CategoryTooDeep):
        shelf("d", third)

    assert third.depth == 3
    assert Category.objects.count() == 3


def test_a_shelf_moves_with_all_that_stands_in_it():
    top, other = shelf("a"), shelf("o")
    second = shelf("b", top)
    third = shelf("c", second)

    moved(second, None)
    moved(second, other)

    third.refresh_from_db()
    assert third.depth == 3


def test_a_shelf_never_stands_in_itself_or_too_deep():
    top = shelf("a")
    second = shelf("b", top)
    shelf("c", second)
    other = shelf("o")

    for category, parent in ((top, second), (top, top), (top, other)):
        with pytest.raises(CategoryTooDeep):
            moved(category, parent)

    assert list(Category.objects.order_by("slug").values_list("depth", flat=True)) == [1, 2, 3, 1]


def test_the_database_keeps_the_depth_true():
    top = shelf("a")
    second = shelf("b", top)

    for broken in ({"depth": 3}, {"parent": None}, {"depth": 4}):
        with pytest.raises(IntegrityError):
            forced(second, **broken)
    with pytest.raises(IntegrityError):
        forced(top, parent=second, depth=3)


def test_a_list_shows_what_stands_in_the_shelves_below():
    top = shelf("a")
    third = shelf("c", shelf("b", top))
    product = make_product(category=third)
    make_product()
    ask = """query ($c: String!) { products(filter: {category: $c}) { edges { node { slug } } }
      categories { slug productsCount parentId depth } }"""

    answer = Api()(ask, c="a")

    assert [edge["node"]["slug"] for edge in answer["products"]["edges"]] == [product.slug]
    assert {each["slug"]: each["productsCount"] for each in answer["categories"] if each["depth"] < 4}["a"] == 1


def test_a_list_is_narrowed_to_a_brand():
    brand = save_brand(slug="hill", name=texts("山", "山", "Hill"), now=NOON)
    product, _other = make_product(), make_product()
    carry_over_content(product_id=product.id, changes={"brand_id": str(brand.id)}, now=NOON)

    answer = Api(locale="en")('{ products(filter: {brand: "hill"}) { edges { node { slug brand { name } } } } }')

    assert answer["products"]["edges"] == [{"node": {"slug": product.slug, "brand": {"name": "Hill"}}}]


def test_what_a_shelf_asks_for_is_shown_with_unit_choice_and_yes():
    top = shelf("a")
    below = shelf("b", top)
    asked(top, unit="g")
    asked(below, "taste", "CHOICE", choices=[NewChoice(key="mild", label=texts("淡", "淡", "Mild"))])
    asked(below, "vegan", "BOOLEAN")
    product = make_product(category=below)

    carry_over_content(
        product_id=product.id, changes={"attributes": {"weight": 1500, "taste": "mild", "vegan": True}}, now=NOON
    )
    page = Api(locale="en")("query ($s: String!) { product(slug: $s) { attributes { key text } } }", s=product.slug)

    assert page["product"]["attributes"] == [
        {"key": "weight", "text": "1,500 g"},
        {"key": "taste", "text": "Mild"},
        {"key": "vegan", "text": "Yes"},
    ]


@pytest.mark.parametrize("values", [{"weight": "heavy"}, {"weight": True}, {"colour": "red"}, {"weight": float("inf")}])
def test_a_value_that_does_not_fit_is_refused(values):
    top = shelf("a")
    asked(top)
    product = make_product(category=top)

    with pytest.raises(AttributeRefused):
        carry_over_content(product_id=product.id, changes={"attributes": values}, now=NOON)

    assert Product.objects.get(pk=product.pk).attributes == {}


def test_a_key_is_asked_for_once_along_a_line_of_shelves():
    top = shelf("a")
    below = shelf("b", top)
    asked(below)

    with pytest.raises(AttributeTaken):
        asked(top)

    assert AttributeDefinition.objects.count() == 1


def test_what_products_state_is_not_taken_away():
    top = shelf("a")
    weight = asked(top)
    product = make_product(category=top)
    carry_over_content(product_id=product.id, changes={"attributes": {"weight": 5}}, now=NOON)

    with pytest.raises(AttributeInUse):
        remove_attribute(attribute_id=weight.id, now=NOON)
    with pytest.raises(AttributeInUse):
        asked(top, type="BOOLEAN")

    assert AttributeDefinition.objects.get().type == "NUMBER"


def test_a_shelf_says_where_its_colours_are_tried_on(deliver_outbox):
    product = make_product(category=make_category(slug="lips"))
    lips = Category.objects.get(slug="lips")
    asks = "query ($slug: String!) { product(slug: $slug) { category { tryOn } } }"
    before = Api()(asks, slug=product.slug)

    change_category(
        category_id=lips.id, name=lips.name, picture_id=lips.picture_id, position=0, parent_id=None,
        try_on=TryOn.LIPS, now=NOON,
    )  # fmt: skip
    deliver_outbox()

    assert before["product"]["category"]["tryOn"] is None
    assert Api()(asks, slug=product.slug)["product"]["category"]["tryOn"] == "LIPS"


def test_what_cannot_be_a_shelf_a_brand_or_an_attribute_leaves_nothing():
    category = make_category(slug="taken")
    save_brand(slug="taken", name=texts("a"), now=NOON)
    counts = Category.objects.count(), Brand.objects.count(), AttributeDefinition.objects.count()
    picture = category.picture_id

    for slug, name, parent, refused in (
        ("taken", texts("a"), None, SlugTaken),
        ("No Good", texts("a"), None, InvalidInput),
        ("fine", {"en": "a"}, None, InvalidInput),
        ("fine", texts("a"), new_id(), NotFound),
    ):
        with pytest.raises(refused):
            create_category(slug=slug, name=name, picture_id=picture, parent_id=parent, now=NOON)
    with pytest.raises(SlugTaken):
        save_brand(slug="taken", name=texts("a"), now=NOON)
    with pytest.raises(InvalidInput):
        asked(category, type="CHOICE")
    with pytest.raises(NotFound):
        define_attribute(category_id=new_id(), key="x", name=texts("a"), type="TEXT", now=NOON)

    assert counts == (Category.objects.count(), Brand.objects.count(), AttributeDefinition.objects.count())

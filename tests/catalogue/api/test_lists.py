"""The lists and pages of the shop window through the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.catalogue.actions import change_price, retire_product, set_reference_price
from backend.core.ids import new_id
from backend.inventory.actions import reserve
from backend.search.actions.indexing import index_everything
from backend.search.models import HotWords
from tests.factories.catalogue import NOON, make_category, make_product, texts, variant_ids
from tests.support.api import Api

pytestmark = pytest.mark.django_db

CARD = "id slug title subtitle price { minor currency } soldCount picture { src avif webp width height blur }"
LIST = f"""query ($first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {{
  products(first: $first, after: $after, filter: $filter, sort: $sort) {{
    edges {{ cursor node {{ {CARD} category {{ slug name }}
      variants {{ id sku options available price {{ minor }} }} }} }}
    pageInfo {{ hasNextPage endCursor }} }} }}"""
PAGE = f"""query ($slug: String!) {{ product(slug: $slug) {{ {CARD} description promises ratingAverage ratingCount
  category {{ slug name productsCount picture {{ src }} }} pictures {{ src }} facts {{ name value }}
  referencePrice {{ price {{ minor }} sentence }} options {{ key name values {{ key label swatch }} }}
  variants {{ id title available options price {{ minor }} picture {{ src }} }} }} }}"""


def titles(answer):
    return [edge["node"]["title"] for edge in answer["products"]["edges"]]


def statements(ask):
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len([one for one in seen.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])


@pytest.mark.parametrize("number", [2, 20])
def test_a_list_is_one_statement_however_long_it_is(number):
    category = make_category()
    for _ in range(number):
        make_product(category=category, variants=2)

    asked = statements(lambda: Api()(LIST, first=20))

    assert asked == 1


@pytest.mark.parametrize("number", [2, 20])
def test_a_product_page_is_one_statement_and_one_for_the_count_of_its_shelf(number):
    product = make_product(variants=number)

    assert statements(lambda: Api()(PAGE, slug=product.slug)) == 2


def test_a_product_page_without_the_count_is_one_statement():
    product = make_product(variants=3)
    page = PAGE.replace("productsCount picture { src }", "")

    assert statements(lambda: Api()(page, slug=product.slug)) == 1


def test_pages_follow_one_another_without_gap_or_repetition():
    made = [make_product(price_minor=1000 + 10 * (place // 3)).slug for place in range(10)]

    seen, after = [], None
    while True:
        page = Api()(LIST, first=3, after=after, sort="PRICE_ASC")["products"]
        seen += [edge["node"]["slug"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert seen == made


def test_a_forged_cursor_is_refused():
    make_product()

    assert Api().codes(LIST, first=3, after="WyJ4Il0") == ["INVALID_INPUT"]


def test_a_list_is_read_in_the_language_of_the_reader():
    make_product(title=texts("草莓", "草莓（臺灣）", "Strawberries"))

    assert titles(Api(locale="en")(LIST)) == ["Strawberries"]
    assert titles(Api(locale="zh-Hant")(LIST)) == ["草莓（臺灣）"]
    assert titles(Api(locale="zh-Hans")(LIST)) == ["草莓"]


def test_drafts_and_retired_products_are_not_on_the_shelf():
    make_product(published=False)
    retired = make_product()
    retire_product(product_id=retired.id, now=NOON)

    assert titles(Api()(LIST)) == []
    assert Api()(PAGE, slug=retired.slug)["product"] is None


def test_a_list_is_narrowed_by_shelf_and_price():
    fruit, books = make_category(slug="fruit"), make_category(slug="books")
    cheap = make_product(category=fruit, price_minor=1000)
    make_product(category=fruit, price_minor=9000)
    make_product(category=books, price_minor=1000)

    answer = Api()(LIST, filter={"category": "fruit", "priceMax": 5000})

    assert [edge["node"]["slug"] for edge in answer["products"]["edges"]] == [cheap.slug]


def test_a_list_is_narrowed_to_chosen_products():
    wanted, _other = make_product(), make_product()

    chosen = Api()(LIST, filter={"ids": [str(wanted.id)]})
    none = Api()(LIST, filter={"ids": []})

    assert [edge["node"]["slug"] for edge in chosen["products"]["edges"]] == [wanted.slug]
    assert titles(none) == []


@pytest.mark.parametrize("words", ["草莓", "strawberries", "Strawbery", "ＳＴＲＡＷ", "丹东 草莓", "丹東"])
def test_words_find_a_product_in_any_language(words):
    make_product(title=texts("丹东草莓", "丹東草莓", "Dandong strawberries"))
    make_product(title=texts("羊毛中筒袜", "羊毛中筒襪", "Wool socks"))
    index_everything()

    assert titles(Api()(LIST, filter={"query": words})) == ["丹东草莓"]


@pytest.mark.parametrize("words", ["榴莲", "%", "_", "草莓 袜"])
def test_words_that_fit_nothing_find_nothing(words):
    make_product(title=texts("丹东草莓", "丹東草莓", "Dandong strawberries"))
    index_everything()

    assert titles(Api()(LIST, filter={"query": words})) == []


def test_the_page_says_what_is_left_and_never_more_than_ninety_nine():
    product = make_product(variants=2, stock=150)
    first, _second = variant_ids(product)
    reserve(order_id=new_id(), demand={first: 147}, now=NOON)

    page = Api()(PAGE, slug=product.slug)["product"]

    assert [variant["available"] for variant in page["variants"]] == [3, 99]


def test_the_reference_price_says_its_day():
    product = make_product()
    set_reference_price(product_id=product.id, price_minor=5690, at=NOON, now=NOON)

    page = Api(locale="en")(PAGE, slug=product.slug)["product"]

    assert page["referencePrice"]["price"]["minor"] == 5690
    assert "¥56.90" in page["referencePrice"]["sentence"]
    assert "March 2" in page["referencePrice"]["sentence"]


def test_the_home_page_is_two_statements_and_carries_the_hot_searches():
    make_product()
    HotWords.objects.create(locale="zh-Hans", words="丹东草莓", people_count=5)
    HotWords.objects.create(locale="en", words="strawberries", people_count=5)
    home = f"""{{ home {{ hero {{ title }} categories {{ name productsCount picture {{ src }} }} hotSearches
      products(first: 10) {{ edges {{ node {{ {CARD} }} }} }} }} }}"""

    asked = statements(lambda: Api()(home))
    answer = Api(locale="en")(home)["home"]

    assert asked == 2
    assert answer["hotSearches"] == ["strawberries"]
    assert answer["categories"][0]["productsCount"] == 1
    assert len(answer["products"]["edges"]) == 1


def test_a_shared_answer_is_thrown_away_when_a_price_changes(deliver_outbox):
    product = make_product(price_minor=5000)
    deliver_outbox()
    page = "query ($slug: String!) { product(slug: $slug) { price { minor } } }"
    before = Api()(page, slug=product.slug)["product"]["price"]["minor"]

    change_price(variant_id=variant_ids(product)[0], price_minor=4000, now=NOON)
    deliver_outbox()

    assert before == 5000
    assert Api()(page, slug=product.slug)["product"]["price"]["minor"] == 4000

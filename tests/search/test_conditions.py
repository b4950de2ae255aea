"""What is said besides the thing: what is not wanted, ratings, sales, prices, and whether it is a question at all."""

import pytest

from backend.catalogue.models import Product
from backend.search.actions.indexing import index_everything
from backend.search.rules.conditions import conditions, is_question, refusals
from backend.search.rules.prices import price_wish
from backend.search.selectors.finding import Asked, finds
from tests.factories.catalogue import NOON, make_product, texts


def found(shop, text, **asked):
    answer = finds(text=text, asked=Asked(**asked), now=NOON)
    slugs = {product.pk: slug for slug, product in shop.items()}
    return [slugs[each] for each in answer.ids], answer


@pytest.mark.parametrize(
    ("typed", "left", "rating", "sold"),
    [
        ("评分4.8以上的水果", "水果", 4.8, None),
        ("4.5分以上的玩具", "玩具", 4.5, None),
        ("评价高的零食", "零食", 4.7, None),
        ("销量过万的水果", "水果", None, 10_000),
        ("卖出1000件以上的灯", "灯", None, 1_000),
        ("top rated lamp", "lamp", 4.7, None),
        ("lamp 4 stars and up", "lamp", 4.0, None),
        ("42码的鞋", "42码的鞋", None, None),
        ("4.8 mm 线", "4.8 mm 线", None, None),
    ],
)
def test_ratings_and_sales_are_taken_out_of_the_words(typed, left, rating, sold):
    read = conditions(typed)

    assert (read.words, read.rating_min, read.sold_min) == (left, rating, sold)


@pytest.mark.parametrize(
    ("typed", "things", "is_sure"),
    [
        ("灯 不要吊灯", ("吊灯",), True),
        ("不要巧克力和坚果的零食", ("巧克力", "坚果"), True),
        ("除了仙人掌以外的植物", ("仙人掌",), True),
        ("toys except teddy bear", ("teddy bear",), True),
        ("水果 不含芒果", ("芒果",), False),
        ("无线 耳机", ("线",), False),
    ],
)
def test_what_is_not_wanted_is_read(typed, things, is_sure):
    (read,) = refusals(typed)

    assert (read.things, read.is_sure) == (things, is_sure)


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("100块左右的耳机", 7_500, 12_500),
        ("a toy between 100 and 150", 10_000, 15_000),
        ("bed and 2 pillows", None, None),
    ],
)
def test_prices_around_and_between_are_read(typed, low, high):
    read = price_wish(typed)

    assert (read.lowest, read.highest) == (low, high)


@pytest.mark.parametrize("typed", ["怎么退货", "多久发货", "可以开发票吗", "how do i return this", "can i pay later?"])
def test_a_question_is_known(typed):
    assert is_question(typed)


@pytest.mark.parametrize("typed", ["连衣裙", "howdy mug", "什么都能放的包", "吗啉"])
def test_a_thing_is_no_question(typed):
    assert not is_question(typed)


def test_what_is_not_wanted_is_left_out_and_said(shop):
    slugs, answer = found(shop, "灯 不要吊灯")

    assert slugs == ["lantern"]
    assert answer.wish.refused == ("吊灯",)


def test_what_only_looks_like_a_refusal_is_a_word(shop):
    shop["headset"] = make_product(slug="headset", title=texts("无线耳机", None, "Wireless headset"))
    index_everything()

    slugs, answer = found(shop, "无线耳机")

    assert (slugs[0], answer.wish.refused) == ("headset", ())


def test_a_question_finds_no_goods_that_only_mention_its_words(shop):
    for number in range(6):
        mug = make_product(slug=f"mug-{number}", title=texts("马克杯", None, "Mug"))
        Product.objects.filter(pk=mug.pk).update(description=texts("七天可退货。", None, "Returns."))
        shop[mug.slug] = mug
    index_everything()

    slugs, answer = found(shop, "怎么退货")

    assert (slugs, answer.help, answer.count) == ([], "MENTIONED", 0)
    assert len(found(shop, "退货")[0]) >= 6


def test_a_question_about_a_thing_shows_a_few_of_it(shop):
    for number in range(6):
        shop[f"lamp-{number}"] = make_product(slug=f"lamp-{number}", title=texts(f"台灯 {number}", None, "Lamp"))
    index_everything()

    slugs, answer = found(shop, "灯怎么安装")

    assert (len(slugs), answer.help) == (4, "MENTIONED")
    assert not answer.page.page_info.has_next_page


def test_a_price_that_nothing_keeps_to_is_no_dead_end_and_is_said(shop):
    slugs, answer = found(shop, "10元以下的灯")

    assert (set(slugs), answer.help) == ({"lantern", "pendant"}, "OUTSIDE")

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


@pytest.mark.parametrize(
    ("typed", "things"),
    [
        ("鞋 不要带皮的", ("带皮",)),
        ("snacks without sugar", ("sugar",)),
        ("shoes no leather", ("leather",)),
        ("对坚果过敏能吃的零食", ("坚果",)),
        ("something for a child allergic to nuts or milk", ("nuts", "milk")),
    ],
)
def test_many_ways_to_say_what_is_not_wanted_are_read(typed, things):
    (read,) = refusals(typed)

    assert read.things == things


def stocked(shop, **titles):
    for slug, title in titles.items():
        shop[slug] = make_product(slug=slug, title=texts(*title))
    index_everything()


@pytest.mark.parametrize("typed", ["鞋 不要皮的", "不要皮质的鞋", "不要带皮的鞋", "鞋 不要皮", "shoes no leather"])
def test_a_stuff_is_left_out_in_all_words_that_name_it(shop, typed):
    stocked(shop, loafers=("牛皮乐福鞋", "牛皮樂福鞋", "Leather shoes"), runners=("网面跑鞋", "網面跑鞋", "Mesh shoes"))

    slugs, answer = found(shop, typed)

    assert slugs[0] == "runners"
    assert "loafers" not in slugs
    assert answer.wish.refused


@pytest.mark.parametrize("typed", ["不要糖的坚果", "nuts without sugar"])
def test_what_says_that_it_is_without_is_not_left_out_but_comes_first(shop, typed):
    stocked(
        shop,
        plain=("混合坚果", "混合堅果", "Mixed nuts"),
        sugarless=("每日坚果 不加糖", "每日堅果 不加糖", "Daily nuts, no sugar added"),
        sweet=("红糖坚果", "紅糖堅果", "Brown sugar nuts"),
    )

    slugs, _answer = found(shop, typed)

    assert slugs[:2] == ["sugarless", "plain"]
    assert "sweet" not in slugs


def test_of_words_without_a_mark_between_the_last_is_what_is_wanted(shop):
    slugs, answer = found(shop, "不要露营灯")
    both, of_both = found(shop, "不要草莓水果")

    assert ("lantern" in slugs, answer.wish.refused) == (False, ("露营灯",))
    assert ("strawberries" in both, of_both.wish.refused) == (False, ("草莓",))


def test_a_question_for_goods_is_answered_with_goods(shop):
    slugs, answer = found(shop, "脖子冷怎么办")

    assert (slugs[0], answer.help, [group.text for group in answer.wish.groups]) == ("scarf", "FEW", ["脖子冷"])
    assert found(shop, "怎么退货")[1].help == "MENTIONED"

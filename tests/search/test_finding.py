"""What is found, and what is said about how it came about."""

import pytest

from backend.core.errors import InvalidInput
from backend.search.rules.narrowing import Narrowing
from backend.search.selectors.finding import Asked, finds
from tests.factories.catalogue import NOON, make_product, texts


def found(shop, text, **asked):
    answer = finds(text=text, asked=Asked(**asked), now=NOON)
    slugs = {product.pk: slug for slug, product in shop.items()}
    return [slugs[each] for each in answer.ids], answer


@pytest.mark.parametrize(
    "typed",
    [
        "连衣裙",
        "連衣裙",
        "洋裝",
        "dress",
        "dresses",
        "lianyiqun",
        "lian yi qun",
        "lyq",
        "联衣裙",
        "drss",
        "裙子",
        "Ｄress",
    ],
)
def test_a_dress_is_found_however_it_is_written(shop, typed):
    slugs, _answer = found(shop, typed)

    assert slugs[0] == "dress"


def test_what_was_corrected_is_said_and_can_be_taken_back(shop):
    slugs, answer = found(shop, "联衣裙")
    exact, taken_literally = found(shop, "联衣裙", is_exact=True)

    assert [(each.typed, each.meant) for each in answer.wish.corrections] == [("联衣裙", ("连衣裙",))]
    assert (slugs[0], answer.help) == ("dress", "FEW")
    assert taken_literally.wish.corrections == ()
    assert taken_literally.help in {"FEWER_WORDS", "RELATED", "POPULAR"}
    assert exact


def test_few_finds_are_followed_by_their_shelf(shop):
    slugs, answer = found(shop, "草莓")

    assert (slugs[0], answer.exact_count, answer.help) == ("strawberries", 1, "FEW")
    assert "apples" in slugs[1:]


def test_fewer_words_are_taken_when_all_fit_nothing(shop):
    slugs, answer = found(shop, "会飞的 露营灯 榴莲味")

    assert answer.help in {"FEWER_WORDS", "FEW"}
    assert slugs[0] == "lantern"


def test_nothing_is_a_dead_end(shop):
    slugs, answer = found(shop, "xyzzyqq")

    assert answer.help == "POPULAR"
    assert len(slugs) == 6


def test_the_name_counts_more_than_the_long_text(shop):
    shop["other"] = make_product(slug="other", title=texts("普通凳子", None, "Plain stool"))
    from_text = make_product(slug="wordy", title=texts("凳子垫", None, "Cushion"))
    shop["wordy"] = from_text

    slugs, _answer = found(shop, "lamp")

    assert slugs[0] == "pendant"


def test_a_price_in_the_words_narrows(shop):
    slugs, answer = found(shop, "100元以下的灯")

    assert answer.wish.highest == 10_000
    assert slugs == ["lantern"]


def test_filters_narrow_and_the_counts_leave_their_own_choice_out(shop):
    slugs, answer = found(shop, "灯", narrowing=Narrowing(price_max=10_000), has_counts=True)

    assert slugs == ["lantern"]
    assert answer.found_count == 2
    prices = {each["lowest"]: each["count"] for each in answer.counts["prices"]}
    assert (prices[5_000], prices[10_000]) == (1, 1)
    assert answer.counts["categories"] == [{"value": "lamps", "count": 1}]


@pytest.mark.parametrize(
    ("narrowing", "left"),
    [
        (Narrowing(categories=["fruit"]), {"strawberries", "apples"}),
        (Narrowing(brands=["nobody"]), set()),
        (Narrowing(price_min=20_000), {"dress"}),
        (Narrowing(sold_min=550), {"strawberries"}),
        (Narrowing(rating_min=4.5), set()),
        (Narrowing(attributes=["roast=dark"]), set()),
    ],
)
def test_each_filter_narrows(shop, narrowing, left):
    slugs, _answer = found(shop, "", narrowing=narrowing)

    assert set(slugs) == left


@pytest.mark.parametrize(
    ("sort", "first"),
    [("PRICE_ASC", "apples"), ("PRICE_DESC", "dress"), ("SALES", "strawberries"), ("RATING", "strawberries")],
)
def test_finds_stand_in_the_order_asked_for(shop, sort, first):
    slugs, _answer = found(shop, "", sort=sort)

    assert slugs[0] == first


@pytest.mark.parametrize("sort", ["RELEVANCE", "PRICE_ASC", "SALES", "NEWEST", "RATING"])
def test_pages_follow_one_another_without_gap_or_repetition(shop, sort):
    whole, _answer = found(shop, "", sort=sort)
    seen, after = [], None
    while True:
        slugs, answer = found(shop, "", sort=sort, first=2, after=after)
        seen += slugs
        after = answer.page.page_info.end_cursor
        if not answer.page.page_info.has_next_page:
            break

    assert seen == whole


def test_a_forged_cursor_is_refused(shop):
    with pytest.raises(InvalidInput):
        found(shop, "灯", after="WyJ4Il0")


def test_the_same_question_has_the_same_answer(shop):
    assert found(shop, "灯")[0] == found(shop, "灯")[0]

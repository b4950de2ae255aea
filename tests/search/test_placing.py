"""Placements: marked, few, only where they fit, and never more openings than were given."""

from datetime import timedelta

import pytest

from backend.core.errors import NotFound
from backend.search.actions.indexing import index_everything
from backend.search.actions.learning import learn_order
from backend.search.actions.placing import note_placement_opened, open_placement, stop_placement
from backend.search.actions.remembering import note_search
from backend.search.errors import PlacementForNothing, PlacementTimeWrong
from backend.search.models import Placement, PlacementOpening, SearchOpening, SearchQuery
from backend.search.rules.narrowing import Narrowing
from backend.search.rules.placing import places_for
from backend.search.selectors.answering import Viewpoint, search_answer
from backend.search.selectors.finding import Asked
from tests.factories.accounts import make_grower
from tests.factories.catalogue import NOON, make_category, make_product, texts


@pytest.fixture
def lamps(shop):
    """Twenty-two lamps more; the last of them stands at the end of the list."""
    for number in range(22):
        shop[f"lamp-{number}"] = make_product(
            slug=f"lamp-{number}", title=texts(f"台灯 {number}", None, f"Desk lamp {number}"), price_minor=5000 + number
        )
    shop["extra"] = make_product(slug="extra", title=texts("夜灯 加送灯泡", None, "Night lamp"), price_minor=90_000)
    index_everything()
    return shop


def place(product, *, words=("灯",), shelf=None, days=7, limit=None, start=NOON):
    return open_placement(
        product_id=product.pk,
        words=list(words),
        category_slug=shelf,
        starts_at=start,
        ends_at=start + timedelta(days=days),
        openings_limit=limit,
        actor_id=make_grower().pk,
        now=NOON,
    )


def answer(text="灯", **asked):
    return search_answer(text=text, asked=Asked(**asked), seen_by=Viewpoint("zh-Hans", None), now=NOON)


def shown(text="灯", **asked):
    return [(each["place"], each["product"]["slug"]) for each in answer(text, **asked)["sponsored"]]


def last_of(shop):
    """A lamp that is no find of the first page."""
    first = {node["product"]["slug"] for node in answer(first=20)["finds"].nodes}
    return next(shop[slug] for slug in shop if slug.startswith("lamp-") and slug not in first)


def test_it_stands_at_the_fourth_place_where_it_fits_and_is_no_find_of_the_page(lamps):
    product = last_of(lamps)

    place(product)

    assert shown(first=20) == [(4, product.slug)]
    assert product.slug not in [node["product"]["slug"] for node in answer(first=20)["finds"].nodes]


def test_what_stands_above_the_first_place_anyway_needs_none(lamps):
    first = answer(first=20)["finds"].nodes[2]["product"]["slug"]

    place(lamps[first])

    assert shown(first=20) == []


def test_a_find_further_down_is_lifted_and_nothing_is_shown_twice(lamps):
    before = [node["product"]["slug"] for node in answer(first=20)["finds"].nodes]

    place(lamps[before[15]])

    assert shown(first=20) == [(4, before[15])]
    assert [node["product"]["slug"] for node in answer(first=20)["finds"].nodes] == [*before[:15], *before[16:]]


@pytest.mark.parametrize(("finds", "places"), [(0, []), (7, []), (8, [4]), (15, [4]), (16, [4, 12]), (100, [4, 12])])
def test_there_is_at_most_one_among_eight(finds, places):
    assert list(places_for(finds)) == places
    assert len(places) * 8 <= finds


@pytest.mark.parametrize(
    "asked", [{"sort": "PRICE_ASC"}, {"sort": "SALES"}, {"narrowing": Narrowing(price_min=5_015)}, {"first": 5}]
)
def test_it_is_not_shown_in_another_order_nor_where_it_does_not_keep_to_the_filter(lamps, asked):
    place(last_of(lamps))

    assert shown(**{"first": 20, **asked}) == []


def test_it_is_shown_only_where_every_word_fits_it(lamps):
    place(lamps["apples"], words=["灯"])
    place(last_of(lamps), words=["苹果"])

    assert shown(first=20) == []


def test_words_are_understood_in_any_script_and_within_a_longer_search(lamps):
    product = last_of(lamps)
    place(product, words=["燈"])

    assert shown("台灯", first=20) == []
    assert shown("灯", first=20) == [(4, product.slug)]


def test_a_shelf_is_enough_where_the_best_find_stands_on_it(lamps):
    product = last_of(lamps)
    best = answer(first=20)["finds"].nodes[0]["product"]["category"]["slug"]

    place(product, words=[], shelf=best)

    assert shown(first=20) == [(4, product.slug)]


def test_what_is_out_of_stock_over_or_stopped_is_not_shown(lamps):
    product = last_of(lamps)
    place(product, start=NOON + timedelta(hours=1))
    stopped = place(product)

    stop_placement(placement_id=stopped.pk, now=NOON)

    assert shown(first=20) == []


def test_an_opening_counts_once_a_day_for_each_person_and_ends_at_the_limit(lamps):
    placed = place(last_of(lamps), limit=2)

    counted = [
        note_placement_opened(placement_id=placed.pk, person_id=None, visitor=who, now=NOON)
        for who in ("bob", "bob", "carol", "dave", None)
    ]

    assert counted == [True, False, True, False, False]
    assert Placement.objects.get().openings_count == PlacementOpening.objects.count() == 2
    assert shown(first=20) == []


def test_the_order_learns_nothing_from_it(lamps):
    placed = place(last_of(lamps))
    for number in range(20):
        note_placement_opened(placement_id=placed.pk, person_id=None, visitor=f"visitor-{number}", now=NOON)

    assert learn_order(now=NOON) == 0
    assert not SearchOpening.objects.exists()


def test_the_order_is_not_taught_that_a_find_was_passed_over_when_it_stood_as_a_placement(lamps):
    before = [node["product"]["slug"] for node in answer(first=20)["finds"].nodes]
    place(lamps[before[15]])

    note_search(words="灯", locale="zh-Hans", person_id=None, visitor="bob", now=NOON)

    shown_ids = SearchQuery.objects.get().shown
    assert (len(shown_ids), lamps[before[15]].pk in shown_ids) == (19, False)


def test_what_says_nothing_or_ends_wrongly_is_refused_and_not_kept(lamps):
    product = lamps["lantern"]

    with pytest.raises(PlacementForNothing):
        place(product, words=["", "  "])
    with pytest.raises(PlacementTimeWrong):
        place(product, days=0)
    with pytest.raises(PlacementTimeWrong):
        place(product, days=400)
    with pytest.raises(NotFound):
        place(make_product(published=False, category=make_category(slug="attic")))
    assert not Placement.objects.exists()

"""The order learns from what people open: towards what they like, not towards what stood first."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.search.actions.learning import learn_order, note_deed, switch_learning
from backend.search.actions.remembering import forget_old_searches, note_opening, note_search
from backend.search.models import LARGEST_STEP, Deed, LearningSwitch, Learnt, SearchOpening, SearchQuery
from backend.search.rules.learning import LARGEST, Cell, looks_by_place, step_of, verdicts
from backend.search.rules.scoring import ALSO, EXACT, WHOLE
from backend.search.selectors.finding import Asked, finds
from backend.search.selectors.learning import learnt_for
from tests.factories.accounts import make_grower, make_person
from tests.factories.catalogue import NOON
from tests.search.preferring import agreement, nights, shelves


def by_places(cells):
    return {key: verdict.step for key, verdict in verdicts(cells, looks_by_place(cells)).items()}


def by_openings_alone(cells):
    return {key: each.step for key, each in verdicts(cells, {cell.place: 1.0 for cell in cells}).items()}


def search(words, visitor, *, at=NOON):
    note_search(words=words, locale="zh-Hans", person_id=None, visitor=visitor, now=at)


def open_find(words, product, visitor, *, at=NOON, **other):
    note_opening(words=words, product_id=product.pk, person_id=None, visitor=visitor, now=at, **other)


def order_of(shop, words, **asked):
    slugs = {product.pk: slug for slug, product in shop.items()}
    return [slugs[each] for each in finds(text=words, asked=Asked(**asked), now=NOON).ids]


def people_open(product, words="灯", *, people=20, at=NOON):
    for number in range(people):
        search(words, f"visitor-{number}", at=at)
        open_find(words, product, f"visitor-{number}", at=at)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_comes_to_what_people_like_and_places_do_not_fool_it(seed):
    made = shelves(wishes=12, products=8, dice=random.Random(seed))

    learnt = nights(made, steps=by_places, number=25, people=25, dice=random.Random(seed))
    fooled = nights(made, steps=by_openings_alone, number=25, people=25, dice=random.Random(seed))

    assert agreement(learnt) > max(0.79, agreement(made) + 0.2)
    # The control: openings counted plainly give to what stood first what is only due to standing first.
    assert agreement(fooled) < agreement(learnt) - 0.04


def test_how_often_a_place_is_looked_at_is_read_from_where_products_stood_at_different_places():
    steady, cells = uuid4(), []
    for place, opened in ((1, 200), (2, 60), (3, 20)):
        cells.append(Cell(asked="a", product_id=steady, place=place, shown=1000, opened=opened, worth=opened))

    looks = looks_by_place(cells)

    assert looks[1] == 1
    assert looks[2] == pytest.approx(0.3, abs=0.05)
    assert looks[3] == pytest.approx(0.1, abs=0.05)


def test_no_step_is_larger_than_what_lies_between_a_name_and_a_shelf():
    furthest = step_of(1e9), step_of(1e-9)

    assert furthest == (LARGEST_STEP, -LARGEST_STEP) == (LARGEST * WHOLE, -LARGEST * WHOLE)
    assert EXACT["A"] - EXACT["B"] > 2 * LARGEST
    assert ALSO["D"] > LARGEST, "a step down must never take a find that fits out of those that fit"


def test_what_people_open_stands_higher_next_morning_however_it_is_typed(shop):
    before = order_of(shop, "灯")

    people_open(shop["pendant"])
    learn_order(now=NOON)

    assert (before[0], order_of(shop, "灯")[0]) == ("lantern", "pendant")
    assert order_of(shop, "燈")[0] == "pendant"
    assert order_of(shop, "灯", sort="SALES") == before


def test_what_does_not_fit_is_never_lifted(shop):
    before = order_of(shop, "灯")
    people_open(shop["apples"])

    learn_order(now=NOON)

    assert not SearchOpening.objects.exists()
    assert order_of(shop, "灯") == before


def test_one_person_who_clicks_a_thousand_times_moves_no_more_than_once(shop):
    people_open(shop["lantern"], people=6)
    search("灯", "mallory")
    open_find("灯", shop["pendant"], "mallory")
    learn_order(now=NOON)
    once = list(Learnt.objects.order_by("product_id").values("product_id", "worth", "lift", "people_opened"))

    for minute in range(1000):
        at = NOON + timedelta(seconds=minute)
        search("灯", "mallory", at=NOON)
        open_find("灯", shop["pendant"], "mallory", at=at)
    learn_order(now=NOON)

    assert SearchOpening.objects.count() > 6
    assert list(Learnt.objects.order_by("product_id").values("product_id", "worth", "lift", "people_opened")) == once


@pytest.mark.parametrize(("people", "is_learnt"), [(4, False), (5, True)])
def test_nothing_is_learnt_from_fewer_than_five_people(shop, people, is_learnt):
    people_open(shop["pendant"], people=people)

    learn_order(now=NOON)

    assert Learnt.objects.filter(product_id=shop["pendant"].pk).exists() == is_learnt


def test_what_was_liked_long_ago_fades(shop):
    people_open(shop["pendant"])
    learn_order(now=NOON)
    fresh = Learnt.objects.get(product_id=shop["pendant"].pk).worth

    learn_order(now=NOON + timedelta(days=60))

    assert 0 < Learnt.objects.get(product_id=shop["pendant"].pk).worth < fresh


def test_a_list_in_another_order_teaches_nothing(shop):
    search("灯", "bob")

    open_find("灯", shop["pendant"], "bob", is_as_found=False)

    assert not SearchOpening.objects.exists()
    assert SearchQuery.objects.get().opened_id == shop["pendant"].pk


def test_buying_what_was_opened_says_more_than_opening_it(shop):
    bob = make_person()
    note_search(words="灯", locale="zh-Hans", person_id=bob.pk, visitor=None, now=NOON)
    note_opening(words="灯", product_id=shop["pendant"].pk, person_id=bob.pk, visitor=None, now=NOON)

    noted = note_deed(person_id=bob.pk, product_ids=[shop["pendant"].pk], deed=Deed.BOUGHT, now=NOON)
    note_deed(person_id=bob.pk, product_ids=[shop["pendant"].pk], deed=Deed.CARTED, now=NOON)
    late = note_deed(person_id=bob.pk, product_ids=[shop["pendant"].pk], deed=Deed.BOUGHT, now=NOON + timedelta(days=4))

    assert (noted, late, SearchOpening.objects.get().deed) == (1, 0, Deed.BOUGHT)


def test_switched_off_the_order_is_that_of_before_at_once_and_stays_so(shop):
    before = order_of(shop, "灯")
    people_open(shop["pendant"])
    learn_order(now=NOON)

    switch_learning(is_on=False, actor_id=make_grower().pk, now=NOON)
    learn_order(now=NOON)

    assert (order_of(shop, "灯"), Learnt.objects.count()) == (before, 0)
    switch_learning(is_on=True, actor_id=LearningSwitch.objects.get().changed_by_id, now=NOON)
    assert order_of(shop, "灯") != before


def test_the_desk_sees_what_was_learnt_and_what_it_rests_on(shop):
    people_open(shop["pendant"])

    learn_order(now=NOON)

    (up, *rest) = learnt_for("燈")
    assert (up.product_id, up.people_shown, up.people_opened) == (shop["pendant"].pk, 20, 20)
    assert up.lift > 1 > rest[-1].lift


def test_keeping_what_was_shown_costs_no_statement_more(shop):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            search("灯", "bob")
        return [each["sql"] for each in asked.captured_queries if each["sql"].startswith(("INSERT", "UPDATE"))]

    written = statements()

    assert len(written) == 1
    assert SearchQuery.objects.get().shown == [shop["lantern"].pk, shop["pendant"].pk]


def test_openings_go_with_their_search(shop):
    people_open(shop["pendant"], people=1)

    forget_old_searches(now=NOON + timedelta(days=91))

    assert not SearchOpening.objects.exists()

"""The viewer's own order: within the first page, explained, and only for who wants it."""

from backend.search.actions.remembering import note_opening, set_search_habit
from backend.search.selectors.answering import Viewpoint, search_answer
from backend.search.selectors.finding import Asked
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON


def answer(person=None, **asked):
    seen_by = Viewpoint("zh-Hans", person and person.pk, ())
    return search_answer(text="", asked=Asked(**asked), seen_by=seen_by, now=NOON)


def slugs(found):
    return [node["product"]["slug"] for node in found["finds"].nodes]


def look_at(person, product):
    note_opening(words="", product_id=product.pk, person_id=person.pk, visitor=None, now=NOON)


def test_what_is_like_what_one_looked_at_moves_up_and_says_why(shop):
    bob = make_person()
    look_at(bob, shop["pendant"])

    own = answer(bob)

    assert own["is_personal"]
    assert slugs(own).index("lantern") < slugs(answer()).index("lantern")
    why = next(node["why"] for node in own["finds"].nodes if node["product"]["slug"] == "lantern")
    assert (why["kind"], why["product"]["slug"]) == ("LOOKED", "pendant")


def test_the_page_holds_the_same_finds_and_ends_at_the_same_place(shop):
    bob = make_person()
    look_at(bob, shop["pendant"])

    own, everybodys = answer(bob, first=4), answer(first=4)

    assert set(slugs(own)) == set(slugs(everybodys))
    assert own["finds"].page_info == everybodys["finds"].page_info


def test_nobody_and_who_switched_it_off_see_the_order_of_everybody(shop):
    bob = make_person()
    look_at(bob, shop["pendant"])
    set_search_habit(person_id=bob.pk, is_personal=False, now=NOON)

    assert not answer(bob)["is_personal"]
    assert slugs(answer(bob)) == slugs(answer())


def test_other_orders_are_the_same_for_everybody(shop):
    bob = make_person()
    look_at(bob, shop["pendant"])

    assert slugs(answer(bob, sort="PRICE_ASC")) == slugs(answer(sort="PRICE_ASC"))

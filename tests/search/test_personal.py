"""The viewer's own order: within the first page, explained, and only for who wants it."""

from backend.catalogue.models import Brand, Product
from backend.search.actions.indexing import index_everything
from backend.search.actions.remembering import note_opening, set_search_habit
from backend.search.ports import opinions_of
from backend.search.selectors.answering import Viewpoint, search_answer
from backend.search.selectors.finding import Asked
from community.reviews.models import Review
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON, make_category, make_product, texts
from tests.factories.reviews import make_review


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


def rate(monkeypatch, *given):
    """Say that the person rated these, as reviews do through the port."""
    opinions = [(product.pk, stars) for product, stars in given]
    monkeypatch.setattr("backend.search.selectors.personal.opinions_of", lambda person_id: opinions)


def why_of(found, slug):
    why = next(node["why"] for node in found["finds"].nodes if node["product"]["slug"] == slug)
    return why and (why["kind"], why["product"]["slug"])


def test_what_is_like_what_one_rated_well_moves_up(shop, monkeypatch):
    bob = make_person()
    rate(monkeypatch, (shop["pendant"], 5))

    own = answer(bob)

    assert slugs(own).index("lantern") < slugs(answer()).index("lantern")
    assert why_of(own, "lantern") == ("LIKED", "pendant")


def test_what_is_like_what_one_rated_badly_moves_down_and_says_why(shop, monkeypatch):
    bob = make_person()
    rate(monkeypatch, (shop["apples"], 1))

    own = answer(bob)

    assert slugs(own).index("strawberries") > slugs(answer()).index("strawberries")
    assert why_of(own, "strawberries") == ("DISLIKED", "apples")


def test_a_bad_rating_counts_more_than_having_bought_or_opened_it(shop, monkeypatch):
    bob = make_person()
    look_at(bob, shop["apples"])
    rate(monkeypatch, (shop["apples"], 2))

    assert slugs(answer(bob)).index("strawberries") > slugs(answer()).index("strawberries")


def test_three_stars_say_neither(shop, monkeypatch):
    bob = make_person()
    rate(monkeypatch, (shop["apples"], 3))

    assert not answer(bob)["is_personal"]


def test_a_brand_that_one_rated_well_moves_up_on_other_shelves_too(shop, monkeypatch):
    bob, other = make_person(), make_category(slug="attic")
    brand = Brand.objects.create(slug="yard", name=texts("小院", None, "Yard"))
    rated = make_product(slug="rated", category=other, title=texts("木梳", None, "Comb"))
    Product.objects.filter(pk__in=[rated.pk, shop["pendant"].pk]).update(brand=brand)
    index_everything()
    rate(monkeypatch, (rated, 5))

    own = answer(bob)

    assert slugs(own).index("pendant") < slugs(answer()).index("pendant")
    assert why_of(own, "pendant") == ("LIKED", "rated")


def test_the_switch_holds_for_ratings_too(shop, monkeypatch):
    bob = make_person()
    rate(monkeypatch, (shop["apples"], 1))
    set_search_habit(person_id=bob.pk, is_personal=False, now=NOON)

    assert slugs(answer(bob)) == slugs(answer())


def test_search_is_told_of_reviews_and_of_none_that_was_taken_back(db):
    review = make_review(stars=2)

    before = opinions_of(review.author_id)
    Review.objects.filter(pk=review.pk).update(visibility="AUTHOR_DELETED")

    assert before == [(review.product_id, 2)]
    assert opinions_of(review.author_id) == []

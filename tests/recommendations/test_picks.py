"""Picks follow from what people did, say why, and hold nothing that nobody wants or can have."""

from datetime import timedelta
from uuid import UUID

import pytest

from backend.cart.actions import add_favourite
from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.inventory.models import StockItem
from backend.orders.models import Order
from backend.recommendations.actions import forget_seen, learn_pairs, note_seen
from backend.recommendations.models import Pair, Refill, Seen, Tie
from backend.recommendations.privacy import PicksPrivacy
from backend.recommendations.rules import Candidate, Link, Seed, spread, weigh
from backend.recommendations.selectors import beside_product, beside_products, picks_for, popular
from backend.search.actions.remembering import set_search_habit
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON, make_category, make_product, variant_ids
from tests.factories.orders import make_buyer
from tests.factories.payments import make_paid_order
from tests.recommendations.made import make_trade
from tests.recommendations.quality import compared

DAY = timedelta(days=1)


def buy(person, *products, now=NOON):
    for product in products:
        order = make_paid_order(buyer=person, variants=[(product.variants.get(), 1)], now=now).order
        Order.objects.filter(pk=order.pk).update(placed_at=now)


def see(person, *products, now=NOON):
    for product in products:
        note_seen(person_id=person.pk, product_id=product.pk, now=now)


def ids(candidates):
    return [each.product_id for each in candidates]


@pytest.fixture
def shop(db):
    """Three products that five people opened together, on shelves of their own, and one that nobody looks at."""
    made = {name: make_product(slug=name) for name in ("tent", "lamp", "mat", "vase")}
    for number in range(5):
        see(make_person(f"Looker {number}"), made["tent"], made["lamp"], *([made["mat"]] if number < 3 else []))
    learn_pairs(now=NOON)
    return made


def test_what_many_open_together_stands_first(shop):
    found = beside_product(product_id=shop["tent"].pk, tie=Tie.SEEN, first=5)

    assert ids(found) == [shop["lamp"].pk, shop["mat"].pk]
    assert (found[0].because, found[0].of_id) == ("SEEN", shop["tent"].pk)
    assert Pair.objects.get(product_id=shop["tent"].pk, other_id=shop["lamp"].pk).people_count == 5


def test_one_person_alone_ties_nothing(db):
    one, other = make_product(), make_product()
    see(make_person("Bob"), one, other)

    learn_pairs(now=NOON)

    assert not Pair.objects.filter(tie=Tie.SEEN).exists()


def test_few_people_say_less_than_many(shop):
    few = Pair.objects.get(product_id=shop["mat"].pk, other_id=shop["tent"].pk, tie=Tie.SEEN)
    many = Pair.objects.get(product_id=shop["lamp"].pk, other_id=shop["tent"].pk, tie=Tie.SEEN)

    assert few.people_count < many.people_count
    assert few.score < many.score < 1


def test_what_was_bought_together_is_kept_apart_from_what_was_opened(db):
    soap, towel = make_product(), make_product()
    for number in range(3):
        buy(make_buyer(f"Buyer {number}", now=NOON), soap, towel)

    learn_pairs(now=NOON + DAY)

    assert ids(beside_product(product_id=soap.pk, tie=Tie.BOUGHT, first=5)) == [towel.pk]
    assert beside_product(product_id=soap.pk, tie=Tie.SEEN, first=5) == []


def test_a_product_that_nobody_knows_leads_to_what_is_like_it(db):
    shelf = make_category()
    new, near, far = (make_product(category=shelf, price_minor=price) for price in (5_000, 5_500, 90_000))
    make_product()

    learn_pairs(now=NOON)

    found = beside_product(product_id=new.pk, tie=Tie.SEEN, first=5)
    assert ids(found) == [near.pk, far.pk]
    assert {each.because for each in found} == {"ALIKE"}


def test_picks_say_what_speaks_for_them_and_leave_out_what_was_just_bought(shop):
    bob = make_buyer("Bob", now=NOON)
    buy(bob, shop["tent"])

    picks, is_personal = picks_for(person_id=bob.pk, first=2, now=NOON + DAY)

    assert is_personal
    assert ids(picks) == [shop["lamp"].pk, shop["mat"].pk]
    assert (picks[0].because, picks[0].of_id) == ("BOUGHT", shop["tent"].pk)
    assert shop["tent"].pk not in ids(picks_for(person_id=bob.pk, first=20, now=NOON + DAY)[0])


def test_what_people_buy_again_and_again_may_be_picked_again(shop):
    bob = make_buyer("Bob", now=NOON)
    buy(bob, shop["lamp"], shop["tent"])
    Refill.objects.create(product_id=shop["lamp"].pk)

    assert shop["lamp"].pk in ids(picks_for(person_id=bob.pk, first=20, now=NOON + DAY)[0])


def test_a_thing_is_bought_again_and_again_when_a_fifth_of_its_buyers_do(db):
    soap, sofa = make_product(stock=50), make_product(stock=50)
    for number in range(4):
        person = make_buyer(f"Buyer {number}", now=NOON)
        buy(person, soap, soap, sofa)

    learn_pairs(now=NOON + DAY)

    assert set(Refill.objects.values_list("product_id", flat=True)) == {soap.pk}


def test_what_is_liked_counts_too(shop):
    bob = make_person("Bob")
    add_favourite(user_id=bob.pk, product_id=shop["mat"].pk, now=NOON)

    picks, _ = picks_for(person_id=bob.pk, first=1, now=NOON + DAY)

    assert (picks[0].because, picks[0].of_id) == ("LIKED", shop["mat"].pk)


def test_what_is_sold_out_is_never_picked(shop):
    bob = make_person("Bob")
    see(bob, shop["tent"])
    StockItem.objects.filter(variant_id__in=variant_ids(shop["lamp"])).update(on_hand=0)

    assert shop["lamp"].pk not in ids(picks_for(person_id=bob.pk, first=20, now=NOON)[0])
    assert shop["lamp"].pk not in ids(beside_product(product_id=shop["tent"].pk, tie=Tie.SEEN, first=20))
    assert shop["lamp"].pk not in ids(popular(without=(), first=20))


def test_who_switched_it_off_gets_what_everybody_gets_and_leaves_no_trace(shop, deliver_outbox):
    bob = make_person("Bob")
    see(bob, shop["tent"])

    set_search_habit(person_id=bob.pk, is_personal=False, now=NOON)
    deliver_outbox()

    assert not Seen.objects.filter(person=bob).exists()
    assert note_seen(person_id=bob.pk, product_id=shop["tent"].pk, now=NOON) is False
    picks, is_personal = picks_for(person_id=bob.pk, first=4, now=NOON)
    assert not is_personal
    assert {each.because for each in picks} == {"POPULAR"}


def test_a_newcomer_gets_what_others_like(shop):
    picks, is_personal = picks_for(person_id=None, without=[shop["tent"].pk], first=3, now=NOON)

    assert (len(picks), is_personal) == (3, False)
    assert shop["tent"].pk not in ids(picks)


def test_beside_a_cart_stands_what_goes_with_it_and_nothing_of_it(shop):
    found = beside_products(product_ids=[shop["tent"].pk, shop["mat"].pk], first=3, now=NOON)

    assert found[0].product_id == shop["lamp"].pk
    assert not {shop["tent"].pk, shop["mat"].pk} & set(ids(found))


def test_at_most_two_of_a_shelf_stand_in_a_row():
    rows = [Candidate(UUID(int=number), 1.0, "POPULAR") for number in range(8)]
    shelf_of = {row.product_id: "fruit" if row.product_id.int < 5 else "lamps" for row in rows}

    shown = [shelf_of[each.product_id] for each in spread(rows, shelf_of)]

    assert shown == ["fruit", "fruit", "lamps", "fruit", "fruit", "lamps", "fruit", "lamps"]


def test_an_old_deed_weighs_less_than_a_new_one():
    old, new, other = UUID(int=1), UUID(int=2), UUID(int=3)
    seeds = [Seed("SEEN", old, NOON - 90 * DAY), Seed("SEEN", new, NOON)]

    (found,) = weigh(seeds, [Link(old, other, "SEEN", 0.5), Link(new, other, "SEEN", 0.5)], now=NOON)

    assert found.of_id == new


def test_only_what_is_on_the_shelf_is_remembered(db):
    bob = make_person("Bob")

    for product_id in (new_id(), make_product(published=False).pk):
        with pytest.raises(NotFound):
            note_seen(person_id=bob.pk, product_id=product_id, now=NOON)

    assert not Seen.objects.exists()


def test_what_somebody_opened_is_handed_out_and_deleted_on_request(shop):
    bob = make_person("Bob")
    see(bob, shop["tent"], shop["tent"])

    exported = PicksPrivacy().export(user_id=bob.pk)
    forget_seen(person_id=bob.pk)

    assert exported["opened"][0] == {"product_id": str(shop["tent"].pk), "times": 2, "at": NOON}
    assert not Seen.objects.filter(person=bob).exists()


@pytest.mark.slow
def test_picks_tell_the_next_month_better_than_what_is_popular(db):
    made = make_trade(now=NOON, shelves=8, goods=9, people=120)
    learn_pairs(now=NOON)

    found = compared(made, now=NOON)

    assert found["picks"].hit_rate >= 1.5 * found["popular"].hit_rate
    assert found["picks"].coverage >= 3 * found["popular"].coverage

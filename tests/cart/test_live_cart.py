"""What the cart says is true now: prices that moved, pieces that went, products that are gone."""

import pytest

from backend.cart.models import CartLine
from backend.cart.selectors import live_cart, price_of_cart
from backend.catalogue.actions import change_price, retire_product
from backend.core.ids import new_id
from backend.inventory.actions import reserve
from tests.cart.ground import of, put
from tests.checkout.sources import StandIn, taking_part
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON, make_variant

pytestmark = pytest.mark.django_db


def line_of(user):
    (line,) = live_cart(of(user)).lines
    return line


@pytest.mark.parametrize(("price", "change"), [(4990, -1000), (6990, 1000), (5990, 0)])
def test_a_price_that_moved_since_is_said(price, change):
    bob, variant = make_person("Bob"), make_variant(price_minor=5990)
    put(of(bob), variant)

    change_price(variant_id=variant.pk, price_minor=price, now=NOON)

    assert (line_of(bob).unit_minor, line_of(bob).change_minor) == (price, change)


def test_stock_is_that_of_this_moment():
    bob, variant = make_person("Bob"), make_variant(stock=10)
    put(of(bob), variant, 4)
    assert (line_of(bob).state, line_of(bob).available) == ("FINE", 10)

    reserve(order_id=new_id(), demand={variant.pk: 5}, now=NOON)
    assert (line_of(bob).state, line_of(bob).available) == ("FEW", 5)

    reserve(order_id=new_id(), demand={variant.pk: 2}, now=NOON)
    assert (line_of(bob).state, line_of(bob).is_wanted) == ("SHORT", False)

    reserve(order_id=new_id(), demand={variant.pk: 3}, now=NOON)
    assert (line_of(bob).state, line_of(bob).available) == ("SOLD_OUT", 0)


def test_a_product_that_left_the_shelf_stays_to_be_seen_but_is_not_counted():
    bob, variant, other = make_person("Bob"), make_variant(), make_variant(price_minor=1000)
    put(of(bob), variant)
    put(of(bob), other, 2)

    retire_product(product_id=variant.product_id, now=NOON)

    cart = live_cart(of(bob))
    assert {line.variant_id: line.state for line in cart.lines} == {variant.pk: "GONE", other.pk: "FINE"}
    assert price_of_cart(cart, user_id=bob.pk, choices={}, now=NOON).items_minor == 2000


def test_only_chosen_lines_are_priced_and_every_discount_is_there():
    bob, wanted, later = make_person("Bob"), make_variant(price_minor=3000), make_variant()
    put(of(bob), wanted, 2)
    put(of(bob), later)
    CartLine.objects.filter(variant=later).update(is_selected=False)

    with taking_part(StandIn()):
        price = price_of_cart(live_cart(of(bob)), user_id=bob.pk, choices={"stand_in": {"please": 1}}, now=NOON)

    assert (price.items_minor, price.discount_minor) == (6000, 100)


def test_an_empty_cart_has_no_price():
    assert price_of_cart(live_cart(of(make_person("Bob"))), user_id=None, choices={}, now=NOON) is None


def test_a_long_cart_takes_no_more_statements_than_a_short_one(django_assert_num_queries):
    bob = make_person("Bob")
    for _ in range(2):
        put(of(bob), make_variant())
    with django_assert_num_queries(4):
        live_cart(of(bob))
    for _ in range(8):
        put(of(bob), make_variant())
    with django_assert_num_queries(4):
        live_cart(of(bob))

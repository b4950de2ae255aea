"""Putting things in: sums, limits, and what is refused."""

import sys

import pytest

from backend.cart.actions import add_to_cart
from backend.cart.errors import BrowserUnknown, CartFull, NotOnTheShelf
from backend.cart.models import Cart, CartLine
from backend.cart.rules import CartOwner
from backend.cart.selectors import live_cart, pieces_in
from backend.catalogue.actions import retire_product
from backend.core.errors import InvalidInput, KeyReused
from backend.core.ids import new_id
from backend.core.models import OutboxEvent
from backend.inventory.errors import OutOfStock
from tests.cart.ground import GUEST, of, put
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON, make_variant

pytestmark = pytest.mark.django_db


def test_the_same_variant_stands_in_one_line():
    bob, variant = make_person("Bob"), make_variant()

    put(of(bob), variant, 2)
    line = put(of(bob), variant, 3)

    assert line.quantity == 5
    assert CartLine.objects.count() == 1
    assert pieces_in(of(bob)) == 5
    assert OutboxEvent.objects.filter(name="PutInCart").count() == 2


def test_no_line_holds_more_than_is_left():
    bob, variant = make_person("Bob"), make_variant(stock=3)

    line = put(of(bob), variant, 9)

    assert line.quantity == 3


def test_a_repeated_tap_adds_once():
    bob, variant, key = make_person("Bob"), make_variant(), new_id()

    put(of(bob), variant, 1, key=key)
    line = put(of(bob), variant, 1, key=key)

    assert line.quantity == 1


def test_a_repeated_key_with_another_wish_is_refused_and_changes_nothing():
    bob, variant, key = make_person("Bob"), make_variant(), new_id()
    put(of(bob), variant, 1, key=key)

    with pytest.raises(KeyReused):
        put(of(bob), variant, 2, key=key)

    assert CartLine.objects.get().quantity == 1


@pytest.mark.parametrize("quantity", [0, -1, 100, 2**31])
def test_impossible_quantities_are_refused(quantity):
    with pytest.raises(InvalidInput):
        put(of(make_person("Bob")), make_variant(), quantity)

    assert not Cart.objects.exists()


def test_what_is_sold_out_gone_or_unknown_is_not_put_in():
    bob, empty, gone = make_person("Bob"), make_variant(stock=0), make_variant()
    retire_product(product_id=gone.product_id, now=NOON)

    with pytest.raises(OutOfStock):
        put(of(bob), empty)
    with pytest.raises(NotOnTheShelf):
        put(of(bob), gone)
    with pytest.raises(NotOnTheShelf):
        add_to_cart(owner=of(bob), variant_id=new_id(), quantity=1, idempotency_key=new_id(), now=NOON)

    assert not CartLine.objects.exists()


def test_a_cart_has_its_limit_of_kinds(monkeypatch):
    monkeypatch.setattr(sys.modules[add_to_cart.__module__], "MOST_LINES", 1)
    bob, first = make_person("Bob"), make_variant()
    put(of(bob), first)

    with pytest.raises(CartFull):
        put(of(bob), make_variant())

    assert put(of(bob), first).quantity == 2
    assert CartLine.objects.count() == 1


def test_a_browser_without_a_name_is_told_so():
    with pytest.raises(BrowserUnknown):
        put(CartOwner(), make_variant())


def test_a_guest_has_a_cart_of_their_own():
    put(GUEST, make_variant())

    assert pieces_in(GUEST) == 1
    assert pieces_in(CartOwner(visitor="another")) == 0
    assert not live_cart(GUEST).has_guest_lines

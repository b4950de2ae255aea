"""A guest's cart survives the sign-in."""

import pytest

from backend.cart.actions import forget_old_carts, merge_cart
from backend.cart.actions.holding import KEPT_FOR
from backend.cart.models import Cart, CartLine
from backend.cart.rules import CartOwner
from backend.cart.selectors import live_cart, pieces_in
from tests.cart.ground import GUEST, VISITOR, of, put
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON, make_variant

pytestmark = pytest.mark.django_db


def test_lines_are_added_up_within_what_is_left():
    bob, common, only_mine, only_guests = make_person("Bob"), make_variant(stock=4), make_variant(), make_variant()
    put(of(bob), common, 3)
    put(of(bob), only_mine, 1)
    put(GUEST, common, 3)
    put(GUEST, only_guests, 2)
    both = CartOwner(user_id=bob.pk, visitor=VISITOR)
    assert live_cart(both).has_guest_lines

    assert merge_cart(user_id=bob.pk, visitor=VISITOR, now=NOON) == 2

    held = {line.variant_id: line.quantity for line in CartLine.objects.all()}
    assert held == {common.pk: 4, only_mine.pk: 1, only_guests.pk: 2}
    assert Cart.objects.get().user_id == bob.pk
    assert not live_cart(both).has_guest_lines


def test_merging_again_changes_nothing():
    bob = make_person("Bob")
    put(GUEST, make_variant(), 2)
    merge_cart(user_id=bob.pk, visitor=VISITOR, now=NOON)

    assert merge_cart(user_id=bob.pk, visitor=VISITOR, now=NOON) == 0
    assert merge_cart(user_id=bob.pk, visitor=None, now=NOON) == 0

    assert pieces_in(of(bob)) == 2


def test_many_of_one_stop_at_99():
    bob, variant = make_person("Bob"), make_variant(stock=500)
    put(of(bob), variant, 70)
    put(GUEST, variant, 70)

    merge_cart(user_id=bob.pk, visitor=VISITOR, now=NOON)

    assert pieces_in(of(bob)) == 99


def test_carts_of_browsers_that_never_came_back_are_forgotten():
    bob = make_person("Bob")
    put(GUEST, make_variant())
    put(of(bob), make_variant())

    assert forget_old_carts(now=NOON + KEPT_FOR) == 0
    assert forget_old_carts(now=NOON + KEPT_FOR * 1.01) == 1

    assert Cart.objects.get().user_id == bob.pk

"""Two tabs at the same instant."""

import sys
import time

from backend.cart.actions import add_to_cart, change_cart_line, merge_cart
from backend.cart.errors import CartLineChanged
from backend.cart.models import Cart, CartLine
from backend.core.ids import new_id
from tests.cart.ground import GUEST, VISITOR, of, put
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON, make_variant
from tests.support.races import all_at_once

TABS = 8
THINKING_SECONDS = 0.05


def sign_in_in_many_tabs(bob):
    return all_at_once(TABS, lambda number: merge_cart(user_id=bob.pk, visitor=VISITOR, now=NOON))


def test_a_cart_is_merged_once_however_many_tabs_ask(fresh_database):
    bob, variant = make_person("Bob"), make_variant(stock=500)
    put(of(bob), variant, 2)
    put(GUEST, variant, 3)

    outcome = sign_in_in_many_tabs(bob)

    assert outcome.raised == []
    assert sorted(outcome.answers) == [0] * (TABS - 1) + [1]
    assert CartLine.objects.get().quantity == 5


def test_control_without_holding_both_carts_pieces_are_counted_twice(fresh_database, monkeypatch):
    bob, variant = make_person("Bob"), make_variant(stock=500)
    put(of(bob), variant, 2)
    put(GUEST, variant, 3)
    module = sys.modules[merge_cart.__module__]

    def only_look(model, pks):
        found = list(model.objects.filter(pk__in=pks))
        time.sleep(THINKING_SECONDS)
        return found

    monkeypatch.setattr(module, "lock_found", only_look)

    outcome = sign_in_in_many_tabs(bob)

    assert outcome.raised or sum(outcome.answers) > 1


def test_a_double_tap_makes_one_cart_and_adds_once(fresh_database):
    bob, variant, key = make_person("Bob"), make_variant(stock=500), new_id()

    outcome = all_at_once(
        TABS,
        lambda number: (
            add_to_cart(owner=of(bob), variant_id=variant.pk, quantity=2, idempotency_key=key, now=NOON).quantity
        ),
    )

    assert outcome.raised == []
    assert outcome.answers == [2] * TABS
    assert (Cart.objects.count(), CartLine.objects.get().quantity) == (1, 2)


def test_of_tabs_that_write_at_once_one_wins_and_the_others_are_told(fresh_database):
    bob = make_person("Bob")
    line = put(of(bob), make_variant(stock=500))

    outcome = all_at_once(
        TABS,
        lambda number: (
            change_cart_line(
                owner=of(bob), line_id=line.pk, quantity=number + 2, version=line.version, now=NOON
            ).quantity
        ),
    )

    (won,) = outcome.answers
    assert {type(raised) for raised in outcome.raised} == {CartLineChanged}
    assert {raised.quantity for raised in outcome.raised} == {won}
    assert CartLine.objects.get().quantity == won

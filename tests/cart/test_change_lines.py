"""Changing and taking out, with two tabs open."""

import pytest

from backend.cart.actions import change_cart_line, remove_cart_lines, select_cart_lines, take_ordered, undo_removal
from backend.cart.errors import CartLineChanged, NothingToUndo
from backend.cart.models import Cart, CartLine
from backend.cart.selectors import live_cart
from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.inventory.errors import OutOfStock
from tests.cart.ground import of, put
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON, make_variant

pytestmark = pytest.mark.django_db


def change(user, line, **wanted):
    return change_cart_line(owner=of(user), line_id=line.pk, now=NOON, **{"version": line.version, **wanted})


def test_the_tab_that_looked_before_is_told_what_the_other_one_wrote():
    bob = make_person("Bob")
    line = put(of(bob), make_variant())
    change(bob, line, quantity=4)

    with pytest.raises(CartLineChanged) as refused:
        change(bob, line, quantity=7)

    assert refused.value.quantity == 4
    assert CartLine.objects.get().quantity == 4


def test_asking_late_for_what_is_so_already_is_no_quarrel():
    bob = make_person("Bob")
    line = put(of(bob), make_variant())
    change(bob, line, quantity=4)

    assert change(bob, line, quantity=4).quantity == 4


def test_more_than_is_left_is_refused_but_fewer_is_always_fine():
    bob, variant = make_person("Bob"), make_variant(stock=5)
    line = put(of(bob), variant, 5)

    with pytest.raises(OutOfStock):
        change(bob, line, quantity=6)

    assert change(bob, line, quantity=2).quantity == 2


@pytest.mark.parametrize("quantity", [0, -3, 100])
def test_impossible_quantities_change_nothing(quantity):
    bob = make_person("Bob")
    line = put(of(bob), make_variant())

    with pytest.raises(InvalidInput):
        change(bob, line, quantity=quantity)

    assert CartLine.objects.get().quantity == 1


def test_a_strangers_line_is_not_found():
    bob, mallory = make_person("Bob"), make_person("Mallory")
    line = put(of(bob), make_variant())

    with pytest.raises(NotFound):
        change(mallory, line, quantity=2)
    with pytest.raises(NotFound):
        remove_cart_lines(owner=of(mallory), line_ids=[line.pk], now=NOON)

    assert CartLine.objects.get().quantity == 1


def test_all_are_chosen_or_none():
    bob = make_person("Bob")
    put(of(bob), make_variant())
    put(of(bob), make_variant())

    select_cart_lines(owner=of(bob), is_selected=False, now=NOON)
    assert live_cart(of(bob)).wanted == ()

    select_cart_lines(owner=of(bob), is_selected=True, now=NOON)
    assert len(live_cart(of(bob)).wanted) == 2


def test_clearing_can_be_undone_once():
    bob, variant = make_person("Bob"), make_variant()
    put(of(bob), variant, 3)
    put(of(bob), make_variant())

    assert remove_cart_lines(owner=of(bob), now=NOON) == 2
    assert live_cart(of(bob)).lines == ()
    assert live_cart(of(bob)).can_undo

    undo_removal(owner=of(bob), now=NOON)
    assert {line.quantity for line in live_cart(of(bob)).lines} == {3, 1}
    with pytest.raises(NothingToUndo):
        undo_removal(owner=of(bob), now=NOON)


def test_what_came_back_meanwhile_is_not_doubled_by_undoing():
    bob, variant = make_person("Bob"), make_variant()
    line = put(of(bob), variant, 3)
    remove_cart_lines(owner=of(bob), line_ids=[line.pk], now=NOON)
    put(of(bob), variant, 1)

    undo_removal(owner=of(bob), now=NOON)

    assert CartLine.objects.get().quantity == 1


def test_unknown_lines_are_not_found():
    bob = make_person("Bob")
    put(of(bob), make_variant())

    with pytest.raises(NotFound):
        remove_cart_lines(owner=of(bob), line_ids=[new_id()], now=NOON)

    assert CartLine.objects.count() == 1


def test_what_was_ordered_leaves_the_cart(django_assert_num_queries):
    bob, ordered, kept = make_person("Bob"), make_variant(), make_variant()
    put(of(bob), ordered)
    put(of(bob), kept)
    before = Cart.objects.get().version

    take_ordered(user_id=bob.pk, variant_ids=[ordered.pk], now=NOON)

    assert list(CartLine.objects.values_list("variant_id", flat=True)) == [kept.pk]
    assert Cart.objects.get().version == before + 1

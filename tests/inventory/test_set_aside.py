"""Pieces that are set aside for a sale and handed to its orders."""

import pytest

from backend.core.ids import new_id
from backend.inventory.actions import commit, hand_over, put_back, release, reserve, set_aside, take_back
from backend.inventory.actions.give_back import give_back
from backend.inventory.errors import OutOfStock
from backend.inventory.models import StockItem
from backend.inventory.selectors import available_of, miscounted, set_aside_left
from tests.factories.catalogue import NOON, make_variant

pytestmark = pytest.mark.django_db


def numbers(variant):
    item = StockItem.objects.get(pk=variant.pk)
    return item.on_hand, item.reserved


@pytest.fixture
def aside():
    """A variant with ten pieces, six of which are set aside."""
    variant, holder_id = make_variant(stock=10), new_id()
    set_aside(holder_id=holder_id, quantities={variant.pk: 6}, now=NOON)
    return variant, holder_id


def handed(variant, holder_id, quantity=2):
    order_id = new_id()
    assert hand_over(holder_id=holder_id, order_id=order_id, variant_id=variant.pk, quantity=quantity, now=NOON)
    return order_id


def test_what_is_set_aside_cannot_be_bought(aside):
    variant, holder_id = aside

    with pytest.raises(OutOfStock) as refusal:
        reserve(order_id=new_id(), demand={variant.pk: 5}, now=NOON)

    assert refusal.value.available == 4
    assert set_aside_left(holder_id) == {variant.pk: 6}
    assert miscounted() == []


def test_where_too_few_are_left_all_that_are_left_are_set_aside():
    variant, holder_id = make_variant(stock=3), new_id()

    taken = set_aside(holder_id=holder_id, quantities={variant.pk: 6}, now=NOON)

    assert taken == {variant.pk: 3}
    assert available_of([variant.pk]) == {variant.pk: 0}


def test_handing_over_changes_no_number_and_checkout_takes_no_second_piece(aside):
    variant, holder_id = aside

    order_id = handed(variant, holder_id)
    reserve(order_id=order_id, demand={variant.pk: 2}, now=NOON)

    assert numbers(variant) == (10, 6)
    assert set_aside_left(holder_id) == {variant.pk: 4}
    assert miscounted() == []


def test_a_paid_order_takes_its_set_aside_pieces_out_of_the_house(aside):
    variant, holder_id = aside
    order_id = handed(variant, holder_id)

    commit(order_id=order_id, now=NOON)

    assert numbers(variant) == (8, 4)
    assert set_aside_left(holder_id) == {variant.pk: 4}
    assert miscounted() == []


@pytest.mark.parametrize("was_paid", [False, True])
def test_what_comes_back_goes_to_the_holder_once(aside, was_paid):
    variant, holder_id = aside
    order_id = handed(variant, holder_id)
    if was_paid:
        commit(order_id=order_id, now=NOON)

    first = take_back(holder_id=holder_id, order_id=order_id, variant_id=variant.pk, now=NOON)
    again = take_back(holder_id=holder_id, order_id=order_id, variant_id=variant.pk, now=NOON)
    release(order_id=order_id, now=NOON)

    assert (first, again) == (2, 0)
    assert numbers(variant) == (10, 6)
    assert set_aside_left(holder_id) == {variant.pk: 6}
    assert miscounted() == []


def test_single_pieces_that_come_back_go_to_the_free_shelf(aside):
    variant, holder_id = aside
    order_id = handed(variant, holder_id)
    commit(order_id=order_id, now=NOON)

    give_back(order_id=order_id, quantities={variant.pk: 1}, reason="", now=NOON)
    rest = take_back(holder_id=holder_id, order_id=order_id, variant_id=variant.pk, now=NOON)

    assert rest == 1
    assert numbers(variant) == (10, 5)
    assert set_aside_left(holder_id) == {variant.pk: 5}
    assert miscounted() == []


def test_what_is_left_goes_back_to_the_shelf(aside):
    variant, holder_id = aside
    handed(variant, holder_id)

    put_back(holder_id=holder_id, quantities={variant.pk: 4}, now=NOON)

    assert numbers(variant) == (10, 2)
    assert set_aside_left(holder_id) == {variant.pk: 0}
    assert miscounted() == []


def test_another_holder_cannot_take_them_back(aside):
    variant, holder_id = aside
    order_id = handed(variant, holder_id)

    assert not take_back(holder_id=new_id(), order_id=order_id, variant_id=variant.pk, now=NOON)

    assert set_aside_left(holder_id) == {variant.pk: 4}


def test_an_order_that_holds_the_variant_is_not_handed_more(aside):
    variant, holder_id = aside
    order_id = handed(variant, holder_id)

    assert not hand_over(holder_id=holder_id, order_id=order_id, variant_id=variant.pk, quantity=1, now=NOON)

    assert set_aside_left(holder_id) == {variant.pk: 4}

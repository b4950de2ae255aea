"""Holding stock for orders."""

import pytest

from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.core.models import OutboxEvent
from backend.inventory.actions import commit, release, reserve, stock_up
from backend.inventory.errors import OutOfStock
from backend.inventory.models import Reservation, StockItem
from backend.inventory.rules import sum_demand
from backend.inventory.selectors import available_of, held_by
from tests.factories.catalogue import NOON, make_product, make_variant, variant_ids

pytestmark = pytest.mark.django_db


def numbers(variant):
    item = StockItem.objects.get(pk=variant.pk)
    return item.on_hand, item.reserved


def told():
    return OutboxEvent.objects.filter(name="AvailabilityChanged").count()


def test_what_is_reserved_can_no_longer_be_bought():
    variant = make_variant(stock=10)
    order_id = new_id()

    reserve(order_id=order_id, demand={variant.id: 4}, now=NOON)

    assert numbers(variant) == (10, 4)
    assert available_of([variant.id]) == {variant.id: 6}
    assert held_by(order_id) == {variant.id: 4}


def test_more_than_there_is_is_refused_and_nothing_is_written():
    plenty, scarce = make_variant(stock=10), make_variant(stock=1)
    events = told()

    with pytest.raises(OutOfStock) as refusal:
        reserve(order_id=new_id(), demand={plenty.id: 2, scarce.id: 2}, now=NOON)

    assert refusal.value.code == "OUT_OF_STOCK"
    assert refusal.value.details == {"variantId": str(scarce.id), "available": 1}
    assert numbers(plenty) == (10, 0)
    assert numbers(scarce) == (1, 0)
    assert not Reservation.objects.exists()
    assert told() == events


def test_lines_that_ask_for_the_same_kind_are_added_up_first():
    variant = make_variant(stock=3)

    with pytest.raises(OutOfStock):
        reserve(order_id=new_id(), demand=[(variant.id, 2), (variant.id, 2)], now=NOON)

    assert numbers(variant) == (3, 0)
    assert sum_demand([(variant.id, 2), (variant.id, 2)]) == {variant.id: 4}


def test_a_kind_that_was_never_stocked_is_sold_out():
    variant = make_variant(stock=0)

    with pytest.raises(OutOfStock) as refusal:
        reserve(order_id=new_id(), demand={variant.id: 1}, now=NOON)

    assert refusal.value.available == 0
    assert not StockItem.objects.filter(pk=variant.pk).exists()


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_or_less_cannot_be_reserved(quantity):
    variant = make_variant(stock=3)

    with pytest.raises(InvalidInput):
        reserve(order_id=new_id(), demand={variant.id: quantity}, now=NOON)

    assert numbers(variant) == (3, 0)


def test_reserving_again_changes_nothing():
    variant = make_variant(stock=10)
    order_id = new_id()

    reserve(order_id=order_id, demand={variant.id: 4}, now=NOON)
    reserve(order_id=order_id, demand={variant.id: 4}, now=NOON)

    assert numbers(variant) == (10, 4)


def test_a_paid_order_takes_its_pieces_out_of_the_house_once():
    variant = make_variant(stock=10)
    order_id = new_id()
    reserve(order_id=order_id, demand={variant.id: 4}, now=NOON)

    commit(order_id=order_id, now=NOON)
    commit(order_id=order_id, now=NOON)

    assert numbers(variant) == (6, 0)


def test_a_closed_order_gives_back_what_it_held_once():
    variant = make_variant(stock=10)
    order_id = new_id()
    reserve(order_id=order_id, demand={variant.id: 4}, now=NOON)

    release(order_id=order_id, now=NOON)
    release(order_id=order_id, now=NOON)

    assert numbers(variant) == (10, 0)


def test_a_cancelled_paid_order_puts_its_pieces_back():
    variant = make_variant(stock=10)
    order_id = new_id()
    reserve(order_id=order_id, demand={variant.id: 4}, now=NOON)
    commit(order_id=order_id, now=NOON)

    release(order_id=order_id, now=NOON)

    assert numbers(variant) == (10, 0)


def test_a_late_payment_takes_anew_what_was_given_back():
    variant = make_variant(stock=10)
    order_id = new_id()
    reserve(order_id=order_id, demand={variant.id: 4}, now=NOON)
    release(order_id=order_id, now=NOON)

    reserve(order_id=order_id, demand={variant.id: 4}, now=NOON)
    commit(order_id=order_id, now=NOON)

    assert numbers(variant) == (6, 0)


def test_shoppers_are_told_only_when_the_number_they_see_changes():
    product = make_product(variants=2, stock=0)
    many, few = variant_ids(product)
    stock_up(quantities={many: 500, few: 5}, now=NOON)
    events = told()

    reserve(order_id=new_id(), demand={many: 100}, now=NOON)
    after_many = told()
    reserve(order_id=new_id(), demand={few: 1}, now=NOON)

    assert after_many == events
    assert told() == events + 1

"""The walk through the warehouse: along the aisles, and shorter than order by order."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.fulfilment.selectors.picking import pick_list
from backend.fulfilment.walking import Stop, s_shape, walk_metres
from backend.inventory.actions import set_place
from backend.inventory.models import StoragePlace
from tests.aftersales.test_resends import exchange_to_send
from tests.factories.catalogue import make_variant
from tests.factories.fulfilment import make_parcel
from tests.factories.payments import make_paid_order

stops = st.lists(st.builds(Stop, st.integers(1, 9), st.integers(1, 20)), max_size=25)


def test_one_aisle_is_walked_up_and_the_next_one_down():
    places = [Stop(1, 15), Stop(3, 4), Stop(1, 2), Stop(3, 18), Stop(7, 9), Stop(3, 4)]

    assert s_shape(places) == [Stop(1, 2), Stop(1, 15), Stop(3, 18), Stop(3, 4), Stop(7, 9)]


def test_the_way_is_measured_from_the_table_and_back():
    assert walk_metres([]) == 0
    assert walk_metres([Stop(1, 10)]) == Decimal("24.0")
    assert walk_metres([Stop(1, 18), Stop(3, 16)]) == Decimal("21.6") + Decimal("14.2") + Decimal("26.2")


@given(stops)
def test_the_walk_visits_every_place_once(places):
    assert sorted(s_shape(places)) == sorted(set(places))


@given(stops)
def test_a_walk_is_not_longer_than_going_from_the_table_to_each_place_and_back(places):
    assert walk_metres(s_shape(places)) <= sum((walk_metres([place]) for place in places), Decimal(0))


@pytest.mark.django_db
def test_the_list_collects_the_oldest_orders_along_the_aisles():
    far, near, unplaced = (make_variant() for _ in range(3))
    set_place(variant_id=far.id, aisle=9, bay=18, shelf=1)
    set_place(variant_id=near.id, aisle=1, bay=2, shelf=3)
    orders = [
        make_paid_order(variants=[(far, 1), (unplaced, 1)]).order,
        make_paid_order(variants=[(near, 2)]).order,
        make_paid_order(variants=[(far, 3)]).order,
    ]
    make_parcel(make_paid_order(variants=[(near, 1)]).order)

    found = pick_list(orders_count=20, locale="en")

    assert [(pick.sku, pick.quantity) for pick in found.picks] == [(near.sku, 2), (far.sku, 4), (unplaced.sku, 1)]
    assert found.picks[1].order_numbers == [orders[0].number, orders[2].number]
    assert (found.orders_count, found.picks[2].place) == (3, None)
    assert found.metres == walk_metres([Stop(1, 2), Stop(9, 18)]) < found.metres_as_came
    assert found.metres_as_came == walk_metres([Stop(9, 18), Stop(1, 2), Stop(9, 18)])
    assert pick_list(orders_count=1, locale="en").orders_count == 1


@pytest.mark.django_db
def test_what_is_sent_again_is_collected_too():
    _order, case, new = exchange_to_send()
    set_place(variant_id=new, aisle=2, bay=5, shelf=1)

    found = pick_list(orders_count=20, locale="en")

    assert [(pick.quantity, pick.place.aisle) for pick in found.picks] == [(1, 2)]
    assert found.picks[0].order_numbers == [case.order.number]


@pytest.mark.django_db
def test_a_place_must_be_in_the_warehouse():
    variant = make_variant()

    for wrong in ((0, 1, 1), (1, 100, 1), (1, 1, 10)):
        with pytest.raises(InvalidInput):
            set_place(variant_id=variant.id, aisle=wrong[0], bay=wrong[1], shelf=wrong[2])
    with pytest.raises(NotFound):
        set_place(variant_id=new_id(), aisle=1, bay=1, shelf=1)

    assert StoragePlace.objects.count() == 0
    set_place(variant_id=variant.id, aisle=3, bay=12, shelf=2)
    assert str(set_place(variant_id=variant.id, aisle=3, bay=12, shelf=4)) == "03-12-4"

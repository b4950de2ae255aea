"""How many may sit down in all: seat by seat, or by whole groups; under many at once, with a control."""

from unittest.mock import patch

import pytest

from backend.orders.models import OrderState
from groupbuy.actions import expire_due_groups
from groupbuy.errors import GroupFull, PlacesGone
from groupbuy.models import Group, GroupOrder, Seat
from groupbuy.rules import shape_problems
from tests.factories.groupbuy import hold, join, let_pass, make_group, make_offered_product, order_opening
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import this_moment
from tests.support.races import all_at_once

SITTING = ("HELD", "PAID", "CONFIRMED")
WANTING = 20


def sitting() -> int:
    return Seat.objects.filter(state__in=SITTING).count()


@pytest.mark.django_db
def test_seat_by_seat_the_last_place_may_be_missing_in_an_open_group():
    product = make_offered_product(size=3, quota=3)
    group = make_group(product)
    make_group(product)
    join(group)

    with pytest.raises(PlacesGone):
        hold(group)

    assert (sitting(), GroupOrder.objects.count()) == (3, 3)


@pytest.mark.django_db
def test_whole_groups_keep_their_seats_and_no_further_group_opens():
    product = make_offered_product(size=3, quota=5, quotaMode="group")
    group = make_group(product)

    with pytest.raises(PlacesGone):
        order_opening(product)
    join(group)
    join(group)

    assert (Group.objects.count(), sitting()) == (1, 3)


@pytest.mark.django_db
def test_a_leader_who_is_about_to_pay_has_a_place():
    product = make_offered_product(size=2, quota=2)
    first = order_opening(product)
    order_opening(product)

    with pytest.raises(PlacesGone):
        order_opening(product)
    pay(first, now=this_moment())

    assert Group.objects.count() == 1


@pytest.mark.django_db
def test_places_come_back_when_a_group_is_over():
    product = make_offered_product(size=2, quota=2, quotaMode="group")
    let_pass(make_group(product))

    expire_due_groups(now=this_moment())

    assert order_opening(product).order.state == OrderState.PENDING_PAYMENT


@pytest.mark.django_db
def test_money_that_comes_after_the_last_place_goes_back():
    product = make_offered_product(size=2, quota=2, quotaMode="group")
    late = order_opening(product)
    GroupOrder.objects.filter(pk=late.order.id).update(state="DROPPED")
    make_group(product)

    pay(late, now=this_moment())

    late.order.refresh_from_db()
    assert (late.order.state, Group.objects.count()) == (OrderState.CANCELLED, 1)


@pytest.mark.parametrize(
    ("params", "field"),
    [({"size": 5, "quota": 4}, "quota"), ({"size": 2, "quota": 0}, "quota"), ({"quotaMode": "moon"}, "quotaMode")],
)
def test_a_quota_without_sense_is_refused(params, field):
    sound = {"productIds": ["0190a0a0-0000-7000-8000-000000000000"], "size": 2, "discountBps": 1000}

    assert field in [name for name, _message in shape_problems({**sound, **params})]


def all_want_in():
    """Three places are left, six seats are free at two tables, and twenty people come at once."""
    product = make_offered_product(size=4, quota=5)
    tables = [make_group(product), make_group(product)]
    people = [make_buyer(f"Buyer {number}", now=this_moment()) for number in range(WANTING)]
    return all_at_once(WANTING, lambda number: hold(tables[number % 2], buyer=people[number]))


@pytest.mark.usefixtures("fresh_database")
def test_of_twenty_who_want_the_last_three_places_three_get_one():
    outcome = all_want_in()

    assert {type(each) for each in outcome.raised} <= {PlacesGone, GroupFull}
    assert (len(outcome.answers), sitting()) == (3, 5)


@pytest.mark.usefixtures("fresh_database")
def test_without_the_lock_more_sit_down_than_there_are_places():
    with patch("groupbuy.actions.price_source.advisory_lock"):
        all_want_in()

    assert sitting() > 5

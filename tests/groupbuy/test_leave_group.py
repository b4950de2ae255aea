"""Giving a seat back before the group is full."""

import pytest

from backend.core.ids import new_id
from backend.orders.models import OrderState
from backend.payments.models import Refund
from groupbuy.actions import leave_group
from groupbuy.errors import SeatCannotBeLeft
from groupbuy.models import GroupState, Seat, SeatState
from tests.factories.groupbuy import hold, join, make_group, make_offered_product
from tests.factories.orders import make_buyer
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db


def leave(group, buyer_id, key=None):
    """Leave a group."""
    return leave_group(group_id=group.id, buyer_id=buyer_id, idempotency_key=key or new_id(), now=this_moment())


def test_a_paid_seat_is_given_back_and_refunded():
    group = make_group(size=4)
    placed = join(group)

    order = leave(group, placed.order.buyer_id)

    group.refresh_from_db()
    assert (group.seats_taken, group.seats_paid) == (1, 1)
    assert order.state == OrderState.CANCELLED
    assert Seat.objects.get(order=order).state == SeatState.REFUNDING
    assert Refund.objects.count() == 1


def test_leaving_twice_with_one_key_leaves_once():
    group = make_group(size=4)
    placed = join(group)
    key = new_id()
    leave(group, placed.order.buyer_id, key)

    leave(group, placed.order.buyer_id, key)

    group.refresh_from_db()
    assert group.seats_taken == 1
    assert Refund.objects.count() == 1


def test_an_unpaid_seat_closes_its_order():
    group = make_group()
    seat, _placed = hold(group)

    order = leave(group, seat.buyer_id)

    seat.refresh_from_db()
    assert (order.state, seat.state) == (OrderState.CLOSED, SeatState.RELEASED)
    assert not Refund.objects.exists()


def test_when_the_leader_leaves_the_earliest_paid_seat_leads_and_the_deadline_stays():
    group = make_group(size=4)
    heir = join(group)
    join(group)
    deadline = group.deadline_at

    leave(group, group.leader_id)

    group.refresh_from_db()
    assert group.leader_id == heir.order.buyer_id
    assert group.state == GroupState.FORMING
    assert group.deadline_at == deadline


def test_when_the_leader_leaves_alone_the_group_is_cancelled():
    group = make_group()
    held, _unpaid = hold(group)

    leave(group, group.leader_id)

    group.refresh_from_db()
    held.refresh_from_db()
    assert (group.state, held.state) == (GroupState.CANCELLED, SeatState.RELEASED)
    assert Refund.objects.count() == 1


def test_a_full_group_is_not_left():
    group = make_group(size=2)
    placed = join(group)

    with pytest.raises(SeatCannotBeLeft):
        leave(group, placed.order.buyer_id)

    group.refresh_from_db()
    assert (group.state, group.seats_paid) == (GroupState.FILLED, 2)
    assert not Refund.objects.exists()


def test_a_paid_seat_is_left_once_per_campaign():
    product = make_offered_product(size=4)
    buyer = make_buyer("Fickle")
    first, second = make_group(product), make_group(product)
    join(first, buyer=buyer)
    leave(first, buyer.id)
    join(second, buyer=buyer)

    with pytest.raises(SeatCannotBeLeft):
        leave(second, buyer.id)

    assert Seat.objects.get(group=second, buyer=buyer).state == SeatState.PAID

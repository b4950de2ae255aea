"""Opening a group."""

import pytest

from backend.core.outbox.models import OutboxEvent
from backend.messaging.models import Room, RoomMember
from backend.orders.models import OrderState
from groupbuy.models import Group, GroupState, Seat, SeatState
from tests.factories.groupbuy import group_of, make_offered_product, order_opening
from tests.factories.payments import pay

pytestmark = pytest.mark.django_db


def test_nobody_sees_a_group_before_its_leader_has_paid():
    product = make_offered_product()

    order_opening(product)

    assert not Group.objects.exists()
    assert not Seat.objects.exists()


def test_the_leader_pays_and_the_group_is_there_with_a_seat_and_a_room():
    product = make_offered_product()
    placed = order_opening(product)

    pay(placed)

    group = group_of(placed)
    assert (group.state, group.seats_taken, group.seats_paid, group.size) == (GroupState.FORMING, 1, 1, 3)
    assert group.leader_id == placed.order.buyer_id
    assert Seat.objects.get(group=group).state == SeatState.PAID
    assert Room.objects.get(pk=group.room_id).subject_id == group.id
    assert RoomMember.objects.filter(room_id=group.room_id, user_id=group.leader_id).exists()
    assert placed.order.state == OrderState.AWAITING_GROUP
    assert OutboxEvent.objects.filter(name="GroupOpened").count() == 1


def test_the_leader_pays_the_group_price():
    product = make_offered_product(discountBps=2000)

    placed = order_opening(product, quantity=2)

    assert placed.order.items_minor == 2 * 5990
    assert placed.order.discount_minor == 2 * 1198

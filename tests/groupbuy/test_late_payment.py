"""Money that comes when the seat or the group is gone: the buyer's choice, and never an exception."""

from datetime import timedelta

import pytest

from backend.ledger.selectors import conservation
from backend.orders.models import OrderState
from backend.payments.models import Refund, Verdict
from groupbuy.actions import expire_due_groups, match_waiting_orders, release_due_seats, set_late_choice
from groupbuy.errors import ChoiceTooLate
from groupbuy.models import GroupOrder, GroupOrderState, GroupState, Seat, SeatState
from tests.factories.groupbuy import group_of, hold, join, let_pass, make_group, make_offered_product
from tests.factories.payments import pay
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db


def late(group, **options):
    """An unpaid order whose group is then over."""
    _seat, placed = hold(group, **options)
    let_pass(group)
    expire_due_groups(now=this_moment())
    return placed


def lose_hold(seat):
    """Let the time to pay of a seat run out."""
    Seat.objects.filter(pk=seat.pk).update(held_until=this_moment() - timedelta(seconds=1))
    release_due_seats(now=this_moment())


def test_a_lost_hold_is_taken_again_while_the_group_has_room():
    group = make_group(size=3)
    seat, placed = hold(group)
    lose_hold(seat)

    assert pay(placed, now=this_moment()) == Verdict.APPLIED

    group.refresh_from_db()
    assert group.seats_paid == 2
    assert Seat.objects.filter(order=placed.order, state=SeatState.PAID).count() == 1
    assert placed.order.state == OrderState.AWAITING_GROUP


def test_who_chose_so_opens_their_own_group():
    group = make_group()
    placed = late(group, late_choice="OPEN_OWN")

    pay(placed, now=this_moment())

    own = group_of(placed)
    assert own.id != group.id
    assert own.leader_id == placed.order.buyer_id
    assert own.state == GroupState.FORMING


def test_who_chose_so_is_matched_with_the_group_nearest_to_being_full():
    product = make_offered_product(size=3)
    group = make_group(product)
    placed = late(group, late_choice="AUTO_MATCH")
    make_group(product)
    nearest = make_group(product)
    join(nearest)

    pay(placed, now=this_moment())

    nearest.refresh_from_db()
    assert group_of(placed).id == nearest.id
    assert nearest.state == GroupState.FILLED
    assert Refund.objects.filter(order=placed.order).count() == 0


def test_without_another_group_the_search_goes_on_for_a_minute_and_then_refunds():
    group = make_group()
    placed = late(group, late_choice="AUTO_MATCH")
    now = this_moment()

    pay(placed, now=now)

    assert GroupOrder.objects.get(pk=placed.order.id).state == GroupOrderState.MATCHING
    assert placed.order.state == OrderState.AWAITING_GROUP
    assert match_waiting_orders(now=now + timedelta(seconds=59)) == 0
    assert match_waiting_orders(now=now + timedelta(seconds=60)) == 1
    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.CANCELLED
    assert Refund.objects.filter(order=placed.order).count() == 1
    assert conservation()["difference"] == 0


def test_a_group_that_opens_within_the_minute_is_taken():
    product = make_offered_product()
    group = make_group(product)
    placed = late(group, late_choice="AUTO_MATCH")
    now = this_moment()
    pay(placed, now=now)
    other = make_group(product)

    assert match_waiting_orders(now=now + timedelta(seconds=30)) == 1

    assert group_of(placed).id == other.id


def test_who_chose_so_is_refunded():
    group = make_group()
    placed = late(group, late_choice="REFUND")

    pay(placed, now=this_moment())

    assert placed.order.state == OrderState.CANCELLED
    assert Refund.objects.filter(order=placed.order).count() == 1
    assert GroupOrder.objects.get(pk=placed.order.id).state == GroupOrderState.RETURNED
    assert conservation()["difference"] == 0


def test_the_choice_can_be_changed_until_the_money_is_in():
    group = make_group()
    seat, placed = hold(group, late_choice="REFUND")

    set_late_choice(group_id=group.id, buyer_id=seat.buyer_id, choice="OPEN_OWN", now=this_moment())
    pay(placed, now=this_moment())

    assert GroupOrder.objects.get(pk=placed.order.id).late_choice == "OPEN_OWN"
    with pytest.raises(ChoiceTooLate):
        set_late_choice(group_id=group.id, buyer_id=seat.buyer_id, choice="REFUND", now=this_moment())

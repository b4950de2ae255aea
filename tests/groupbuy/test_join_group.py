"""Joining a group: a held seat, then a paid one; the last one fills the group."""

from datetime import timedelta

import pytest

from backend.core.errors import InvalidInput
from backend.core.outbox.models import OutboxEvent
from backend.orders.models import Order, OrderState
from groupbuy.actions import release_due_seats
from groupbuy.errors import AlreadySeated, GroupClosed, GroupFull, LimitReached, NewcomersOnly, NotEligible
from groupbuy.models import GroupState, Seat, SeatState
from tests.factories.catalogue import make_product
from tests.factories.groupbuy import asked, hold, join, let_pass, make_group, make_offered_product, order_opening
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db


def kept_order(buyer):
    """Make somebody who is no newcomer."""
    return Order.objects.create(
        number=f"kept-{buyer.id.hex[:12]}", buyer=buyer, state=OrderState.COMPLETED, items_minor=1, total_minor=1,
        placed_at=this_moment(), pay_deadline_at=this_moment(),
    )  # fmt: skip


def test_joining_holds_a_seat_for_ten_minutes():
    group = make_group()
    now = this_moment()

    seat, placed = hold(group, now=now)

    group.refresh_from_db()
    assert (seat.state, seat.held_until) == (SeatState.HELD, now + timedelta(minutes=10))
    assert (group.seats_taken, group.seats_paid) == (2, 1)
    assert placed.order.pay_deadline_at == seat.held_until


def test_near_the_deadline_a_hold_is_shorter_and_never_outlives_the_group():
    group = make_group()
    now = this_moment()
    group.deadline_at = now + timedelta(minutes=4)
    group.save(update_fields=["deadline_at"])

    seat, _placed = hold(group, now=now)

    assert seat.held_until == now + timedelta(minutes=2)


def test_two_pieces_are_one_seat():
    group = make_group()

    placed = join(group, quantity=2)

    group.refresh_from_db()
    assert group.seats_taken == 2
    assert placed.order.items_minor == 2 * 5990


def test_the_last_seat_fills_the_group_once(deliver_outbox):
    group = make_group(size=3)
    join(group)

    join(group)

    group.refresh_from_db()
    assert (group.state, group.seats_paid) == (GroupState.FILLED, 3)
    assert OutboxEvent.objects.filter(name="GroupFilled").count() == 1
    deliver_outbox()
    group.refresh_from_db()
    assert group.state == GroupState.CONFIRMED
    assert set(Seat.objects.filter(group=group).values_list("state", flat=True)) == {SeatState.CONFIRMED}
    assert set(Order.objects.filter(kind="group").values_list("state", flat=True)) == {OrderState.PAID}


def test_a_full_group_offers_what_can_be_done_instead():
    product = make_offered_product(size=2)
    other = make_group(product)
    group = make_group(product)
    join(group)
    orders = Order.objects.count()

    with pytest.raises(GroupFull) as refused:
        hold(group)

    kinds = [choice["kind"] for choice in refused.value.choices]
    assert kinds == ["OPEN_OWN", "AUTO_MATCH", "REFUND"]
    assert refused.value.choices[1]["groupId"] == other.id
    assert Order.objects.count() == orders


def test_a_group_past_its_deadline_is_closed_before_anybody_has_closed_it():
    group = make_group()
    let_pass(group)
    orders = Order.objects.count()

    with pytest.raises(GroupClosed):
        hold(group)

    assert Order.objects.count() == orders
    assert group.state == GroupState.FORMING


def test_nobody_takes_two_seats_of_one_group():
    group = make_group()
    buyer = make_buyer("Twice")
    hold(group, buyer=buyer)

    with pytest.raises(AlreadySeated):
        hold(group, buyer=buyer)

    assert Seat.objects.filter(buyer=buyer).count() == 1


def test_the_leader_does_not_join_their_own_group():
    group = make_group()

    with pytest.raises(AlreadySeated):
        hold(group, buyer=group.leader)


def test_sending_twice_holds_one_seat():
    group = make_group()
    buyer = make_buyer("Click")
    key = Seat.objects.first().id

    first, _ = hold(group, buyer=buyer, key=key)
    with pytest.raises(AlreadySeated):
        hold(group, buyer=buyer)
    again, _ = hold(group, buyer=buyer, key=key)

    assert again.id == first.id


def test_another_product_does_not_belong_to_the_group():
    group = make_group()
    other = make_product()
    buyer = make_buyer("Wrong")

    with pytest.raises(InvalidInput):
        hold(group, buyer=buyer, variant_id=asked(other, buyer).variant_id)

    assert not Seat.objects.filter(buyer=buyer).exists()


def test_newcomers_only_means_people_without_a_kept_order():
    group = make_group(joiners="new")
    buyer = make_buyer("Old")
    kept_order(buyer)

    with pytest.raises(NewcomersOnly):
        hold(group, buyer=buyer)

    assert not Seat.objects.filter(buyer=buyer).exists()


def test_an_audience_of_returning_buyers_refuses_a_new_one():
    product = make_offered_product(campaign={"audience": {"who": "returning"}})

    with pytest.raises(NotEligible):
        order_opening(product)

    assert not Order.objects.exists()


def test_one_person_opens_as_many_groups_as_the_offer_allows():
    product = make_offered_product(perUserOpen=1)
    buyer = make_buyer("Busy")
    order_opening(product, buyer=buyer)

    with pytest.raises(LimitReached) as refused:
        order_opening(product, buyer=buyer)

    assert refused.value.limit == 1
    assert Order.objects.filter(buyer=buyer).count() == 1


def test_a_hold_that_runs_out_frees_the_seat_for_the_next():
    group = make_group(size=2)
    seat, _placed = hold(group)
    Seat.objects.filter(pk=seat.pk).update(held_until=this_moment() - timedelta(seconds=1))

    assert release_due_seats(now=this_moment()) == 1
    group.refresh_from_db()
    assert group.seats_taken == 1
    later, _ = hold(group)
    assert later.number == 3


def test_paying_twice_changes_nothing_more():
    group = make_group()
    _seat, placed = hold(group)
    pay(placed, now=this_moment())

    pay(placed, now=this_moment())

    group.refresh_from_db()
    assert group.seats_paid == 2

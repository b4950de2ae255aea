"""Waiting for a seat of a full group: told in the order of asking."""

from datetime import timedelta

import pytest

from backend.core.ids import new_id
from backend.messaging.models import Notification
from groupbuy.actions import leave_group, pass_places_on, release_due_seats, stop_waiting, wait_for_seat
from groupbuy.errors import AlreadySeated, GroupClosed, SeatsAreFree
from groupbuy.models import Seat, WaitingPlace, WaitState
from tests.factories.groupbuy import hold, join, let_pass, make_group
from tests.factories.orders import make_buyer
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db


def wait(group, buyer=None):
    """Get in line."""
    return wait_for_seat(group_id=group.id, buyer_id=(buyer or make_buyer("Wanda")).id, now=this_moment())


def states(*places):
    """Where places stand now."""
    return [WaitingPlace.objects.get(pk=place.pk).state for place in places]


def full_by_a_hold():
    """A group of two whose last seat is held by somebody who has yet to pay."""
    group = make_group(size=2)
    seat, _placed = hold(group)
    return group, seat


def lose(seat):
    """Let a hold run out."""
    Seat.objects.filter(pk=seat.pk).update(held_until=this_moment() - timedelta(seconds=1))
    release_due_seats(now=this_moment())


def test_who_asked_first_is_told_first(deliver_outbox):
    group, seat = full_by_a_hold()
    first, second = wait(group), wait(group)

    lose(seat)
    deliver_outbox()

    assert states(first, second) == [WaitState.TOLD, WaitState.WAITING]
    told = Notification.objects.filter(kind="groupbuy.seat_free")
    assert [each.user_id for each in told] == [first.buyer_id]


def test_a_turn_that_is_not_taken_goes_to_the_next(deliver_outbox):
    group, seat = full_by_a_hold()
    first, second = wait(group), wait(group)
    lose(seat)
    deliver_outbox()

    pass_places_on(now=this_moment() + timedelta(minutes=4))

    assert states(first, second) == [WaitState.OVER, WaitState.TOLD]


def test_a_turn_that_is_taken_ends_in_a_seat(deliver_outbox):
    group, seat = full_by_a_hold()
    buyer = make_buyer("Wanda")
    place = wait(group, buyer)
    lose(seat)
    deliver_outbox()

    join(group, buyer=buyer)
    pass_places_on(now=this_moment() + timedelta(minutes=4))

    group.refresh_from_db()
    assert group.seats_paid == 2
    assert states(place) == [WaitState.OVER]


def test_a_paid_seat_that_is_left_calls_the_next_too(deliver_outbox):
    group = make_group(size=3)
    leaver = join(group)
    hold(group)
    place = wait(group)

    leave_group(group_id=group.id, buyer_id=leaver.order.buyer_id, idempotency_key=new_id(), now=this_moment())
    deliver_outbox()

    assert states(place) == [WaitState.TOLD]


def test_who_gives_the_place_up_lets_the_next_in(deliver_outbox):
    group, seat = full_by_a_hold()
    first, second = wait(group), wait(group)
    lose(seat)
    deliver_outbox()

    stop_waiting(group_id=group.id, buyer_id=first.buyer_id, now=this_moment())

    assert states(first, second) == [WaitState.OVER, WaitState.TOLD]


def test_asking_twice_keeps_one_place():
    group, _seat = full_by_a_hold()
    buyer = make_buyer("Wanda")

    assert wait(group, buyer).id == wait(group, buyer).id
    assert WaitingPlace.objects.count() == 1


@pytest.mark.parametrize("case", ["free", "over", "seated"])
def test_a_line_that_leads_nowhere_is_refused(case):
    group, seat = full_by_a_hold()
    if case == "free":
        lose(seat)
    if case == "over":
        let_pass(group)
    buyer = group.leader if case == "seated" else make_buyer("Wanda")

    with pytest.raises({"free": SeatsAreFree, "over": GroupClosed, "seated": AlreadySeated}[case]):
        wait(group, buyer)

    assert not WaitingPlace.objects.exists()

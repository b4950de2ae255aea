"""Two half-full groups sit at one table when both leaders want it."""

from datetime import timedelta

import pytest

from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.ledger.selectors import conservation
from backend.orders.models import Order, OrderState
from groupbuy.actions import answer_merge, ask_to_merge, leave_group
from groupbuy.errors import CannotMerge, MergeDecided, NoLeader
from groupbuy.models import Group, GroupOrder, GroupState, MergeOffer, MergeState, Seat
from groupbuy.selectors import merge_candidates
from tests.factories.groupbuy import hold, join, let_pass, make_group, make_offered_product
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db


def two_groups(*, size=4, **params):
    """Two open groups of one offer."""
    product = make_offered_product(size=size, allowMerge=True, **params)
    return make_group(product), make_group(product)


def ask(group, into, leader_id=None):
    """Ask as the leader."""
    return ask_to_merge(group_id=group.id, into_id=into.id, leader_id=leader_id or group.leader_id, now=this_moment())


def answer(offer, leader_id, *, agrees=True):
    """Answer as somebody."""
    return answer_merge(merge_id=offer.id, leader_id=leader_id, agrees=agrees, now=this_moment())


def test_both_leaders_consent_and_everybody_sits_at_one_table(deliver_outbox):
    group, into = two_groups()
    guest = join(group)
    Group.objects.filter(pk=group.pk).update(deadline_at=into.deadline_at - timedelta(hours=2))

    answer(ask(group, into), into.leader_id)
    deliver_outbox()

    group.refresh_from_db()
    leader = into.leader_id
    into.refresh_from_db()
    assert (group.state, group.merged_into_id, group.seats_taken) == (GroupState.MERGED, into.id, 0)
    assert (into.seats_taken, into.seats_paid, into.leader_id) == (3, 3, leader)
    assert into.deadline_at == group.deadline_at
    assert [seat.number for seat in Seat.objects.filter(group=into).order_by("number")] == [1, 2, 3]
    assert GroupOrder.objects.get(pk=guest.order.id).group_id == into.id
    assert conservation()["difference"] == 0


def test_two_halves_make_one_full_group(deliver_outbox):
    group, into = two_groups(size=2)

    answer(ask(group, into), into.leader_id)
    deliver_outbox()

    into.refresh_from_db()
    assert into.state == GroupState.CONFIRMED
    assert set(Order.objects.values_list("state", flat=True)) == {OrderState.PAID}


def test_a_held_seat_moves_along_and_can_be_paid():
    group, into = two_groups()
    seat, placed = hold(group)
    answer(ask(group, into), into.leader_id)

    pay(placed, now=this_moment())

    seat.refresh_from_db()
    into.refresh_from_db()
    assert (seat.group_id, seat.state, into.seats_paid) == (into.id, "PAID", 3)


def test_who_moved_may_still_leave():
    group, into = two_groups()
    guest = join(group)
    answer(ask(group, into), into.leader_id)

    leave_group(group_id=into.id, buyer_id=guest.order.buyer_id, idempotency_key=new_id(), now=this_moment())

    into.refresh_from_db()
    assert (into.seats_taken, into.seats_paid) == (2, 2)


def test_a_no_leaves_both_as_they_are():
    group, into = two_groups()

    offer = answer(ask(group, into), into.leader_id, agrees=False)

    group.refresh_from_db()
    assert (offer.state, group.state) == (MergeState.DECLINED, GroupState.FORMING)
    with pytest.raises(MergeDecided):
        answer(offer, into.leader_id)


def test_only_leaders_ask_and_answer():
    group, into = two_groups()
    mallory = make_buyer("Mallory")

    with pytest.raises(NoLeader):
        ask(group, into, mallory.id)
    assert not MergeOffer.objects.exists()
    offer = ask(group, into)
    for stranger in (mallory.id, group.leader_id):
        with pytest.raises(NotFound):
            answer(offer, stranger)
    assert Group.objects.filter(state=GroupState.FORMING).count() == 2


@pytest.mark.parametrize("case", ["other offer", "too many", "over", "same person", "not allowed", "itself"])
def test_what_does_not_fit_is_not_put_together(case):
    group, into = two_groups(size=3)
    if case == "other offer":
        into = make_group(make_offered_product(size=3, allowMerge=True))
    if case == "too many":
        join(group)
        join(into)
    if case == "over":
        let_pass(into)
    if case == "same person":
        join(into, buyer=group.leader)
    if case == "not allowed":
        product = make_offered_product(size=3)
        group, into = make_group(product), make_group(product)
    if case == "itself":
        into = group

    with pytest.raises(CannotMerge):
        ask(group, into)

    assert not MergeOffer.objects.exists()


def test_what_has_changed_since_the_asking_is_looked_at_again():
    group, into = two_groups(size=3)
    offer = ask(group, into)
    join(group)
    join(into)

    with pytest.raises(CannotMerge):
        answer(offer, into.leader_id)

    offer.refresh_from_db()
    assert offer.state == MergeState.ASKED
    assert Group.objects.filter(state=GroupState.FORMING).count() == 2


def test_only_a_leader_sees_whom_to_ask_and_unlisted_groups_stay_unseen():
    group, into = two_groups()
    hidden = make_group(group.product)
    Group.objects.filter(pk=hidden.pk).update(is_listed=False)

    found = merge_candidates(group_id=group.id, leader_id=group.leader_id, now=this_moment())

    assert found == [into.id]
    assert merge_candidates(group_id=group.id, leader_id=into.leader_id, now=this_moment()) == []

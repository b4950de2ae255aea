"""Many at once: a difference goes back once, a table is never overfull, a group is drawn once; with controls."""

import time
from unittest.mock import patch

import pytest

from backend.core.ids import new_id
from backend.core.outbox.relay import deliver_pending
from backend.payments.actions import request_refund
from backend.payments.models import Refund
from groupbuy import rules
from groupbuy.actions import answer_merge, ask_to_merge, draw_winners, expire_due_groups, return_difference
from groupbuy.actions.return_difference import LADDER as LADDER_REASON
from groupbuy.models import Draw, Group, Seat
from tests.factories.groupbuy import join, let_pass, make_group, make_offered_product
from tests.factories.promotions import this_moment
from tests.support.races import all_at_once

WORKERS = 8
THINKING_SECONDS = 0.05
LADDER = [{"size": 2, "discountBps": 1000}, {"size": 3, "discountBps": 2000}]


def closed_ladder() -> Seat:
    """A seat of a ladder that has reached a lower price; nothing is sent back yet."""
    group = make_group(make_offered_product(ladder=LADDER, size=None, discountBps=None))
    join(group)
    join(group)
    let_pass(group)
    expire_due_groups(now=this_moment())
    return Seat.objects.get(group=group, number=2)


def naive_return(seat: Seat) -> None:
    """What a shop does that looks first whether the difference was sent."""
    if Seat.objects.get(pk=seat.pk).difference_sent_at is None:
        time.sleep(THINKING_SECONDS)
        request_refund(
            order_id=seat.order_id, amount_minor=100, reason=LADDER_REASON, cause=str(new_id()), now=this_moment()
        )
        Seat.objects.filter(pk=seat.pk).update(difference_sent_at=this_moment())


@pytest.mark.usefixtures("fresh_database")
def test_many_workers_send_a_difference_back_once():
    seat = closed_ladder()

    outcome = all_at_once(WORKERS, lambda _worker: return_difference(seat_id=seat.id, now=this_moment()))

    assert outcome.raised == []
    assert sorted(outcome.answers) == [False] * (WORKERS - 1) + [True]
    assert Refund.objects.filter(order=seat.order).count() == 1


@pytest.mark.usefixtures("fresh_database")
def test_without_the_conditional_update_it_goes_back_several_times():
    seat = closed_ladder()

    all_at_once(WORKERS, lambda _worker: naive_return(seat))

    assert Refund.objects.filter(order=seat.order).count() > 1


def three_tables():
    """Two groups of two that both ask a third, where only one of them fits."""
    product = make_offered_product(size=4, allowMerge=True)
    one, two, into = (make_group(product) for _ in range(3))
    for group in (one, two):
        join(group)
    offers = [
        ask_to_merge(group_id=group.id, into_id=into.id, leader_id=group.leader_id, now=this_moment())
        for group in (one, two)
    ]
    return into, offers


def answer_both(into, offers):
    """The leader agrees to both in two tabs."""
    return all_at_once(
        2,
        lambda number: answer_merge(
            merge_id=offers[number].id, leader_id=into.leader_id, agrees=True, now=this_moment()
        ),
    )


def unheld(model, pks):
    """Read without holding, and think."""
    rows = list(model.objects.filter(pk__in=pks))
    time.sleep(THINKING_SECONDS)
    return rows


@pytest.mark.usefixtures("fresh_database")
def test_of_two_groups_that_do_not_both_fit_one_sits_down():
    into, offers = three_tables()

    outcome = answer_both(into, offers)

    assert (len(outcome.answers), [type(each).__name__ for each in outcome.raised]) == (1, ["CannotMerge"])
    assert Group.objects.get(pk=into.pk).seats_taken == 3


@pytest.mark.usefixtures("fresh_database")
def test_without_the_locks_the_database_must_refuse_the_second():
    into, offers = three_tables()

    with patch("groupbuy.actions.merge_groups.lock_many", unheld):
        outcome = answer_both(into, offers)

    assert [type(each).__name__ for each in outcome.raised] != ["CannotMerge"]


def sealed_group() -> Group:
    """A full lottery group whose entries are sealed."""
    group = make_group(make_offered_product(size=3, winners=1))
    join(group)
    join(group)
    while deliver_pending():
        pass
    return group


@pytest.mark.usefixtures("fresh_database")
def test_many_workers_draw_a_group_once():
    group = sealed_group()
    later = this_moment() + rules.SEALED_FOR

    outcome = all_at_once(WORKERS, lambda _worker: draw_winners(group_id=group.id, now=later))

    assert sorted(outcome.answers) == [False] * (WORKERS - 1) + [True]
    assert Seat.objects.filter(group=group, state="LOST").count() == 2
    assert len(Draw.objects.get().ranking) == 3


@pytest.mark.usefixtures("fresh_database")
def test_without_holding_the_group_several_workers_draw_it():
    group = sealed_group()
    later = this_moment() + rules.SEALED_FOR

    with patch("groupbuy.actions.draw_winners.hold_group", lambda pk: unheld(Group, [pk])[0]):
        outcome = all_at_once(WORKERS, lambda _worker: draw_winners(group_id=group.id, now=later))

    assert sorted(outcome.answers) != [False] * (WORKERS - 1) + [True]

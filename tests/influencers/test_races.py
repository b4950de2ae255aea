"""Two at once, each with a control that goes wrong without the guard."""

import threading
import time
from datetime import timedelta

import pytest

from backend.ledger.selectors import balance
from backend.orders.actions import refund_lines
from backend.orders.models import OrderLine
from referrals.influencers import actions
from referrals.influencers.errors import BatchMovedOn, ResultFileRefused, SecondPersonNeeded
from referrals.influencers.models import Commission, CommissionEntry, PayoutBatch, PayoutItem
from referrals.influencers.selectors.auditing import differences
from tests.factories.catalogue import NOON, make_variant
from tests.factories.creators import buy_through, deliver, live_creator
from tests.influencers.test_payout import CLOSED, VESTED, answer_of, earned, sent_batch, two_people
from tests.support.races import all_at_once

THINKING_SECONDS = 0.05


def frozen_batch():
    earned()
    gil, ann = two_people()
    batch = actions.open_batch(by=gil.id, now=CLOSED)
    actions.freeze_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)
    return batch, (gil, ann)


def test_two_approvals_at_once_are_both_counted(fresh_database):
    batch, people = frozen_batch()

    outcome = all_at_once(2, lambda number: actions.approve_batch(batch_id=batch.pk, by=people[number].id, now=CLOSED))

    batch.refresh_from_db()
    assert outcome.raised == []
    assert batch.state == "APPROVED"
    assert {batch.first_approver_id, batch.second_approver_id} == {person.id for person in people}


def test_one_person_in_two_tabs_is_one_person(fresh_database):
    batch, (gil, _ann) = frozen_batch()

    outcome = all_at_once(6, lambda _: actions.approve_batch(batch_id=batch.pk, by=gil.id, now=CLOSED))

    batch.refresh_from_db()
    assert {type(raised) for raised in outcome.raised} == {SecondPersonNeeded}
    assert batch.state == "FROZEN"


def test_the_control_of_approvals_loses_one_without_the_lock(fresh_database):
    batch, people = frozen_batch()

    def look_then_write(number: int) -> None:
        seen = PayoutBatch.objects.get(pk=batch.pk)
        time.sleep(THINKING_SECONDS)
        if seen.first_approver_id is None:
            PayoutBatch.objects.filter(pk=batch.pk).update(first_approver=people[number], first_approved_at=CLOSED)

    all_at_once(2, look_then_write)

    batch.refresh_from_db()
    assert batch.second_approver_id is None


def test_a_refund_that_meets_the_freeze_changes_no_sum_of_the_batch(fresh_database):
    lily, order = earned()
    gil, _ann = two_people()
    batch = actions.open_batch(by=gil.id, now=CLOSED)
    line = OrderLine.objects.get(order=order)
    refund_lines(order_id=order.id, pieces=[(line.pk, 1, line.total_minor)], now=CLOSED)

    def move(number: int) -> None:
        if number % 2:
            actions.reduce_commissions(order_id=order.id, now=CLOSED)
        else:
            actions.freeze_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)

    outcome = all_at_once(6, move)

    assert {type(raised) for raised in outcome.raised} == {BatchMovedOn}
    assert PayoutBatch.objects.get().state == "FROZEN"
    assert balance(kind="payout_in_flight") == 100_000
    assert balance(kind="commission_vested", owner_id=lily.pk) == -100_000
    assert CommissionEntry.objects.filter(kind="REFUND").count() == 1
    assert differences() == []


def test_the_control_of_refunds_takes_back_twice_without_the_lock(fresh_database):
    _lily, order = earned()
    row = Commission.objects.get(order=order)
    taken = []

    def look_then_write(_number: int) -> None:
        seen = Commission.objects.get(pk=row.pk)
        time.sleep(THINKING_SECONDS)
        if seen.kept_minor:
            taken.append(seen.kept_minor)
            Commission.objects.filter(pk=row.pk).update(kept_minor=0)

    all_at_once(4, look_then_write)

    assert sum(taken) > row.amount_minor


def test_a_result_file_that_arrives_many_times_pays_once(fresh_database):
    earned()
    batch, _text = sent_batch()
    gil, _ann = two_people()
    text = answer_of(batch)

    outcome = all_at_once(
        6, lambda _: actions.import_results(batch_id=batch.pk, text=text, by=gil.id, now=CLOSED).state
    )

    assert outcome.raised == []
    assert set(outcome.answers) == {"SETTLED"}
    assert balance(kind="payout_paid") == 96_000
    assert differences() == []


def test_the_control_of_results_settles_more_than_once_without_the_lock(fresh_database, monkeypatch):
    earned()
    batch, _text = sent_batch()
    gil, _ann = two_people()
    text = answer_of(batch)

    def look(model, pk):
        found = model.objects.get(pk=pk)
        time.sleep(THINKING_SECONDS)
        return found

    monkeypatch.setattr("referrals.influencers.actions.results.lock_one", look)
    outcome = all_at_once(6, lambda _: actions.import_results(batch_id=batch.pk, text=text, by=gil.id, now=CLOSED))

    assert outcome.raised != []


def test_two_different_answers_at_once_one_is_refused(fresh_database):
    earned()
    batch, _text = sent_batch()
    gil, _ann = two_people()
    reference = batch.items.get().reference
    texts = [answer_of(batch), answer_of(batch, failed=(reference,))]

    outcome = all_at_once(
        2, lambda number: actions.import_results(batch_id=batch.pk, text=texts[number], by=gil.id, now=CLOSED)
    )

    assert [type(raised) for raised in outcome.raised] == [ResultFileRefused]
    assert balance(kind="payout_in_flight") == 0
    assert differences() == []


def test_many_events_of_one_order_vest_and_reduce_once(fresh_database):
    variant = make_variant(price_minor=11_300)
    lily = live_creator([variant])
    order = deliver(buy_through(lily, [(variant, 2)]))
    line = OrderLine.objects.get(order=order)
    refund_lines(order_id=order.id, pieces=[(line.pk, 1, 11_300)], now=NOON + timedelta(days=3))

    def move(number: int) -> None:
        if number % 2:
            actions.reduce_commissions(order_id=order.id, now=VESTED)
        else:
            actions.vest_commissions(now=VESTED)

    outcome = all_at_once(8, move)
    actions.vest_commissions(now=VESTED)

    assert outcome.raised == []
    assert balance(kind="commission_vested", owner_id=lily.pk) == 1_000
    assert differences() == []


def batch_of_one(state):
    """A creator, and a batch that pays nobody else, as far as a state."""
    lily, _order = earned()
    gil, ann = two_people()
    batch = actions.open_batch(by=gil.id, now=CLOSED)
    if state == "APPROVED":
        actions.freeze_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)
        for person in (gil, ann):
            actions.approve_batch(batch_id=batch.pk, by=person.id, now=CLOSED)
    return lily, batch, gil


@pytest.mark.parametrize("state", ["OPEN", "APPROVED"])
def test_a_breach_that_meets_the_way_to_the_bank_stops_it_or_comes_too_late(fresh_database, state):
    lily, batch, gil = batch_of_one(state)
    forward = actions.freeze_batch if state == "OPEN" else actions.take_payout_file

    def move(number: int) -> None:
        if number:
            forward(batch_id=batch.pk, by=gil.id, now=CLOSED)
        else:
            actions.record_violation(promoter_id=lily.pk, words="几篇帖子都没有标注广告", by=gil.id, now=CLOSED)

    all_at_once(4, move)

    batch.refresh_from_db()
    stopped = batch.items.get().state == "STOPPED"
    assert batch.state == ("CANCELLED" if stopped else "SENT")
    assert balance(kind="payout_in_flight") == (0 if stopped else 100_000)
    assert differences() == []


def test_a_batch_that_is_opened_while_a_breach_is_written_does_not_pay(fresh_database):
    lily, _order = earned()
    gil, _ann = two_people()

    def move(number: int) -> None:
        if number:
            actions.open_batch(by=gil.id, now=CLOSED)
        else:
            actions.record_violation(promoter_id=lily.pk, words="几篇帖子都没有标注广告", by=gil.id, now=CLOSED)

    all_at_once(4, move)

    assert not PayoutItem.objects.filter(state="WAITING").exists()
    assert balance(kind="commission_payable", owner_id=lily.pk) == 100_000
    assert differences() == []


def test_the_control_of_breaches_pays_a_held_creator_without_the_lock(fresh_database, monkeypatch):
    earned(name="Mia")
    lily, batch, gil = batch_of_one("OPEN")
    seen, frozen = threading.Event(), threading.Event()

    def look(promoter_id):
        found = list(PayoutBatch.objects.filter(items__promoter_id=promoter_id))
        seen.set()
        frozen.wait(timeout=20)
        return found

    monkeypatch.setattr("referrals.influencers.actions.membership.hold_unsent_batches", look)

    def move(number: int) -> None:
        if number:
            seen.wait(timeout=20)
            actions.freeze_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)
            frozen.set()
        else:
            actions.record_violation(promoter_id=lily.pk, words="几篇帖子都没有标注广告", by=gil.id, now=CLOSED)

    all_at_once(2, move)

    assert differences() != []

"""Money on its way to creators: the sums agree, two people agree, the bank's answer counts once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.ledger.actions import post_transfer
from backend.ledger.selectors import balance
from referrals.influencers import actions
from referrals.influencers.actions.booking import PAYABLE, SOURCE, leg
from referrals.influencers.errors import (
    BatchDoesNotAddUp,
    BatchMovedOn,
    NothingToPay,
    ResultFileRefused,
    SecondPersonNeeded,
)
from referrals.influencers.models import Commission, PayoutBatch, PayoutItem, Statement
from referrals.influencers.selectors.auditing import differences
from tests.factories.aftersales import make_agent
from tests.factories.catalogue import NOON, make_variant
from tests.factories.creators import buy_through, deliver, live_creator
from tests.factories.orders import make_buyer

pytestmark = pytest.mark.django_db

VESTED = NOON + timedelta(days=11, minutes=1)
CLOSED = VESTED + timedelta(days=1)


def earned(*, price_minor=1_130_000, name="Lily"):
    """A creator with one statement over a tenth of a price without its tax."""
    variant = make_variant(price_minor=price_minor)
    promoter = live_creator([variant], name=name)
    order = deliver(buy_through(promoter, [(variant, 1)], buyer=make_buyer("Friend")))
    actions.vest_commissions(now=VESTED)
    actions.close_statement(promoter_id=promoter.pk, until=CLOSED, now=CLOSED)
    return promoter, order


def two_people():
    return make_agent("Gil", "growth"), make_agent("Ann", "growth")


def sent_batch():
    gil, ann = two_people()
    batch = actions.open_batch(by=gil.id, now=CLOSED)
    actions.freeze_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)
    actions.approve_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)
    actions.approve_batch(batch_id=batch.pk, by=ann.id, now=CLOSED)
    return actions.take_payout_file(batch_id=batch.pk, by=gil.id, now=CLOSED)


def answer_of(batch, *, failed=(), amounts=None):
    rows = [
        f"{item.reference},{(amounts or {}).get(item.reference, item.net_minor / 100):.2f},"
        f"{'FAILED' if item.reference in failed else 'PAID'},{'账号不存在' if item.reference in failed else ''}"
        for item in PayoutItem.objects.filter(batch=batch).order_by("reference")
    ]
    return "\n".join(["reference,amount,result,reason", *rows])


def test_a_batch_goes_all_the_way_and_every_sum_agrees():
    lily, _order = earned()
    gil = make_agent("Gus", "growth")

    batch, text = sent_batch()
    settled = actions.import_results(batch_id=batch.pk, text=answer_of(batch), by=gil.id, now=CLOSED)

    assert (batch.gross_minor, batch.withheld_minor, batch.net_minor) == (100_000, 4_000, 96_000)
    assert text.splitlines()[1] == f"{batch.number}-0001,林小满,招商银行,6225880212345678,960.00,CNY,Tuanzi"
    assert settled.state == "SETTLED"
    assert set(Commission.objects.values_list("state", flat=True)) == {"PAID"}
    assert (balance(kind="payout_paid"), balance(kind="tax_withheld")) == (96_000, 4_000)
    assert balance(kind=PAYABLE, owner_id=lily.pk) == 0
    assert differences() == []


def test_less_than_the_least_amount_waits():
    earned(price_minor=11_300)
    gil, _ann = two_people()

    with pytest.raises(NothingToPay):
        actions.open_batch(by=gil.id, now=CLOSED)

    assert not PayoutBatch.objects.exists()
    assert Statement.objects.get().item_id is None


def test_the_same_person_cannot_approve_twice():
    earned()
    gil, _ann = two_people()
    batch = actions.open_batch(by=gil.id, now=CLOSED)
    actions.freeze_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)
    actions.approve_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)

    with pytest.raises(SecondPersonNeeded):
        actions.approve_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutBatch.objects.filter(pk=batch.pk).update(second_approver=gil)

    batch.refresh_from_db()
    assert (batch.state, batch.second_approver_id) == ("FROZEN", None)


def test_a_batch_whose_sums_differ_cannot_be_frozen():
    lily, _order = earned()
    gil, _ann = two_people()
    batch = actions.open_batch(by=gil.id, now=CLOSED)
    post_transfer(
        kind="mistake",
        source=("test", lily.pk),
        legs=[leg(SOURCE, lily.pk, -1), leg(PAYABLE, lily.pk, 1)],
        now=CLOSED,
    )

    with pytest.raises(BatchDoesNotAddUp) as refused:
        actions.freeze_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)

    assert refused.value.attributes["book"].minor == 100_001
    assert balance(kind="payout_in_flight") == 0
    assert PayoutBatch.objects.get().state == "OPEN"


def test_what_the_bank_sends_back_is_in_the_balance_again_and_in_the_next_batch():
    lily, _order = earned()
    batch, _text = sent_batch()
    gil = make_agent("Gus", "growth")
    reference = PayoutItem.objects.get().reference

    actions.import_results(batch_id=batch.pk, text=answer_of(batch, failed=(reference,)), by=gil.id, now=CLOSED)
    in_between = balance(kind=PAYABLE, owner_id=lily.pk)
    again = actions.open_batch(by=gil.id, now=CLOSED)

    assert PayoutItem.objects.get(reference=reference).failure == "账号不存在"
    assert in_between == again.gross_minor == 100_000
    assert set(Commission.objects.values_list("state", flat=True)) == {"IN_STATEMENT"}
    assert differences() == []


def test_a_result_file_counts_once_and_another_one_is_refused():
    earned()
    batch, _text = sent_batch()
    gil = make_agent("Gus", "growth")
    text = answer_of(batch)
    reference = PayoutItem.objects.get().reference

    actions.import_results(batch_id=batch.pk, text=text, by=gil.id, now=CLOSED)
    again = actions.import_results(batch_id=batch.pk, text=text + "\n", by=gil.id, now=CLOSED)
    with pytest.raises(ResultFileRefused):
        actions.import_results(batch_id=batch.pk, text=answer_of(batch, failed=(reference,)), by=gil.id, now=CLOSED)

    assert again.state == "SETTLED"
    assert balance(kind="payout_paid") == 96_000
    assert differences() == []


def test_a_file_with_a_changed_amount_is_refused_and_nothing_is_written():
    earned()
    batch, _text = sent_batch()
    gil = make_agent("Gus", "growth")
    reference = PayoutItem.objects.get().reference

    for text in (answer_of(batch, amounts={reference: 960.01}), "reference,amount,result,reason"):
        with pytest.raises(ResultFileRefused):
            actions.import_results(batch_id=batch.pk, text=text, by=gil.id, now=CLOSED)

    assert PayoutItem.objects.get().state == "WAITING"
    assert balance(kind="payout_in_flight") == 100_000
    assert differences() == []


def test_a_batch_that_is_given_up_returns_its_money():
    lily, _order = earned()
    gil, _ann = two_people()
    batch = actions.open_batch(by=gil.id, now=CLOSED)
    actions.freeze_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)

    actions.cancel_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)
    with pytest.raises(BatchMovedOn):
        actions.approve_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)

    assert balance(kind=PAYABLE, owner_id=lily.pk) == 100_000
    assert differences() == []


def test_a_creator_over_whom_a_breach_hangs_is_not_in_a_batch():
    lily, _order = earned()
    gil, _ann = two_people()
    actions.record_violation(promoter_id=lily.pk, words="多次发布没有标注广告的内容。", by=gil.id, now=CLOSED)

    with pytest.raises(NothingToPay):
        actions.open_batch(by=gil.id, now=CLOSED)

    assert Statement.objects.get().item_id is None


def test_each_look_at_the_bank_file_is_logged():
    earned()
    batch, _text = sent_batch()
    gil = make_agent("Gus", "growth")

    again = actions.take_payout_file(batch_id=batch.pk, by=gil.id, now=CLOSED)

    assert again[0].state == "SENT"
    assert PayoutItem.objects.get().reference in again[1]

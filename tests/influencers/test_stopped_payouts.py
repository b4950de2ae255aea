"""A breach stops what is not with the bank yet; an appeal that is won lets it go out with the next batch."""

from datetime import timedelta

import pytest

from backend.ledger.selectors import balance
from backend.messaging.models import Notification
from referrals.influencers import actions
from referrals.influencers.actions.booking import PAYABLE
from referrals.influencers.errors import AppealTooLate, BatchMovedOn, NothingToPay
from referrals.influencers.models import PayoutBatch, PayoutItem, Statement, Violation
from referrals.influencers.selectors.auditing import differences
from tests.influencers.test_payout import CLOSED, answer_of, earned, two_people
from tests.support.api import Api

pytestmark = pytest.mark.django_db

BREACH = "多次发布没有标注广告的内容。"
LATER = CLOSED + timedelta(hours=1)
DESK = "{ payoutBatches(first: 5) { edges { node { state itemsCount items { state stateLabel stoppedBecause } } } } }"
CENTRE = "{ viewer { creator { violations { state stopped { minor } } } } }"


def breach(promoter, *, now=LATER):
    gil, _ann = two_people()
    return actions.record_violation(promoter_id=promoter.pk, words=BREACH, by=gil.id, now=now)


def batch_of_two(*, until):
    """A batch that pays two creators, as far as a state."""
    lily, _ = earned()
    mia, _ = earned(name="Mia")
    gil, ann = two_people()
    batch = actions.open_batch(by=gil.id, now=CLOSED)
    if until in ("FROZEN", "AGREED", "APPROVED", "SENT"):
        actions.freeze_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)
    if until in ("AGREED", "APPROVED", "SENT"):
        actions.approve_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)
    if until in ("APPROVED", "SENT"):
        actions.approve_batch(batch_id=batch.pk, by=ann.id, now=CLOSED)
    if until == "SENT":
        actions.take_payout_file(batch_id=batch.pk, by=gil.id, now=CLOSED)
    return lily, mia, PayoutBatch.objects.get(pk=batch.pk)


@pytest.mark.parametrize(
    ("until", "state"), [("OPEN", "OPEN"), ("FROZEN", "FROZEN"), ("AGREED", "FROZEN"), ("APPROVED", "FROZEN")]
)
def test_the_item_leaves_its_batch_and_the_rest_is_agreed_to_anew(until, state):
    lily, mia, batch = batch_of_two(until=until)

    violation = breach(lily)

    batch.refresh_from_db()
    item = PayoutItem.objects.get(batch=batch, promoter=lily)
    assert (item.state, item.violation_id) == ("STOPPED", violation.pk)
    assert (batch.state, batch.items_count, batch.gross_minor) == (state, 1, 100_000)
    assert (batch.first_approver_id, batch.second_approver_id) == (None, None)
    assert balance(kind=PAYABLE, owner_id=lily.pk) == 100_000
    assert balance(kind="payout_in_flight") == (0 if until == "OPEN" else 100_000)
    assert Statement.objects.get(promoter=lily).item_id is None
    assert PayoutItem.objects.get(batch=batch, promoter=mia).state == "WAITING"
    assert differences() == []


def test_the_rest_goes_all_the_way_without_the_stopped_one():
    lily, mia, batch = batch_of_two(until="APPROVED")
    breach(lily)
    gil, ann = two_people()

    for person in (gil, ann):
        actions.approve_batch(batch_id=batch.pk, by=person.id, now=LATER)
    _batch, text = actions.take_payout_file(batch_id=batch.pk, by=gil.id, now=LATER)
    paid = PayoutItem.objects.get(batch=batch, promoter=mia)
    answer = "\n".join(line for line in answer_of(batch).splitlines() if paid.reference in line or "reference" in line)
    settled = actions.import_results(batch_id=batch.pk, text=answer, by=gil.id, now=LATER)

    assert len(text.splitlines()) == 2
    assert settled.state == "SETTLED"
    assert balance(kind="payout_paid") == 96_000
    assert differences() == []


def test_what_is_with_the_bank_is_not_called_back():
    lily, _mia, batch = batch_of_two(until="SENT")

    breach(lily)

    batch.refresh_from_db()
    assert (batch.state, batch.items_count) == ("SENT", 2)
    assert set(PayoutItem.objects.values_list("state", flat=True)) == {"WAITING"}
    assert differences() == []


def test_a_batch_that_pays_nobody_any_more_is_given_up():
    lily, _ = earned()
    gil, _ann = two_people()
    batch = actions.open_batch(by=gil.id, now=CLOSED)
    actions.freeze_batch(batch_id=batch.pk, by=gil.id, now=CLOSED)

    breach(lily)

    batch.refresh_from_db()
    assert (batch.state, batch.items_count, batch.gross_minor) == ("CANCELLED", 0, 0)
    with pytest.raises(BatchMovedOn):
        actions.approve_batch(batch_id=batch.pk, by=gil.id, now=LATER)
    assert differences() == []


def test_an_appeal_that_is_won_lets_the_money_go_out_with_the_next_batch():
    lily, _mia, _batch = batch_of_two(until="FROZEN")
    violation = breach(lily)
    gil, _ann = two_people()
    with pytest.raises(NothingToPay):
        actions.open_batch(by=gil.id, now=LATER)
    actions.appeal_violation(violation_id=violation.pk, user_id=lily.pk, words="标注在视频第一秒就有。", now=LATER)

    actions.decide_violation(
        violation_id=violation.pk, is_lifted=True, answer="看过视频，标注在那里。", by=gil.id, now=LATER
    )
    again = actions.open_batch(by=gil.id, now=LATER)

    assert list(again.items.values_list("promoter_id", "gross_minor")) == [(lily.pk, 100_000)]
    assert differences() == []


def test_an_appeal_that_is_lost_keeps_it_in_the_balance_and_thirty_days_are_the_end():
    lily, _mia, _batch = batch_of_two(until="OPEN")
    violation = breach(lily)
    gil, _ann = two_people()

    with pytest.raises(AppealTooLate):
        actions.appeal_violation(
            violation_id=violation.pk, user_id=lily.pk, words="标注在视频第一秒就有。", now=LATER + timedelta(days=31)
        )

    assert Violation.objects.get(pk=violation.pk).state == "RECORDED"
    with pytest.raises(NothingToPay):
        actions.open_batch(by=gil.id, now=LATER + timedelta(days=31))
    assert balance(kind=PAYABLE, owner_id=lily.pk) == 100_000


def test_creator_and_desk_read_what_was_stopped_and_why(deliver_outbox):
    lily, _mia, _batch = batch_of_two(until="FROZEN")
    violation = breach(lily)
    deliver_outbox()

    centre = Api(lily.user).payload(CENTRE)["creator"]["violations"]
    items = Api(two_people()[0])(DESK)["payoutBatches"]["edges"][0]["node"]["items"]

    assert centre == [{"state": "RECORDED", "stopped": {"minor": 100_000}}]
    assert sorted((item["state"], item["stoppedBecause"]) for item in items if item["state"] == "STOPPED") == [
        ("STOPPED", violation.words)
    ]
    assert Notification.objects.filter(user=lily.user, kind="creator_payout_stopped").count() == 1

"""The risk monitor: what it sees, whom it asks, and that only a person refuses."""

from contextlib import suppress
from datetime import timedelta

import pytest

from backend.accounts.actions import grant_role
from backend.core.errors import InvalidInput
from backend.core.models import OutboxEvent
from backend.payments.actions import PayDoor, confirm_payment, decide_risk, forget_tries, open_pay_page
from backend.payments.actions.judge_payment import judge_payment
from backend.payments.errors import AlreadyDecided, PaymentNeedsConfirmation, PaymentNotAccepted, PaymentUnderReview
from backend.payments.models import HoldState, PaymentTry, RiskHold
from backend.payments.rules.risk import RiskFacts, digest_of, digests_of, findings, score_of
from tests.factories.catalogue import make_variant
from tests.factories.orders import LATER, NOON, make_buyer, make_order
from tests.factories.payments import make_paid_order, pay
from tests.support.api import Api

pytestmark = pytest.mark.django_db
DECIDE = """mutation ($input: DecideRiskInput!) { decideRisk(input: $input) { hold { state note } errors { code } } }"""


def go(placed, *, device: str = "", address: str = "", now=LATER) -> str:
    door = PayDoor(site="http://s", host="s", locale="en", device=device, address=address)
    return open_pay_page(payment_id=placed.payment.id, buyer_id=placed.order.buyer_id, door=door, clock=lambda: now)


def held_for_review():
    """A payment from a device on which eight people paid."""
    for _ in range(7):
        with suppress(PaymentNeedsConfirmation):
            go(make_order(), device="shared phone")
    placed = make_order()
    with pytest.raises(PaymentUnderReview):
        go(placed, device="shared phone")
    return placed, RiskHold.objects.get(payment=placed.payment)


def test_an_ordinary_payment_goes_through_and_is_remembered_only_as_digests():
    placed = make_order()

    assert "/pay?" in go(placed, device="my-cookie", address="203.0.113.9")

    seen = PaymentTry.objects.get()
    assert RiskHold.objects.count() == 0
    assert "my-cookie" not in f"{seen.device}{seen.address}"
    assert "203.0.113.9" not in f"{seen.device}{seen.address}"
    assert len(seen.device) == 64


def test_many_accounts_on_one_device_wait_for_a_person_with_the_evidence():
    _placed, hold = held_for_review()

    assert (hold.state, hold.score) == (HoldState.REVIEW, 80)
    assert hold.evidence == [{"rule": "many_accounts_on_device", "points": 80, "seen": 8, "usual": 3}]
    assert OutboxEvent.objects.filter(name="PaymentHeldForReview").count() == 1


def test_the_shared_address_of_a_dormitory_stops_nobody():
    for _ in range(40):
        assert go(make_order(variants=[(a_variant(), 1)]), address="203.0.113.9")


def a_variant():
    return make_variant(stock=5)


def test_an_amount_far_above_habit_asks_the_buyer_and_the_buyers_word_frees_it():
    buyer = make_buyer()
    for _ in range(3):
        make_paid_order(buyer=buyer)
    placed = make_order(buyer=buyer, variants=[(make_variant(price_minor=800_000), 1)])
    with pytest.raises(PaymentNeedsConfirmation):
        go(placed)

    confirm_payment(payment_id=placed.payment.id, buyer_id=buyer.id, now=LATER)

    assert "/pay?" in go(placed)
    assert RiskHold.objects.get().state == HoldState.RELEASED


def test_the_buyers_word_does_not_free_what_a_person_must_look_at():
    placed, hold = held_for_review()

    with pytest.raises(AlreadyDecided):
        confirm_payment(payment_id=placed.payment.id, buyer_id=placed.order.buyer_id, now=LATER)

    hold.refresh_from_db()
    assert hold.state == HoldState.REVIEW


def test_a_person_frees_a_payment_and_the_buyer_is_left_in_peace_for_a_day():
    placed, hold = held_for_review()
    desk = make_buyer("Susan")

    decide_risk(hold_id=hold.id, is_released=True, note="a family", by=desk.id, now=LATER)

    assert "/pay?" in go(placed, device="shared phone")
    again = make_order(buyer=placed.order.buyer)
    assert "/pay?" in go(again, device="shared phone")


def test_a_person_refuses_with_a_reason_that_the_buyer_is_told():
    placed, hold = held_for_review()
    desk = make_buyer("Susan")
    grant_role(user_id=desk.id, role="support", now=NOON)

    answer = Api(desk).payload(DECIDE, input={"id": str(hold.id), "isReleased": False, "note": "stolen cards"})

    assert answer["hold"] == {"state": "REFUSED", "note": "stolen cards"}
    with pytest.raises(PaymentNotAccepted) as refused:
        go(placed, device="shared phone")
    assert refused.value.reason == "stolen cards"


@pytest.mark.parametrize("note", ["", "   ", "x" * 501])
def test_a_decision_without_a_reason_is_refused_and_nothing_is_written(note):
    _placed, hold = held_for_review()

    with pytest.raises(InvalidInput):
        decide_risk(hold_id=hold.id, is_released=False, note=note, by=make_buyer("Susan").id, now=LATER)

    hold.refresh_from_db()
    assert (hold.state, hold.decided_at) == (HoldState.REVIEW, None)
    assert not OutboxEvent.objects.filter(name="RiskDecided").exists()


def test_nobody_decides_about_their_own_payment_or_twice():
    placed, hold = held_for_review()
    with pytest.raises(AlreadyDecided):
        decide_risk(hold_id=hold.id, is_released=True, note="mine", by=placed.order.buyer_id, now=LATER)
    desk = make_buyer("Susan")
    decide_risk(hold_id=hold.id, is_released=True, note="fine", by=desk.id, now=LATER)

    with pytest.raises(AlreadyDecided):
        decide_risk(hold_id=hold.id, is_released=False, note="not fine", by=desk.id, now=LATER)


def test_many_failures_in_minutes_ask_for_confirmation():
    placed = make_order()
    for _ in range(5):
        pay(placed, kind="payment.failed")

    with pytest.raises(PaymentNeedsConfirmation):
        go(placed)


def test_a_stranger_may_not_decide():
    _placed, hold = held_for_review()

    answer = Api(make_buyer("Mallory")).payload(DECIDE, input={"id": str(hold.id), "isReleased": True, "note": "x"})

    assert [error["code"] for error in answer["errors"]] == ["NOT_ALLOWED"]
    hold.refresh_from_db()
    assert hold.state == HoldState.REVIEW


def test_what_was_remembered_is_forgotten_after_ninety_days():
    placed = make_order()
    judge_payment(payment_id=placed.payment.id, buyer_id=placed.order.buyer_id, device="d", address="a", now=LATER)

    assert forget_tries(now=LATER + timedelta(days=89)) == 0
    assert forget_tries(now=LATER + timedelta(days=91)) == 1


def test_a_digest_changes_with_the_month_and_the_look_back_crosses_it():
    old = digest_of("phone", secret="s", at=NOON)
    later = NOON + timedelta(days=31)

    assert digest_of("phone", secret="s", at=later) != old
    assert old in digests_of("phone", secret="s", now=later)
    assert digest_of("phone", secret="other", at=NOON) != old
    assert digest_of("", secret="s", at=NOON) == ""


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        ({"amount_minor": 100}, []),
        ({"amount_minor": 400_000}, ["large_first_order"]),
        ({"amount_minor": 400_000, "paid_minor": (5000, 6000, 7000)}, ["far_above_habit"]),
        ({"amount_minor": 40_000, "paid_minor": (500, 600, 700)}, []),
        ({"amount_minor": 100, "payers_of_buyer": 6, "failures": 5}, ["many_payers", "many_failures"]),
        ({"amount_minor": 100, "refunds_at_once": 3}, ["refunds_at_once"]),
    ],
)
def test_each_rule_says_what_it_saw(facts, rules):
    found = findings(RiskFacts(**facts))

    assert [each.rule for each in found] == rules
    assert score_of(found) == sum(each.points for each in found)

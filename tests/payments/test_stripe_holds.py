"""Stripe holds money, takes it and releases it: manual capture through its own library, against the stand-in."""

import pytest
from django.utils import timezone

from backend.checkout.actions import ask_about_payments
from backend.orders.models import Order
from backend.payments.actions import choose_payment, decide_capture, decide_void, submit_due_authorisations
from backend.payments.models import Authorisation, AuthorisationState, Payment, PaymentState
from backend.payments.ports import Standing, require_provider
from backend.payments.selectors import known_payment
from tests.factories.groupbuy import make_offered_product, order_opening
from tests.payments.test_stripe import deliver, page_of, stub

__all__ = ["stub"]
pytestmark = pytest.mark.django_db
S = AuthorisationState


@pytest.fixture
def payment(stub) -> Payment:
    placed = order_opening(make_offered_product(size=2, moneyTaken="full"), now=timezone.now())
    return choose_payment(
        order_id=placed.order.id, buyer_id=placed.order.buyer_id, provider="stripe", now=timezone.now()
    )


@pytest.fixture
def held(stub, payment):
    page_of(payment)
    payment.refresh_from_db()
    stub.pay(payment.session_id)
    deliver(stub)
    payment.refresh_from_db()
    return payment


def intent_of(stub, payment):
    return stub.intents[payment.provider_reference]


def settle(payment):
    submit_due_authorisations(clock=timezone.now)
    payment.refresh_from_db()
    return payment.state, Authorisation.objects.get(pk=payment.pk).state


def test_a_page_asks_for_a_hold_and_only_for_an_order_that_is_paid_later(stub, payment, held):
    assert payment.is_hold
    assert stub.sessions[payment.session_id]["capture_method"] == "manual"
    assert (held.state, held.captured_minor) == (PaymentState.AUTHORISED, 0)
    assert intent_of(stub, held)["status"] == "requires_capture"


def test_a_capture_takes_all_of_it_and_its_message_changes_nothing_more(stub, held):
    decide_capture(payment=held, now=timezone.now())

    state = settle(held)

    assert state == (PaymentState.SUCCEEDED, S.CAPTURED)
    assert intent_of(stub, held)["status"] == "succeeded"
    assert deliver(stub) == [(200, "REPEATED")]


def test_the_message_may_come_before_the_answer(stub, held):
    decide_capture(payment=held, now=timezone.now())
    stub._end(intent_of(stub, held), into="succeeded")

    told = deliver(stub)

    assert told == [(200, "APPLIED")]
    assert settle(held) == (PaymentState.SUCCEEDED, S.CAPTURED)


def test_a_void_cancels_the_intent(stub, held):
    decide_void(payment=held, now=timezone.now())

    assert settle(held) == (PaymentState.VOIDED, S.VOIDED)
    assert intent_of(stub, held)["status"] == "canceled"
    assert deliver(stub) == [(200, "IGNORED")]


def test_a_hold_that_the_bank_ended_can_not_be_taken(stub, held):
    stub.lapse(held.provider_reference)
    stub.messages.clear()
    decide_capture(payment=held, now=timezone.now())

    assert settle(held) == (PaymentState.VOIDED, S.LOST)


def test_a_hold_that_the_bank_ends_is_told(stub, held):
    stub.lapse(held.provider_reference)

    assert deliver(stub) == [(200, "APPLIED")]
    assert settle(held) == (PaymentState.VOIDED, S.LOST)


def test_an_answer_that_was_lost_takes_the_money_once(stub, held):
    decide_capture(payment=held, now=timezone.now())
    stub.knobs.is_silent_after_success = True
    silent = settle(held)
    stub.knobs.is_silent_after_success = False
    Authorisation.objects.update(next_attempt_at=timezone.now())

    assert silent == (PaymentState.AUTHORISED, S.CAPTURE_DUE)
    assert settle(held) == (PaymentState.SUCCEEDED, S.CAPTURED)
    assert sum(path.endswith("/capture") for _method, path in stub.calls) == 1


def test_a_hold_of_which_no_message_came_is_asked_about(stub, payment):
    page_of(payment)
    payment.refresh_from_db()
    stub.pay(payment.session_id)
    stub.messages.clear()
    Payment.objects.update(look_at=timezone.now())

    ask_about_payments(clock=timezone.now)

    payment.refresh_from_db()
    assert (payment.state, payment.look_at) == (PaymentState.AUTHORISED, None)
    assert Order.objects.get(pk=payment.order_id).paid_at is not None


def test_what_stripe_says_of_a_hold_is_understood(stub, held):
    provider = require_provider("stripe")

    assert provider.payment_standing(payment=known_payment(held)).standing is Standing.HELD
    assert provider.void(key="k", payment=known_payment(held)) is Standing.FAILED
    assert provider.capture(key="l", payment=known_payment(held)) is Standing.FAILED

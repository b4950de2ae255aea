"""Stripe's adapter against a stand-in that speaks Stripe's wire format with its own keys."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from backend.checkout.actions import ask_about_payments
from backend.ledger.selectors import conservation
from backend.orders.models import OrderState
from backend.payments import ports
from backend.payments.actions import PayDoor, choose_payment, open_pay_page, request_refund, submit_refund
from backend.payments.errors import OrderNotPayable, ProviderSilent
from backend.payments.models import Payment, PaymentState, ProviderEvent, Refund, RefundState, Verdict
from backend.payments.providers.amounts import from_stripe, to_stripe
from backend.payments.providers.stripe import StripeProvider
from backend.payments.selectors import held_events
from tests.factories.orders import make_order
from tests.payments.stubs.serving import served
from tests.payments.stubs.stripe import API_KEY, WEBHOOK_SECRET, StripeStub

pytestmark = pytest.mark.django_db
DOOR = PayDoor(site="http://shop.example", host="shop.example", locale="zh-Hant")


@pytest.fixture
def stub(monkeypatch):
    monkeypatch.setattr(ports, "_providers", dict(ports._providers))
    monkeypatch.setattr(ports, "_offered", [*ports._offered, "stripe"])
    with served(StripeStub) as stub:
        ports.register_provider(
            StripeProvider(api_key=API_KEY, webhook_secrets=["whsec_old", WEBHOOK_SECRET], api_url=stub.url)
        )
        yield stub


@pytest.fixture
def payment(stub) -> Payment:
    placed = make_order(now=timezone.now())
    return choose_payment(
        order_id=placed.order.id, buyer_id=placed.order.buyer_id, provider="stripe", now=timezone.now()
    )


def page_of(payment: Payment, *, after: timedelta = timedelta()) -> str:
    return open_pay_page(
        payment_id=payment.id,
        buyer_id=payment.order.buyer_id,
        door=DOOR,
        clock=lambda: timezone.now() + after,
    )


def deliver(stub: StripeStub, *, at: float | None = None, secret: str = WEBHOOK_SECRET) -> list[tuple[int, str]]:
    """Carry what waits to the shop's real door."""
    answers = []
    while stub.messages:
        message = stub.messages.pop(0)
        headers = stub.sign(message.body, at=at or time.time(), secret=secret)
        answer = Client().post(
            "/payments/webhook/stripe", data=message.body, content_type="application/json", headers=headers
        )
        answers.append((answer.status_code, answer.json()["verdict"]))
    return answers


def paid(stub: StripeStub, payment: Payment) -> Payment:
    page_of(payment)
    payment.refresh_from_db()
    stub.pay(payment.session_id)
    deliver(stub)
    payment.refresh_from_db()
    return payment


def test_a_page_is_made_once_and_used_again_while_it_lives(stub, payment):
    first, second = page_of(payment), page_of(payment, after=timedelta(minutes=5))

    assert first == second == f"{stub.url}/c/pay/cs_test_1"
    session = stub.sessions["cs_test_1"]
    assert (session["amount_total"], session["currency"]) == (payment.amount_minor, "cny")
    assert (session["client_reference_id"], session["locale"]) == (payment.reference, "zh-TW")
    assert len(stub.sessions) == 1


def test_the_page_names_no_methods_so_the_account_decides_which_there_are(stub, payment):
    page_of(payment)

    ((form, _answer),) = stub.remembered.values()
    assert not [name for name, _value in form if name.startswith("payment_method")]


def test_a_payment_with_a_stablecoin_is_paid_and_refunded_like_any_other(stub, payment):
    page_of(payment)
    payment.refresh_from_db()

    stub.pay_with_crypto(payment.session_id)
    assert deliver(stub) == [(200, "APPLIED"), (200, "IGNORED")]
    payment.refresh_from_db()
    payment.order.refresh_from_db()
    assert (payment.state, payment.order.state) == (PaymentState.SUCCEEDED, OrderState.PAID)

    refund = request_refund(order_id=payment.order_id, reason="t", cause="t", amount_minor=100, now=timezone.now())
    submit_refund(refund_id=refund.id, clock=timezone.now)
    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert conservation()["difference"] == 0


def test_an_answer_that_was_lost_is_asked_for_again_under_the_same_key(stub, payment):
    stub.knobs.is_silent_after_success = True
    with pytest.raises(ProviderSilent):
        page_of(payment)
    stub.knobs.is_silent_after_success = False

    assert page_of(payment) == f"{stub.url}/c/pay/cs_test_1"
    assert len(stub.sessions) == 1


def test_a_silent_provider_leaves_the_order_payable(stub, payment):
    stub.knobs.is_down = True

    with pytest.raises(ProviderSilent):
        page_of(payment)

    payment.refresh_from_db()
    assert (payment.state, payment.session_url) == (PaymentState.CREATED, "")


def test_an_order_that_is_over_gets_no_page(stub, payment):
    with pytest.raises(OrderNotPayable):
        page_of(payment, after=timedelta(hours=1))

    assert stub.sessions == {}


def test_a_paid_session_pays_the_order_once_however_often_it_is_told(stub, payment):
    page_of(payment)
    stub.knobs.copies = 2
    stub.pay("cs_test_1")

    assert deliver(stub) == [(200, "APPLIED"), (200, "REPEATED"), (200, "REPEATED")]
    payment.refresh_from_db()
    assert (payment.state, payment.captured_minor) == (PaymentState.SUCCEEDED, payment.amount_minor)
    assert payment.provider_reference.startswith("pi_")
    payment.order.refresh_from_db()
    assert payment.order.state == OrderState.PAID


@pytest.mark.parametrize(
    ("secret", "away", "verdict"), [("whsec_forged", 0, "BAD_SIGNATURE"), (WEBHOOK_SECRET, 400, "STALE")]
)
def test_a_forged_or_old_message_changes_nothing(stub, payment, secret, away, verdict):
    page_of(payment)
    stub.pay("cs_test_1")

    assert deliver(stub, at=time.time() - away, secret=secret) == [(400, verdict)]
    payment.refresh_from_db()
    assert payment.state == PaymentState.CREATED
    assert [event.verdict for event in held_events()] == [verdict]


def test_another_amount_is_held_and_changes_nothing(stub, payment):
    page_of(payment)
    stub.knobs.wrong_amount = True
    stub.pay("cs_test_1")

    assert deliver(stub) == [(422, "AMOUNT_MISMATCH")]
    payment.refresh_from_db()
    assert payment.state == PaymentState.CREATED


def test_a_card_that_is_refused_fails_the_payment_and_it_can_be_tried_again(stub, payment):
    page_of(payment)
    stub.fail("cs_test_1")

    assert deliver(stub) == [(200, "APPLIED")]
    payment.refresh_from_db()
    assert payment.state == PaymentState.FAILED
    stub.pay("cs_test_1")
    assert deliver(stub) == [(200, "APPLIED")]


def test_a_refund_is_made_once_and_settled_by_the_answer_or_the_message(stub, payment):
    paid(stub, payment)
    refund = request_refund(order_id=payment.order_id, reason="test", cause="test", now=timezone.now())

    submit_refund(refund_id=refund.id, clock=timezone.now)

    assert deliver(stub) == [(200, "REPEATED"), (200, "REPEATED")]
    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert len(stub.refunds) == 1


def test_a_refund_whose_answer_was_lost_is_found_by_its_key_and_not_made_again(stub, payment):
    paid(stub, payment)
    refund = request_refund(order_id=payment.order_id, reason="test", cause="test", now=timezone.now())
    stub.knobs.is_silent_after_success = True
    submit_refund(refund_id=refund.id, clock=timezone.now)
    stub.knobs.is_silent_after_success = False
    stub.remembered.clear()  # Stripe forgets keys after a day.

    submit_refund(refund_id=refund.id, clock=lambda: timezone.now() + timedelta(days=2))

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert len(stub.refunds) == 1


def test_a_refund_made_by_hand_at_stripe_is_recorded_once(stub, payment):
    paid(stub, payment)
    stub.refund_by_hand("cs_test_1", 300)

    assert deliver(stub) == [(200, "APPLIED"), (200, "APPLIED")]

    assert [(one.amount_minor, one.state) for one in Refund.objects.all()] == [(300, RefundState.SUCCEEDED)]
    assert conservation()["difference"] == 0


def test_a_dispute_waits_for_a_person(stub, payment):
    paid(stub, payment)
    stub.dispute("cs_test_1")

    assert deliver(stub) == [(200, "DISPUTED")]
    assert ProviderEvent.objects.filter(verdict=Verdict.DISPUTED, reference=payment.reference).count() == 1


def test_a_second_charge_of_the_same_payment_is_held_for_a_person(stub, payment):
    paid(stub, payment)
    stub.pay("cs_test_1")

    assert deliver(stub) == [(200, "SECOND_CHARGE")]
    assert conservation()["captured"] == payment.amount_minor


def test_money_whose_message_was_lost_is_found_by_asking(stub, payment):
    page_of(payment)
    stub.pay("cs_test_1")
    stub.messages.clear()

    assert ask_about_payments(clock=timezone.now) == 0
    assert ask_about_payments(clock=lambda: timezone.now() + timedelta(minutes=2)) == 1

    payment.refresh_from_db()
    assert (payment.state, payment.look_at) == (PaymentState.SUCCEEDED, None)


def test_a_page_of_an_order_that_is_over_is_closed_at_stripe(stub, payment):
    page_of(payment)

    ask_about_payments(clock=lambda: timezone.now() + timedelta(hours=1))

    assert stub.sessions["cs_test_1"]["status"] == "expired"


@pytest.mark.parametrize(
    ("minor", "currency", "told"), [(1234, "CNY", 1234), (500, "JPY", 500), (5, "UGX", 500), (1230, "KWD", 1230)]
)
def test_amounts_are_told_in_the_unit_that_stripe_counts(minor, currency, told):
    assert to_stripe(minor, currency) == told
    assert from_stripe(told, currency) == minor


def test_an_amount_that_cannot_be_told_exactly_is_refused():
    with pytest.raises(ValueError, match="thousandths"):
        to_stripe(1234, "KWD")
    with pytest.raises(ValueError, match="hundredths"):
        from_stripe(150, "UGX")
    with pytest.raises(ValueError, match="whole number"):
        from_stripe(1.5, "CNY")

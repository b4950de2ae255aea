"""Alipay's adapter against a stand-in gateway that checks our signatures and signs with its own key."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from backend.checkout.actions import ask_about_payments
from backend.orders.models import OrderState
from backend.payments import ports
from backend.payments.actions import PayDoor, choose_payment, open_pay_page, request_refund, submit_refund
from backend.payments.models import Payment, PaymentState, ProviderEvent, Refund, RefundState, Verdict
from backend.payments.providers.alipay import AlipayProvider
from backend.payments.providers.amounts import fen, yuan
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_order
from tests.factories.payments import pay
from tests.payments.stubs.alipay import APP_ID, AlipayStub, new_keys
from tests.payments.stubs.serving import served

pytestmark = pytest.mark.django_db
DOOR = PayDoor(site="http://shop.example", host="shop.example", locale="zh-Hans")


@pytest.fixture
def stub(monkeypatch):
    monkeypatch.setattr(ports, "_providers", dict(ports._providers))
    monkeypatch.setattr(ports, "_offered", [*ports._offered, "alipay"])
    with served(AlipayStub) as stub:
        ports.register_provider(
            AlipayProvider(
                app_id=APP_ID,
                private_key=stub.shop_private,
                public_key=stub.public,
                notify_url="http://shop.example/payments/webhook/alipay",
                gateway=f"{stub.url}/gateway.do",
            )
        )
        yield stub


@pytest.fixture
def payment(stub) -> Payment:
    now = timezone.now()
    placed = make_order(variants=[(make_variant(price_minor=123405), 1)], now=now)
    return choose_payment(order_id=placed.order.id, buyer_id=placed.order.buyer_id, provider="alipay", now=now)


def visit(payment: Payment) -> httpx.Response:
    """Open the pay page as a browser does."""
    url = open_pay_page(payment_id=payment.id, buyer_id=payment.order.buyer_id, door=DOOR, clock=timezone.now)
    return httpx.get(url)


def deliver(stub: AlipayStub) -> list[tuple[int, str]]:
    answers = []
    while stub.messages:
        answers.append(post(stub.messages.pop(0).body))
    return answers


def post(body: bytes) -> tuple[int, str]:
    answer = Client().post(
        "/payments/webhook/alipay", data=body, content_type="application/x-www-form-urlencoded; charset=utf-8"
    )
    is_json = answer.headers["Content-Type"] == "application/json"
    return answer.status_code, answer.json()["verdict"] if is_json else answer.content.decode()


def paid(stub: AlipayStub, payment: Payment) -> Payment:
    visit(payment)
    stub.pay(payment.reference)
    deliver(stub)
    payment.refresh_from_db()
    return payment


def test_the_gateway_believes_our_signature_and_reads_the_exact_amount(stub, payment):
    page = visit(payment)

    assert (page.status_code, page.text) == (200, "1234.05")
    trade = stub.trades[payment.reference]
    assert trade["product_code"] == "QUICK_WAP_PAY"
    assert trade["notify_url"] == "http://shop.example/payments/webhook/alipay"


def test_a_notification_pays_the_order_once_and_is_answered_as_alipay_wants(stub, payment):
    visit(payment)
    stub.knobs.copies = 1
    stub.pay(payment.reference)

    assert deliver(stub) == [(200, "success"), (200, "success")]
    payment.refresh_from_db()
    payment.order.refresh_from_db()
    assert (payment.state, payment.order.state) == (PaymentState.SUCCEEDED, OrderState.PAID)
    assert ProviderEvent.objects.get(provider="alipay").times_seen == 2


def test_a_notification_signed_with_another_key_is_refused(stub, payment):
    visit(payment)
    stub.pay(payment.reference)
    told = dict(parse_qsl(stub.messages.pop().body.decode(), keep_blank_values=True))
    told.pop("sign_type")
    told.pop("sign")

    assert post(stub.sign(told, new_keys()[0])) == (400, "BAD_SIGNATURE")
    assert post(stub.sign({**told, "app_id": "somebody else"})) == (400, "BAD_SIGNATURE")
    assert post(b"\xff\xfe") == (400, "BAD_SIGNATURE")
    assert post(stub.sign({**told, "notify_time": "2020-01-01 00:00:00"})) == (400, "STALE")
    assert post(stub.sign({**told, "total_amount": "1.234"})) == (400, "UNREADABLE")
    payment.refresh_from_db()
    assert payment.state == PaymentState.CREATED


def test_a_field_that_was_changed_on_the_way_is_noticed(stub, payment):
    visit(payment)
    stub.pay(payment.reference)
    told = dict(parse_qsl(stub.messages.pop().body.decode(), keep_blank_values=True))

    assert post(urlencode({**told, "total_amount": "0.01"}).encode()) == (400, "BAD_SIGNATURE")


def test_another_amount_is_held_and_changes_nothing(stub, payment):
    visit(payment)
    stub.knobs.wrong_amount = True
    stub.pay(payment.reference)

    assert deliver(stub) == [(422, "AMOUNT_MISMATCH")]
    payment.refresh_from_db()
    assert payment.state == PaymentState.CREATED


def test_a_refund_is_made_once_under_our_number(stub, payment):
    paid(stub, payment)
    refund = request_refund(order_id=payment.order_id, reason="t", cause="t", amount_minor=1001, now=timezone.now())

    submit_refund(refund_id=refund.id, clock=timezone.now)

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert stub.refunds == {(payment.reference, str(refund.id)): "10.01"}
    assert deliver(stub) == [(200, "success")]


def test_a_refund_whose_answer_was_lost_is_not_made_again(stub, payment):
    paid(stub, payment)
    refund = request_refund(order_id=payment.order_id, reason="t", cause="t", now=timezone.now())
    stub.knobs.is_silent_after_success = True
    submit_refund(refund_id=refund.id, clock=timezone.now)
    refund.refresh_from_db()
    assert refund.state == RefundState.FAILED
    stub.knobs.is_silent_after_success = False

    submit_refund(refund_id=refund.id, clock=lambda: timezone.now() + timedelta(hours=2))

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert stub.calls.count("alipay.trade.refund") == 1


def test_a_refund_that_alipay_refuses_is_a_refusal_and_not_silence(stub, payment):
    paid(stub, payment)
    refund = request_refund(order_id=payment.order_id, reason="t", cause="t", now=timezone.now())
    stub.refunds[(payment.reference, "elsewhere")] = "1234.05"

    submit_refund(refund_id=refund.id, clock=timezone.now)

    refund.refresh_from_db()
    assert refund.problem.startswith("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")


def test_a_refund_made_on_alipays_own_page_waits_for_a_person(stub, payment):
    paid(stub, payment)
    stub.refund_by_hand(payment.reference, "5.00")

    assert deliver(stub) == [(200, "UNASKED_REFUND")]
    assert ProviderEvent.objects.filter(verdict=Verdict.UNASKED_REFUND).count() == 1


def test_money_whose_notification_was_lost_is_found_by_asking(stub, payment):
    visit(payment)
    stub.pay(payment.reference)
    stub.messages.clear()

    assert ask_about_payments(clock=lambda: timezone.now() + timedelta(minutes=2)) == 1
    payment.refresh_from_db()
    assert payment.state == PaymentState.SUCCEEDED


def test_a_buyer_who_never_opened_the_page_has_no_trade_and_is_asked_about_again(stub, payment):
    open_pay_page(payment_id=payment.id, buyer_id=payment.order.buyer_id, door=DOOR, clock=timezone.now)

    assert ask_about_payments(clock=lambda: timezone.now() + timedelta(minutes=2)) == 0
    payment.refresh_from_db()
    assert payment.state == PaymentState.CREATED
    assert payment.look_at is not None


def test_a_gateway_that_is_down_is_silence(stub, payment):
    paid(stub, payment)
    refund = request_refund(order_id=payment.order_id, reason="t", cause="t", now=timezone.now())
    stub.knobs.is_down = True

    submit_refund(refund_id=refund.id, clock=timezone.now)

    refund.refresh_from_db()
    assert (refund.state, refund.problem) == (RefundState.FAILED, "no answer: HTTPError")


def test_two_ways_paid_at_once_keep_the_first_and_send_the_second_back(stub, payment):
    placed_order, sandbox_payment = payment.order, Payment.objects.get(order=payment.order, provider="sandbox")
    paid(stub, payment)

    class Placed:
        order, payment = placed_order, sandbox_payment

    assert pay(Placed(), now=timezone.now()) == Verdict.APPLIED

    payment.refresh_from_db()
    sandbox_payment.refresh_from_db()
    assert (payment.settles_order, sandbox_payment.settles_order) == (True, False)
    assert [(one.payment_id, one.reason) for one in Refund.objects.all()] == [(sandbox_payment.id, "second_payment")]


@given(st.integers(0, 10**12))
def test_yuan_and_fen_are_exact(minor):
    assert fen(yuan(minor)) == minor


@pytest.mark.parametrize("text", ["1.234", "1,000.00", "-1", "1e3", "", "1.", ".5", "٣"])
def test_what_is_no_amount_in_yuan_is_refused(text):
    with pytest.raises(ValueError, match="no amount"):
        fen(text)

"""WeChat Pay's adapter against a stand-in that speaks API v3 with keys of its own."""

import time
from datetime import timedelta

import httpx
import pytest
from django.test import Client
from django.utils import timezone

from backend.checkout.actions import ask_about_payments, close_overdue_orders
from backend.orders.models import OrderState
from backend.payments import ports
from backend.payments.actions import PayDoor, choose_payment, open_pay_page, request_refund, submit_refund
from backend.payments.errors import ProviderSilent
from backend.payments.models import Payment, PaymentState, ProviderEvent, Refund, RefundState
from backend.payments.providers.wechat import WechatProvider
from backend.payments.providers.wechat_keys import WechatKeys
from backend.payments.rules.statements import read_statement
from backend.payments.selectors import chosen_provider
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_order
from tests.payments.stubs.serving import Message, served
from tests.payments.stubs.wechat import API_KEY, APP_ID, KEY_ID, MERCHANT, SERIAL, WechatStub, new_keys

pytestmark = pytest.mark.django_db
DOOR = PayDoor(site="http://shop.example", host="shop.example", locale="zh-Hans", address="203.0.113.7")


@pytest.fixture
def stub(monkeypatch):
    monkeypatch.setattr(ports, "_providers", dict(ports._providers))
    monkeypatch.setattr(ports, "_offered", [*ports._offered, "wechat"])
    with served(WechatStub) as stub:
        keys = WechatKeys(
            private_key=stub.shop_private,
            serial=SERIAL,
            api_key=API_KEY,
            public_keys={KEY_ID: stub.public},
            now=timezone.now,
        )
        ports.register_provider(
            WechatProvider(
                app_id=APP_ID,
                merchant_id=MERCHANT,
                keys=keys,
                notify_url="http://shop.example/payments/webhook/wechat",
                api_url=stub.url,
            )
        )
        yield stub


@pytest.fixture
def payment(stub) -> Payment:
    now = timezone.now()
    placed = make_order(variants=[(make_variant(price_minor=123405), 1)], now=now)
    return choose_payment(order_id=placed.order.id, buyer_id=placed.order.buyer_id, provider="wechat", now=now)


def visit(payment: Payment, **door: str) -> str:
    """The address of the pay page for a browser that comes now."""
    at = PayDoor(**{"site": DOOR.site, "host": DOOR.host, "locale": DOOR.locale, "address": DOOR.address, **door})
    return open_pay_page(payment_id=payment.id, buyer_id=payment.order.buyer_id, door=at, clock=timezone.now)


def post(message: Message) -> tuple[int, str]:
    answer = Client().post(
        "/payments/webhook/wechat", data=message.body, content_type="application/json", headers=message.headers
    )
    return answer.status_code, answer.json()["verdict"]


def deliver(stub: WechatStub) -> list[tuple[int, str]]:
    return [post(stub.messages.pop(0)) for _ in range(len(stub.messages))]


def paid(stub: WechatStub, payment: Payment) -> Payment:
    visit(payment)
    stub.pay(payment.reference)
    deliver(stub)
    payment.refresh_from_db()
    return payment


def refund_of(payment: Payment, amount_minor: int | None = None) -> Refund:
    refund = request_refund(
        order_id=payment.order_id, reason="t", cause="t", amount_minor=amount_minor, now=timezone.now()
    )
    assert refund is not None
    return refund


def test_wechat_believes_our_signature_and_the_page_leads_back(stub, payment):
    page = httpx.get(visit(payment))

    assert page.text == f"http://shop.example/pay/{payment.order_id}"
    wanted = stub.trades[payment.reference]["wanted"]
    assert wanted["amount"] == {"total": 123405, "currency": "CNY"}
    assert wanted["scene_info"]["payer_client_ip"] == "203.0.113.7"


def test_a_page_is_used_again_while_it_lives_and_a_later_one_is_of_the_same_trade(stub, payment):
    first = visit(payment)
    again = visit(payment)
    Payment.objects.filter(pk=payment.pk).update(session_until=timezone.now())

    later = visit(payment, locale="en", address="198.51.100.9")

    assert (again, later != first, len(stub.trades)) == (first, True, 1)


def test_a_request_that_another_key_signed_is_not_taken(stub, payment):
    stub.shop_key = new_keys()[0]

    with pytest.raises(ProviderSilent):
        visit(payment)

    assert stub.trades == {}


def test_an_answer_that_another_key_signed_is_not_believed(stub, payment):
    stub.signs_with = new_keys()[0]

    with pytest.raises(ProviderSilent):
        visit(payment)


def test_a_notification_pays_the_order_once_however_often_it_comes(stub, payment):
    visit(payment)
    stub.knobs.copies = 2
    stub.pay(payment.reference)

    assert deliver(stub) == [(200, "APPLIED"), (200, "REPEATED"), (200, "REPEATED")]
    payment.refresh_from_db()
    payment.order.refresh_from_db()
    assert (payment.state, payment.order.state) == (PaymentState.SUCCEEDED, OrderState.PAID)
    assert ProviderEvent.objects.get(provider="wechat").times_seen == 3


def test_a_forged_or_changed_notification_is_refused(stub, payment):
    visit(payment)
    stub.pay(payment.reference)
    true = stub.messages.pop()
    stranger = new_keys()[0]

    forged = post(Message(true.body, stub.headers(true.body, key=stranger)))
    changed = post(Message(true.body + b" ", true.headers))
    unknown_key = post(Message(true.body, {**true.headers, "Wechatpay-Serial": "PUB_KEY_ID_02"}))
    unsigned = post(Message(true.body, {}))

    assert {forged, changed, unknown_key, unsigned} == {(400, "BAD_SIGNATURE")}
    payment.refresh_from_db()
    assert payment.state == PaymentState.CREATED
    assert post(true) == (200, "APPLIED")


def test_a_notification_that_is_replayed_later_is_refused(stub, payment):
    visit(payment)
    stub.pay(payment.reference)
    body = stub.messages.pop().body

    assert post(Message(body, stub.headers(body, at=int(time.time()) - 301))) == (400, "STALE")
    payment.refresh_from_db()
    assert payment.state == PaymentState.CREATED


def test_a_notification_for_another_merchant_or_another_app_is_refused(stub, payment):
    visit(payment)
    stub.pay(payment.reference, mchid="1900000002")
    stub.pay(payment.reference, appid="wx0000000000000002")

    assert deliver(stub) == [(400, "BAD_SIGNATURE")] * 2
    payment.refresh_from_db()
    assert payment.state == PaymentState.CREATED


def test_what_is_sealed_with_another_key_cannot_be_read(stub, payment):
    visit(payment)
    stub.tell("TRANSACTION.SUCCESS", {"mchid": MERCHANT, "appid": APP_ID}, api_key="f" * 32)
    stub.tell("TRANSACTION.SUCCESS", {"mchid": MERCHANT, "appid": APP_ID, "out_trade_no": payment.reference})

    assert deliver(stub) == [(400, "UNREADABLE")] * 2


def test_another_amount_is_held_and_changes_nothing(stub, payment):
    visit(payment)
    stub.knobs.wrong_amount = True
    stub.pay(payment.reference)

    assert deliver(stub) == [(422, "AMOUNT_MISMATCH")]
    payment.refresh_from_db()
    assert payment.state == PaymentState.CREATED


def test_money_for_an_order_that_closed_meanwhile_is_taken_as_late(stub, payment):
    visit(payment)
    later = timezone.now() + timedelta(minutes=20)
    close_overdue_orders(now=later)
    payment.order.refresh_from_db()
    assert payment.order.state == OrderState.CLOSED

    stub.pay(payment.reference)

    assert deliver(stub) == [(200, "APPLIED")]
    payment.order.refresh_from_db()
    assert payment.order.state == OrderState.PAID


def test_money_whose_notification_was_lost_is_found_by_asking(stub, payment):
    visit(payment)
    stub.pay(payment.reference)
    stub.messages.clear()

    assert ask_about_payments(clock=lambda: timezone.now() + timedelta(minutes=2)) == 1
    payment.refresh_from_db()
    assert payment.state == PaymentState.SUCCEEDED


def test_a_trade_that_outlives_its_order_is_closed(stub, payment):
    visit(payment)

    ask_about_payments(clock=lambda: timezone.now() + timedelta(minutes=40))

    assert stub.trades[payment.reference]["trade_state"] == "CLOSED"
    payment.refresh_from_db()
    assert payment.look_at is None


def test_a_refund_is_made_once_under_our_number(stub, payment):
    paid(stub, payment)
    refund = refund_of(payment, amount_minor=1001)

    submit_refund(refund_id=refund.id, clock=timezone.now)

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert stub.refunds[str(refund.id)]["amount"] == {"refund": 1001, "total": 123405, "currency": "CNY"}


def test_a_refund_that_takes_time_is_settled_by_its_notification(stub, payment):
    paid(stub, payment)
    refund = refund_of(payment, amount_minor=1001)
    stub.refund_status = "PROCESSING"
    submit_refund(refund_id=refund.id, clock=timezone.now)
    refund.refresh_from_db()
    assert refund.state == RefundState.SUBMITTED

    stub.end_refund(str(refund.id), "SUCCESS")

    assert deliver(stub) == [(200, "APPLIED")]
    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED


def test_a_refund_that_the_payers_account_cannot_take_waits_for_a_person_at_once(stub, payment):
    paid(stub, payment)
    refund = refund_of(payment)
    stub.refund_status = "PROCESSING"
    submit_refund(refund_id=refund.id, clock=timezone.now)
    stub.end_refund(str(refund.id), "ABNORMAL")
    assert deliver(stub) == [(200, "APPLIED")]

    submit_refund(refund_id=refund.id, clock=lambda: timezone.now() + timedelta(hours=2))

    refund.refresh_from_db()
    assert (refund.state, refund.attempts) == (RefundState.MANUAL, 2)
    assert refund.problem.startswith("ABNORMAL")
    stub.end_refund(str(refund.id), "SUCCESS")
    assert deliver(stub) == [(200, "APPLIED")]
    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED


def test_a_refund_whose_answer_was_lost_is_not_made_again(stub, payment):
    paid(stub, payment)
    refund = refund_of(payment)
    stub.knobs.is_silent_after_success = True
    submit_refund(refund_id=refund.id, clock=timezone.now)
    refund.refresh_from_db()
    assert refund.state == RefundState.FAILED
    stub.knobs.is_silent_after_success = False

    submit_refund(refund_id=refund.id, clock=lambda: timezone.now() + timedelta(hours=2))

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert stub.calls.count("POST /v3/refund/domestic/refunds") == 1


def test_wechat_being_down_is_silence_and_its_no_is_a_refusal(stub, payment):
    paid(stub, payment)
    refund = refund_of(payment)
    stub.knobs.is_down = True
    submit_refund(refund_id=refund.id, clock=timezone.now)
    refund.refresh_from_db()
    assert refund.problem == "no answer: JSONDecodeError"
    stub.knobs.is_down = False
    stub.refunds["elsewhere"] = {"amount": {"refund": 123405}}

    submit_refund(refund_id=refund.id, clock=lambda: timezone.now() + timedelta(hours=2))

    refund.refresh_from_db()
    assert refund.problem == "NOT_ENOUGH 退款金额超过可退"


def test_the_next_order_offers_wechat_first(stub, payment):
    assert chosen_provider(buyer_id=payment.order.buyer_id) == "wechat"


def test_a_bill_of_wechat_is_read_with_its_marks_and_without_its_sums():
    names = "交易时间,商户号,微信订单号,商户订单号,交易状态,货币种类,商户退款单号,申请退款金额,订单金额"
    paid_row = "`2026-11-22 10:00:00,`1900000001,`4200001,`abc,`SUCCESS,`CNY,`0,`0.00,`12.34"
    back_row = "`2026-11-22 11:00:00,`1900000001,`4200001,`abc,`REFUND,`CNY,`key,`2.34,`12.34"
    text = "\r\n".join(["\ufeff" + names, paid_row, back_row, "总交易单数,应结订单总金额", "`2,`12.34"])

    movements = read_statement("wechat", text.encode())

    told = [(each.kind, each.amount_minor, each.reference, each.refund_key) for each in movements]
    assert told == [("payment", 1234, "abc", ""), ("refund", 234, "abc", "key")]

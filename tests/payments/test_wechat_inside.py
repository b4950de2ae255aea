"""Paying inside WeChat: who pays is asked with a state, the sheet is signed, and the money comes by the common road."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import Client
from django.utils import timezone

from backend.checkout.actions import ask_about_payments
from backend.orders.models import OrderState
from backend.payments import ports
from backend.payments.actions import choose_payment, reconcile, request_refund, submit_refund
from backend.payments.models import Payment, PaymentState, Refund, RefundState
from backend.payments.providers.wechat import WechatProvider
from backend.payments.providers.wechat_inside import WechatInsideProvider
from backend.payments.providers.wechat_keys import WechatKeys
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_buyer, make_order
from tests.payments.stubs.serving import Message, served
from tests.payments.stubs.wechat import API_KEY, APP_ID, APP_SECRET, KEY_ID, MERCHANT, SERIAL, WechatStub, new_keys
from tests.support.api import Api

pytestmark = pytest.mark.django_db
INSIDE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50 NetType/WIFI"
)
SHEET = """query ($id: ID!) { order(id: $id) { payment { provider
  sheet { appId timeStamp nonce package signType signature } } } }"""


@pytest.fixture
def stub(monkeypatch):
    monkeypatch.setattr(ports, "_providers", dict(ports._providers))
    monkeypatch.setattr(ports, "_offered", [*ports._offered, "wechat"])
    with served(WechatStub) as stub:
        keys = WechatKeys(
            private_key=stub.shop_private, serial=SERIAL, api_key=API_KEY, public_keys={KEY_ID: stub.public},
            now=timezone.now,
        )  # fmt: skip
        merchant = {"app_id": APP_ID, "merchant_id": MERCHANT, "keys": keys, "api_url": stub.url}
        hook = "http://shop.example/payments/webhook/wechat"
        ports.register_provider(WechatProvider(**merchant, notify_url=hook))
        ports.register_provider(
            WechatInsideProvider(
                **merchant, notify_url=f"{hook}_inside", app_secret=APP_SECRET, ask_url=stub.url, tell_url=stub.url
            )
        )
        yield stub


@pytest.fixture
def payment(stub) -> Payment:
    """The payment that the buyer chose: WeChat's, whatever the browser."""
    now = timezone.now()
    placed = make_order(variants=[(make_variant(price_minor=123405), 1)], now=now)
    return choose_payment(order_id=placed.order.id, buyer_id=placed.order.buyer_id, provider="wechat", now=now)


@pytest.fixture
def phone(payment) -> Client:
    """The buyer's browser inside WeChat."""
    client = Client(headers={"User-Agent": INSIDE, "host": "127.0.0.1:8000"})
    client.force_login(payment.order.buyer)
    return client


def go(phone: Client, payment: Payment) -> str:
    """Where the door of the shop sends the browser."""
    return phone.get(f"/payments/go/{payment.id}").headers["Location"]


def way_back(asked: str) -> str:
    """Where WeChat sends the browser, with a code."""
    split = urlsplit(httpx.get(asked.removesuffix("#wechat_redirect")).headers["Location"])
    return f"{split.path}?{split.query}"


def to_sheet(phone: Client, payment: Payment) -> Payment:
    """Go the whole way to the sheet, and hand back the payment inside WeChat."""
    phone.get(way_back(go(phone, payment)))
    return Payment.objects.get(provider="wechat_inside")


def deliver(stub: WechatStub) -> list[tuple[int, str]]:
    told = []
    while stub.messages:
        message: Message = stub.messages.pop(0)
        answer = Client().post(
            "/payments/webhook/wechat_inside",
            data=message.body,
            content_type="application/json",
            headers=message.headers,
        )
        told.append((answer.status_code, answer.json()["verdict"]))
    return told


def test_inside_wechat_the_door_asks_who_pays_and_leads_to_the_sheet(stub, payment, phone):
    asked = go(phone, payment)
    arrived = phone.get(way_back(asked))

    assert asked.startswith(f"{stub.url}/connect/oauth2/authorize?")
    assert asked.endswith("#wechat_redirect")
    assert arrived.headers["Location"] == f"http://127.0.0.1:8000/pay/{payment.order_id}/sheet"
    inside = Payment.objects.get(provider="wechat_inside")
    wanted = stub.trades[inside.reference]["wanted"]
    assert wanted["payer"] == {"openid": stub.payer}
    assert wanted["amount"] == {"total": 123405, "currency": "CNY"}
    assert wanted["notify_url"].endswith("/payments/webhook/wechat_inside")
    assert len(inside.reference) <= 32


def test_the_sheet_is_signed_as_wechats_browser_wants_it_and_for_the_buyer_alone(stub, payment, phone):
    to_sheet(phone, payment)

    told = Api(payment.order.buyer)(SHEET, id=str(payment.order_id))["order"]["payment"]
    sheet = told["sheet"]
    words = {
        "appId": sheet["appId"], "timeStamp": sheet["timeStamp"], "nonceStr": sheet["nonce"],
        "package": sheet["package"], "signType": sheet["signType"], "paySign": sheet["signature"],
    }  # fmt: skip
    assert told["provider"] == "wechat_inside"
    assert stub.sheet_is_signed(words)
    assert not stub.sheet_is_signed({**words, "package": "prepay_id=wxother"})
    assert Api(make_buyer("Mallory"))(SHEET, id=str(payment.order_id))["order"] is None


def test_in_another_browser_the_same_order_gets_wechats_page(stub, payment, phone):
    inside = to_sheet(phone, payment)
    outside = Client(headers={"host": "127.0.0.1:8000"})
    outside.force_login(payment.order.buyer)

    page = go(outside, inside)

    assert page.startswith(f"{stub.url}/page?")
    assert set(stub.trades) == {payment.reference, inside.reference}


def test_a_sheet_is_used_again_while_it_lives_and_nobody_is_asked_again(stub, payment, phone):
    to_sheet(phone, payment)
    calls = len(stub.calls)

    assert go(phone, payment).endswith(f"/pay/{payment.order_id}/sheet")
    assert len(stub.calls) == calls


@pytest.mark.parametrize("change", ["state", "browser", "no code", "another payment"])
def test_an_answer_that_we_did_not_ask_for_is_not_taken(stub, payment, phone, change):
    back = way_back(go(phone, payment))
    query = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    path, browser = urlsplit(back).path, phone
    if change == "state":
        query["state"] = "0" * 32
    if change == "browser":
        browser = Client(headers={"User-Agent": INSIDE, "host": "127.0.0.1:8000"})
        browser.force_login(payment.order.buyer)
    if change == "no code":
        del query["code"]
    if change == "another payment":
        path = f"/payments/told/{payment.id}"

    answer = browser.get(path, query)

    assert answer.headers["Location"] == f"/pay/{payment.order_id}?why=PAYER_UNKNOWN"
    assert stub.calls == []
    assert stub.trades == {}


def test_a_stranger_finds_nothing_and_nobody_is_sent_away(stub, payment, phone):
    back = way_back(go(phone, payment))
    mallory = Client(headers={"User-Agent": INSIDE})
    mallory.force_login(make_buyer("Mallory"))

    assert mallory.get(back).status_code == 404
    assert Client().get(back).headers["Location"] == "/orders"
    assert stub.calls == []


def test_a_way_back_that_is_replayed_is_not_taken_twice(stub, payment, phone):
    back = way_back(go(phone, payment))
    phone.get(back)
    calls = len(stub.calls)

    again = phone.get(back)

    assert again.headers["Location"] == f"/pay/{payment.order_id}?why=PAYER_UNKNOWN"
    assert len(stub.calls) == calls


def test_a_code_that_wechat_has_seen_before_is_refused_even_with_a_fresh_state(stub, payment, phone):
    old = parse_qs(urlsplit(way_back(go(phone, payment))).query)["code"][0]
    httpx.get(
        f"{stub.url}/sns/oauth2/access_token",
        params={"appid": APP_ID, "secret": APP_SECRET, "code": old, "grant_type": "authorization_code"},
    )
    asked = go(phone, payment)
    state = parse_qs(urlsplit(asked).query)["state"][0]
    path = urlsplit(way_back(asked)).path

    answer = phone.get(path, {"code": old, "state": state})

    assert answer.headers["Location"] == f"/pay/{payment.order_id}?why=PAYER_UNKNOWN"
    assert stub.trades == {}


def test_wechat_being_down_is_silence_at_both_of_its_doors(stub, payment, phone):
    back = way_back(go(phone, payment))
    stub.knobs.is_down = True

    silent = phone.get(back)
    stub.knobs.is_down = False
    stub.signs_with = new_keys()[0]
    unsigned = phone.get(way_back(go(phone, payment)))

    wanted = f"/pay/{payment.order_id}?why=PROVIDER_SILENT"
    assert (silent.headers["Location"], unsigned.headers["Location"]) == (wanted, wanted)
    assert Payment.objects.get(provider="wechat_inside").session_url == ""


def test_the_notification_pays_the_order_once(stub, payment, phone):
    inside = to_sheet(phone, payment)
    stub.knobs.copies = 1
    stub.pay(inside.reference)

    assert deliver(stub) == [(200, "APPLIED"), (200, "REPEATED")]
    inside.refresh_from_db()
    inside.order.refresh_from_db()
    assert (inside.state, inside.order.state) == (PaymentState.SUCCEEDED, OrderState.PAID)
    assert Api(inside.order.buyer)(SHEET, id=str(inside.order_id))["order"]["payment"]["sheet"] is None


def test_another_amount_is_held_and_changes_nothing(stub, payment, phone):
    inside = to_sheet(phone, payment)
    stub.knobs.wrong_amount = True
    stub.pay(inside.reference)

    assert deliver(stub) == [(422, "AMOUNT_MISMATCH")]
    inside.refresh_from_db()
    assert inside.state == PaymentState.CREATED


def test_a_notification_at_the_door_of_the_other_way_changes_nothing(stub, payment, phone):
    inside = to_sheet(phone, payment)
    stub.pay(inside.reference)
    message = stub.messages.pop()

    answer = Client().post(
        "/payments/webhook/wechat", data=message.body, content_type="application/json", headers=message.headers
    )

    assert (answer.status_code, answer.json()["verdict"]) == (422, "UNKNOWN_PAYMENT")
    inside.refresh_from_db()
    assert inside.state == PaymentState.CREATED


def test_money_whose_notification_was_lost_is_found_by_asking(stub, payment, phone):
    inside = to_sheet(phone, payment)
    stub.pay(inside.reference)
    stub.messages.clear()

    ask_about_payments(clock=lambda: timezone.now() + timedelta(minutes=2))

    inside.refresh_from_db()
    assert inside.state == PaymentState.SUCCEEDED


def test_who_pays_inside_and_outside_gets_the_second_money_back(stub, payment, phone):
    inside = to_sheet(phone, payment)
    outside = Client(headers={"host": "127.0.0.1:8000"})
    outside.force_login(payment.order.buyer)
    go(outside, inside)
    stub.pay(inside.reference)
    assert deliver(stub) == [(200, "APPLIED")]

    stub.pay(payment.reference)
    message = stub.messages.pop()
    Client().post(
        "/payments/webhook/wechat", data=message.body, content_type="application/json", headers=message.headers
    )

    payment.refresh_from_db()
    inside.refresh_from_db()
    assert (inside.settles_order, payment.settles_order) == (True, False)
    assert Refund.objects.get().payment_id == payment.id
    assert Refund.objects.get().amount_minor == 123405


def test_a_refund_goes_back_the_way_the_money_came(stub, payment, phone):
    inside = to_sheet(phone, payment)
    stub.pay(inside.reference)
    deliver(stub)
    refund = request_refund(order_id=inside.order_id, reason="t", cause="t", amount_minor=1001, now=timezone.now())

    submit_refund(refund_id=refund.id, clock=timezone.now)

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert stub.refunds[str(refund.id)]["out_trade_no"] == inside.reference


def test_one_bill_of_wechat_tells_of_both_ways(stub, payment, phone):
    inside = to_sheet(phone, payment)
    stub.pay(inside.reference)
    deliver(stub)
    inside.refresh_from_db()
    names = "交易时间,商户号,微信订单号,商户订单号,交易状态,货币种类,商户退款单号,申请退款金额,订单金额"
    at = timezone.localtime(inside.captured_at).strftime("%Y-%m-%d %H:%M:%S")
    row = f"`{at},`{MERCHANT},`{inside.provider_reference},`{inside.reference},`SUCCESS,`CNY,`0,`0.00,`1234.05"

    run = reconcile(
        provider="wechat", file_name="bill.csv", content=f"{names}\n{row}\n".encode(), by=make_buyer("Dora").id,
        now=timezone.now(),
    )  # fmt: skip

    assert (run.rows_count, run.matched_count) == (1, 1)

"""The sandbox provider, together with the shop and without a network."""

import time
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.conf import settings
from django.test import Client
from starlette.testclient import TestClient

from backend.core import clock
from backend.orders.models import OrderState
from backend.payments.actions import reconcile
from backend.payments.models import PaymentState, Refund, RefundState, Verdict
from backend.payments.ports import PaymentOrder, Standing, require_provider
from backend.payments.providers.signing import SIGNATURE_HEADER, api_key
from backend.payments.sandbox.configuration import Configuration
from backend.payments.sandbox.courier import Courier
from backend.payments.sandbox.store import Store
from backend.payments.sandbox.texts import WORDS
from backend.payments.sandbox.web import application
from backend.payments.selectors import held_events, known_payment
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
SECRET = "a-secret-that-only-the-tests-use"
RETURN = "http://127.0.0.1:8000/pay/1"


@pytest.fixture
def configuration(tmp_path) -> Configuration:
    return Configuration(
        0, "127.0.0.1", (SECRET,), "http://shop/payments/webhook/sandbox", tmp_path / "sandbox.sqlite3"
    )


@pytest.fixture
def store(configuration) -> Store:
    return Store(configuration.database)


@pytest.fixture
def pages(store, configuration) -> Iterator[TestClient]:
    with TestClient(application(store, configuration), base_url="http://provider", follow_redirects=False) as client:
        yield client


@pytest.fixture
def courier(store, configuration) -> Courier:
    return Courier(store, configuration)


def to_the_shop(request: httpx.Request) -> httpx.Response:
    """Carry what the courier sends through the shop's real door."""
    answer = Client().post(
        "/payments/webhook/sandbox",
        data=request.content,
        content_type="application/json",
        headers={SIGNATURE_HEADER: request.headers[SIGNATURE_HEADER]},
    )
    return httpx.Response(answer.status_code, content=answer.content)


def deliver(courier: Courier) -> int:
    with httpx.Client(transport=httpx.MockTransport(to_the_shop)) as client:
        return courier.deliver_due(client)


def link_of(placed, *, locale: str = "zh-Hans", host: str = "127.0.0.1:8000") -> str:
    order = PaymentOrder(
        reference=placed.payment.reference,
        amount_minor=placed.payment.amount_minor,
        currency="CNY",
        subject="多肉小院 <b>",
        expires_at=clock.now() + timedelta(minutes=10),
        return_url=RETURN,
        locale=locale,
        is_hold=placed.payment.is_hold,
    )
    address = require_provider("sandbox").pay_url(order, shop_host=host)
    assert address is not None
    return address


def fields_of(link: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


def press(pages: TestClient, placed, button: str):
    return pages.post("/pay", data={**fields_of(link_of(placed)), "do": button})


@pytest.fixture
def placed():
    return make_order(now=clock.now())


@pytest.mark.parametrize("locale", list(WORDS))
def test_the_pay_page_speaks_three_languages_and_escapes_what_it_shows(pages, placed, locale):
    page = pages.get(link_of(placed, locale=locale))

    assert page.status_code == 200
    assert WORDS[locale]["pay"] in page.text
    assert "多肉小院 &lt;b&gt;" in page.text


@pytest.mark.parametrize(
    ("host", "wanted"),
    [("127.0.0.1:8000", "127.0.0.1"), ("localhost:8000", "localhost"), ("192.168.1.7:8000", "192.168.1.7")],
)
def test_the_link_stays_on_the_host_that_the_browser_uses(placed, host, wanted):
    link = urlsplit(link_of(placed, host=host))

    assert (link.hostname, link.port) == (wanted, settings.PROVIDER_PORT)


def test_a_link_that_was_changed_is_refused(pages, placed):
    link = link_of(placed)
    amount = str(placed.payment.amount_minor)

    assert pages.get(link.replace(f"amount={amount}", "amount=1")).status_code == 400
    assert pages.post("/pay", data={**fields_of(link), "amount": "1", "do": "pay"}).status_code == 400
    assert pages.get("/pay").status_code == 400


def test_paying_returns_to_the_shop_and_the_webhook_pays_the_order(pages, placed, courier):
    answer = press(pages, placed, "pay")
    assert (answer.status_code, answer.headers["location"]) == (303, RETURN)
    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.PENDING_PAYMENT

    assert deliver(courier) == 1

    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.PAID
    assert deliver(courier) == 0


def test_paying_twice_takes_the_money_once(pages, placed, store):
    press(pages, placed, "pay")
    press(pages, placed, "pay")

    assert len(store.recent("delivery")) == 1
    assert pages.get(link_of(placed)).headers["location"] == RETURN


def test_a_failed_payment_can_be_tried_again(pages, placed, courier):
    page = press(pages, placed, "fail")
    deliver(courier)
    placed.payment.refresh_from_db()
    assert (page.status_code, placed.payment.state) == (200, PaymentState.FAILED)

    press(pages, placed, "pay")
    deliver(courier)

    placed.payment.refresh_from_db()
    assert placed.payment.state == PaymentState.SUCCEEDED


def test_cancelling_takes_nothing(pages, placed, store):
    assert press(pages, placed, "cancel").headers["location"] == RETURN
    assert store.recent("delivery") == []


def test_a_shop_that_is_down_gets_the_webhook_again(pages, placed, courier, store):
    press(pages, placed, "pay")
    with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(500))) as client:
        courier.deliver_due(client)
    (waiting,) = store.recent("delivery")
    assert (waiting["attempts"], waiting["done"]) == (1, 0)

    time.sleep(1.1)
    deliver(courier)

    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.PAID


def test_copies_change_nothing_and_a_wrong_amount_is_held(pages, placed, courier, store):
    store.turn("duplicate", 2)
    press(pages, placed, "pay")
    assert deliver(courier) == 3
    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.PAID

    other = make_order(now=clock.now())
    store.turn("wrong_amount", 1)
    press(pages, other, "pay")
    deliver(courier)
    other.order.refresh_from_db()
    assert other.order.state == OrderState.PENDING_PAYMENT
    assert [event.verdict for event in held_events()] == [Verdict.AMOUNT_MISMATCH]


def test_the_api_wants_its_key_and_refunds_once_per_key(pages, placed, courier, store):
    press(pages, placed, "pay")
    deliver(courier)
    reference, amount = placed.payment.reference, placed.payment.amount_minor
    key = {"Authorization": f"Bearer {api_key(SECRET)}"}
    wanted = {"reference": reference, "amount": amount}
    assert pages.get(f"/payments/{reference}").status_code == 401
    assert pages.get(f"/payments/{reference}", headers=key).json()["state"] == "succeeded"
    assert pages.get("/refunds/r1", headers=key).status_code == 404

    first = pages.post("/refunds", json=wanted, headers={**key, "Idempotency-Key": "r1"})
    again = pages.post("/refunds", json=wanted, headers={**key, "Idempotency-Key": "r1"})
    more = pages.post("/refunds", json=wanted, headers={**key, "Idempotency-Key": "r2"})

    assert (first.json(), more.status_code) == (again.json(), 409)
    assert len(store.recent("refund")) == 1
    deliver(courier)
    assert Refund.objects.get().state == RefundState.SUCCEEDED


def test_the_failure_knob_makes_calls_fail(pages, store):
    store.turn("failure", 100)

    answer = pages.get("/payments/x", headers={"Authorization": f"Bearer {api_key(SECRET)}"})

    assert answer.status_code == 503


def test_the_knobs_page_shows_and_turns(pages, store):
    assert pages.get("/knobs").status_code == 200

    pages.post("/knobs", data={"late": "7", "nonsense": "1"})

    assert store.knobs()["late"] == 7


def test_the_statement_can_be_read_by_the_shop_and_agrees_with_it(pages, placed, courier):
    press(pages, placed, "pay")
    deliver(courier)
    content = pages.get("/statement.csv").content

    run = reconcile(provider="sandbox", file_name="s.csv", content=content, by=placed.order.buyer_id, now=clock.now())

    assert (run.rows_count, run.matched_count) == (1, 1)


def test_the_shop_reads_the_answers_of_the_provider(pages, placed, courier, monkeypatch):
    """The adapter asks the real pages instead of the network."""
    press(pages, placed, "pay")
    deliver(courier)

    def ask(method, url, **options):
        options.pop("timeout")
        return pages.request(method, urlsplit(url).path, **options)

    monkeypatch.setattr(httpx, "request", ask)
    provider, payment = require_provider("sandbox"), known_payment(placed.payment)

    answer = provider.payment_standing(payment=payment)
    assert (answer.standing, answer.amount_minor) == (Standing.SUCCEEDED, placed.payment.amount_minor)
    assert provider.refund_standing(key="k", payment=payment) is Standing.UNKNOWN
    assert provider.refund(key="k", payment=payment, amount_minor=1) is Standing.SUCCEEDED
    assert provider.refund_standing(key="k", payment=payment) is Standing.SUCCEEDED

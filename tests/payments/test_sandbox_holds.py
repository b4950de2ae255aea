"""The sandbox holds money, takes it and releases it, with its faults; together with the shop and without a network."""

from urllib.parse import urlsplit

import httpx
import pytest

from backend.core import clock
from backend.payments.actions import decide_capture, decide_void, reconcile, submit_due_authorisations
from backend.payments.models import Authorisation, AuthorisationState, PaymentState, Verdict
from backend.payments.ports import Standing, require_provider
from backend.payments.sandbox.texts import WORDS
from backend.payments.selectors import held_events, known_payment
from tests.factories.groupbuy import make_offered_product, order_opening
from tests.payments.test_sandbox import configuration, courier, deliver, link_of, pages, press, store

__all__ = ["configuration", "courier", "pages", "store"]
pytestmark = pytest.mark.django_db
S = AuthorisationState


@pytest.fixture
def placed(pages, monkeypatch):
    """An unpaid order whose money is only to be held; the adapter asks the real pages instead of the network."""

    def ask(method, url, **options):
        options.pop("timeout")
        return pages.request(method, urlsplit(url).path, **options)

    monkeypatch.setattr(httpx, "request", ask)
    return order_opening(make_offered_product(size=2, moneyTaken="full"), now=clock.now())


@pytest.fixture
def held(pages, placed, courier):
    press(pages, placed, "pay")
    deliver(courier)
    placed.payment.refresh_from_db()
    return placed


def settle(placed):
    submit_due_authorisations(clock=clock.now)
    placed.payment.refresh_from_db()
    return placed.payment.state, Authorisation.objects.get(pk=placed.payment.pk).state


@pytest.mark.parametrize("locale", list(WORDS))
def test_the_pay_page_says_that_money_is_only_held(pages, placed, locale):
    page = pages.get(link_of(placed, locale=locale))

    assert WORDS[locale]["hold_note"] in page.text
    assert WORDS[locale]["hold"] in page.text


def test_agreeing_twice_holds_the_money_once(pages, held, store, courier):
    press(pages, held, "pay")

    assert deliver(courier) == 0
    assert held.payment.state == PaymentState.AUTHORISED
    assert [row["state"] for row in store.recent("payment")] == ["held"]


def test_a_capture_is_in_the_statement_and_a_hold_is_not(pages, held, courier):
    before = pages.get("/statement.csv").content.count(b"\n")
    decide_capture(payment=held.payment, now=clock.now())

    state = settle(held)
    deliver(courier)

    content = pages.get("/statement.csv").content
    run = reconcile(provider="sandbox", file_name="s.csv", content=content, by=held.order.buyer_id, now=clock.now())
    assert (before, state) == (1, (PaymentState.SUCCEEDED, S.CAPTURED))
    assert (run.rows_count, run.matched_count) == (1, 1)


def test_a_void_releases_it(held, store, courier):
    decide_void(payment=held.payment, now=clock.now())

    assert settle(held) == (PaymentState.VOIDED, S.VOIDED)
    deliver(courier)
    assert [row["state"] for row in store.recent("payment")] == ["voided"]
    assert held_events() == []


def test_a_capture_that_the_knob_refuses_is_lost(held, store, courier):
    store.turn("refuse_capture", 1)
    decide_capture(payment=held.payment, now=clock.now())

    assert settle(held) == (PaymentState.VOIDED, S.LOST)
    assert deliver(courier) == 1


def test_messages_that_come_late_and_twice_change_nothing_more(held, store, courier):
    store.turn("duplicate", 3)
    decide_capture(payment=held.payment, now=clock.now())
    settle(held)

    assert deliver(courier) == 4
    held.payment.refresh_from_db()
    assert held.payment.state == PaymentState.SUCCEEDED
    assert held_events() == []


def test_a_wrong_amount_is_not_believed(pages, placed, store, courier):
    store.turn("wrong_amount", 1)
    press(pages, placed, "pay")
    deliver(courier)

    placed.payment.refresh_from_db()
    assert placed.payment.state == PaymentState.CREATED
    assert [event.verdict for event in held_events()] == [Verdict.AMOUNT_MISMATCH]


def test_the_adapter_understands_each_standing(pages, held):
    provider, payment = require_provider("sandbox"), known_payment(held.payment)

    assert provider.payment_standing(payment=payment).standing is Standing.HELD
    assert provider.capture(key="k", payment=payment) is Standing.SUCCEEDED
    assert provider.capture(key="k", payment=payment) is Standing.SUCCEEDED
    assert provider.void(key="v", payment=payment) is Standing.SUCCEEDED

"""The door from the shop to the pay page."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from backend.core import clock
from backend.payments.models import ChosenProvider, Payment
from backend.payments.selectors import chosen_provider
from tests.factories.orders import LATER, NOON, make_buyer, make_order
from tests.support.api import Api

pytestmark = pytest.mark.django_db
CHOOSE = """mutation ($input: ChoosePaymentInput!) { choosePayment(input: $input) {
  payment { id provider payUrl } errors { code field message } } }"""


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(LATER):
        yield


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_buyer_is_sent_to_the_provider_and_comes_back_to_the_shop():
    placed = make_order()

    answer = signed_in(placed.order.buyer).get(f"/payments/go/{placed.payment.id}", headers={"host": "127.0.0.1:8000"})

    assert answer.status_code == 302
    link = urlsplit(answer.headers["Location"])
    assert link.path == "/pay"
    assert parse_qs(link.query)["return"] == [f"http://127.0.0.1:8000/pay/{placed.order.id}"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_stranger_finds_nothing_and_nobody_is_sent_anywhere():
    placed = make_order()

    assert signed_in(make_buyer("Mallory")).get(f"/payments/go/{placed.payment.id}").status_code == 404
    assert Client().get(f"/payments/go/{placed.payment.id}").headers["Location"] == "/orders"
    placed.payment.refresh_from_db()
    assert placed.payment.look_at is None


def test_an_order_that_is_over_leads_back_to_its_own_page_which_says_why():
    placed = make_order()

    with clock.frozen(NOON + timedelta(hours=1)):
        answer = signed_in(placed.order.buyer).get(f"/payments/go/{placed.payment.id}")

    assert answer.headers["Location"] == f"/pay/{placed.order.id}?why=ORDER_NOT_PAYABLE"


def test_the_choice_of_a_buyer_is_remembered():
    placed = make_order()
    api = Api(placed.order.buyer, locale="en")

    answer = api.payload(CHOOSE, input={"orderId": str(placed.order.id), "provider": "sandbox"})

    assert answer["payment"]["id"] == str(placed.payment.id)
    assert chosen_provider(buyer_id=placed.order.buyer_id) == "sandbox"
    assert api("{ paymentProviders { name label note isChosen } }")["paymentProviders"] == [
        {"name": "sandbox", "label": "Practice checkout", "note": "No real money moves", "isChosen": True}
    ]


def test_a_way_that_is_not_offered_and_an_order_of_somebody_else_are_refused():
    placed = make_order()

    (error,) = Api(placed.order.buyer).payload(CHOOSE, input={"orderId": str(placed.order.id), "provider": "pigeon"})[
        "errors"
    ]
    (other,) = Api(make_buyer("Mallory")).payload(
        CHOOSE, input={"orderId": str(placed.order.id), "provider": "sandbox"}
    )["errors"]

    assert (error["code"], error["field"]) == ("PROVIDER_NOT_OFFERED", "provider")
    assert other["code"] == "NOT_FOUND"
    assert ChosenProvider.objects.count() == 0
    assert Payment.objects.count() == 1

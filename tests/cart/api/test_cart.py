"""Carts as a phone asks for them."""

import pytest

from backend.cart.models import CartLine
from backend.core.ids import new_id
from tests.cart.ground import VISITOR, of, put
from tests.factories.accounts import make_person
from tests.factories.catalogue import make_variant
from tests.support.api import Api

pytestmark = pytest.mark.django_db

CART = """{ cart { version hasGuestLines canUndo
  lines { id title optionTitle quantity isSelected version state available unitPrice { minor } priceChange { minor } }
  price { itemsTotal { minor } discount { minor } total { minor } adjustments { kind } } } cartPieces }"""
ADD = """mutation ($input: AddToCartInput!) { addToCart(input: $input) {
  quantity cart { lines { quantity } } errors { code message details } } }"""
CHANGE = """mutation ($input: ChangeCartLineInput!) { changeCartLine(input: $input) {
  cart { lines { quantity version } } errors { code field details } } }"""
MERGE = "mutation { mergeCart(input: {}) { cart { lines { quantity } hasGuestLines } errors { code } } }"


def wish(variant, quantity=1):
    return {"variantId": str(variant.pk), "quantity": quantity, "idempotencyKey": str(new_id())}


def test_a_guest_fills_a_cart_and_takes_it_along_when_signing_in():
    bob, variant = make_person("Bob"), make_variant(price_minor=5990)
    guest = Api(visitor=VISITOR)

    assert guest.payload(ADD, input=wish(variant, 2))["errors"] == []
    assert guest(CART)["cart"]["price"]["total"] == {"minor": 11980}

    signed_in = Api(bob, visitor=VISITOR)
    assert signed_in(CART)["cart"]["hasGuestLines"] is True
    assert signed_in.payload(MERGE)["cart"] == {"lines": [{"quantity": 2}], "hasGuestLines": False}
    assert guest(CART)["cartPieces"] == 0


def test_a_browser_without_a_cookie_has_an_empty_cart_and_is_told_why_it_stays_so():
    nobody = Api()

    assert nobody(CART)["cart"]["lines"] == []
    assert nobody.payload(ADD, input=wish(make_variant()))["errors"][0]["code"] == "BROWSER_UNKNOWN"


def test_a_stale_change_says_how_many_there_are_now():
    bob = make_person("Bob")
    line = put(of(bob), make_variant())
    api = Api(bob)
    wanted = {"lineId": str(line.pk), "quantity": 3, "version": line.version}
    api.payload(CHANGE, input=wanted)

    (error,) = api.payload(CHANGE, input={**wanted, "quantity": 5})["errors"]

    assert (error["code"], error["details"]["quantity"]) == ("CART_LINE_CHANGED", 3)
    assert CartLine.objects.get().quantity == 3


def test_nobody_reaches_into_the_cart_of_another():
    line = put(of(make_person("Bob")), make_variant())

    for api in (Api(make_person("Mallory")), Api(visitor="somebody")):
        (error,) = api.payload(CHANGE, input={"lineId": str(line.pk), "quantity": 3, "version": 0})["errors"]
        assert error["code"] == "NOT_FOUND"

    assert CartLine.objects.get().quantity == 1


def test_a_browser_gets_a_name_once(client):
    first = client.post("/cart/browser")
    name = first.cookies["tz_visitor"].value
    again = client.post("/cart/browser")

    assert (first.status_code, again.status_code, len(name)) == (204, 204, 32)
    assert "tz_visitor" not in again.cookies
    assert client.get("/cart/browser").status_code == 405

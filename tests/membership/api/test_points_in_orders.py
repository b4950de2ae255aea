"""Points in a price: seen before, used with the order, back when the order is not paid."""

import pytest

from backend.accounts.models import Address
from backend.core import clock
from backend.core.ids import new_id
from membership import selectors
from tests.factories.catalogue import NOON, make_product, variant_ids
from tests.factories.membership import give_points
from tests.factories.orders import make_buyer
from tests.support.api import Api

pytestmark = pytest.mark.django_db

QUOTE = """
query ($input: QuoteInput!) {
  quote(input: $input) { hash total { minor } usablePoints { points amount { minor } }
    adjustments { kind amount { minor } explanation } }
}
"""
PLACE = """
mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id total { minor } } errors { code message } }
}
"""
CANCEL = "mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { errors { code } } }"


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


def basket(**more):
    product = make_product(price_minor=5_000, stock=5)
    return {"lines": [{"variantId": str(variant_ids(product)[0]), "quantity": 1}], **more}


def usable(buyer) -> int:
    return selectors.points_available(buyer.id, now=NOON).amount


def test_a_quote_says_what_points_may_pay_and_takes_it_off_when_asked():
    buyer = make_buyer("Bob", now=NOON)
    give_points(buyer, 9_000)
    wanted = basket()

    without = Api(buyer)(QUOTE, input=wanted)["quote"]
    using = Api(buyer, locale="en")(QUOTE, input={**wanted, "usePoints": True})["quote"]

    assert without["usablePoints"] == using["usablePoints"] == {"points": 2_500, "amount": {"minor": 2_500}}
    assert without["total"]["minor"] - using["total"]["minor"] == 2_500
    assert using["adjustments"][0]["kind"] == "points"
    assert "2500 points pay ¥25" in using["adjustments"][0]["explanation"][0]


def test_points_go_with_the_order_and_come_back_with_its_cancellation():
    buyer = make_buyer("Bob", now=NOON)
    give_points(buyer, 1_000)
    wanted = basket(usePoints=True)
    quote = Api(buyer)(QUOTE, input=wanted)["quote"]
    address = str(address_of(buyer))

    payload = Api(buyer).payload(
        PLACE, input={**wanted, "addressId": address, "quoteHash": quote["hash"], "idempotencyKey": str(new_id())}
    )

    assert payload["errors"] == []
    assert usable(buyer) == 0
    Api(buyer).payload(CANCEL, input={"orderId": payload["order"]["id"], "idempotencyKey": str(new_id())})
    assert usable(buyer) == 1_000
    assert selectors.lots_that_disagree() == []


def test_points_that_went_elsewhere_meanwhile_are_told_by_the_changed_price():
    buyer = make_buyer("Bob", now=NOON)
    give_points(buyer, 1_000)
    wanted = basket(usePoints=True)
    quote = Api(buyer)(QUOTE, input=wanted)["quote"]
    order = {"addressId": str(address_of(buyer)), "quoteHash": quote["hash"]}
    Api(buyer).payload(PLACE, input={**wanted, **order, "idempotencyKey": str(new_id())})

    payload = Api(buyer).payload(PLACE, input={**wanted, **order, "idempotencyKey": str(new_id())})

    assert (payload["order"], payload["errors"][0]["code"]) == (None, "PRICE_CHANGED")


def address_of(buyer):
    return Address.objects.values_list("pk", flat=True).get(user=buyer, is_default=True)

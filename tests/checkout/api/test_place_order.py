"""Ordering through the API, as nobody, as a stranger, as the owner and as staff."""

from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.actions import grant_role
from backend.accounts.models import Address
from backend.catalogue.actions import change_price
from backend.core import clock
from backend.core.ids import new_id
from backend.core.models import OutboxEvent
from backend.inventory.models import StockItem
from backend.orders.models import Order, OrderState
from backend.payments.models import Payment
from tests.factories.catalogue import NOON, make_variant
from tests.factories.orders import make_buyer, make_order
from tests.factories.payments import make_paid_order
from tests.support.api import Api

pytestmark = pytest.mark.django_db

QUOTE = """query ($input: QuoteInput!) { quote(input: $input) {
  hash itemsTotal { minor } shipping { minor } total { minor } adjustments { kind label amount { minor } explanation }
  lines { variantId productSlug title optionTitle quantity unitPrice { minor currency } total { minor }
    picture { src } }
} }"""
PLACE = """mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  order { id number state stateLabel kind total { minor } address
    lines { title quantity total { minor } }
    timeline { key label isDone }
    payment { id } refunds { id } adjustments { kind } }
  payment { id state amount { minor } payUrl expiresAt }
  errors { code message field details }
} }"""
ORDER = (
    """query ($id: ID!) { order(id: $id) { id state payment { payUrl } refunds { amount { minor } reason state } } }"""
)
CANCEL = """mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) {
  order { state refunds { amount { minor } reason stateLabel } } errors { code message details } } }"""
PAY = "mutation ($input: PayOrderInput!) { payOrder(input: $input) { payment { id payUrl } errors { code } } }"
MINE = """query ($first: Int, $after: String, $state: OrderFilterState) { viewer {
  orders(first: $first, after: $after, state: $state) {
  edges { cursor node { id state lines { title picture { src } } payment { state } refunds { id }
    adjustments { kind } } }
  pageInfo { hasNextPage endCursor } } } }"""


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def bob():
    return make_buyer("Bob")


def order_input(user, variant, quote_hash, *, quantity=1, key=None):
    return {
        "lines": [{"variantId": str(variant.pk), "quantity": quantity}],
        "addressId": str(Address.objects.get(user=user).pk),
        "quoteHash": quote_hash,
        "idempotencyKey": str(key or new_id()),
    }


def quote_of(api, variant, quantity=1):
    return api(QUOTE, input={"lines": [{"variantId": str(variant.pk), "quantity": quantity}]})["quote"]


def nothing_written():
    return (
        not Order.objects.exists()
        and not Payment.objects.exists()
        and not OutboxEvent.objects.filter(name="OrderPlaced")
    )


def test_a_quote_adds_up_and_sending_is_free_from_the_configured_amount(bob, settings):
    api, variant = Api(bob), make_variant(price_minor=3000)

    small, large = quote_of(api, variant), quote_of(api, variant, 2)

    assert (small["itemsTotal"]["minor"], small["shipping"]["minor"], small["total"]["minor"]) == (3000, 600, 3600)
    assert (large["itemsTotal"]["minor"], large["shipping"]["minor"], large["total"]["minor"]) == (6000, 0, 6000)
    assert large["lines"][0]["picture"]["src"]


def test_placing_an_order_opens_a_payment_on_the_host_of_the_browser(bob):
    api, variant = Api(bob), make_variant(price_minor=6000, stock=3)

    placed = api.payload(PLACE, input=order_input(bob, variant, quote_of(api, variant)["hash"]))

    assert placed["errors"] == []
    assert placed["order"]["state"] == "PENDING_PAYMENT"
    assert placed["order"]["stateLabel"] == "待付款"
    assert placed["order"]["total"]["minor"] == placed["payment"]["amount"]["minor"] == 6000
    link = urlsplit(placed["payment"]["payUrl"])
    assert link.path == f"/payments/go/{placed['payment']['id']}"
    assert StockItem.objects.get(pk=variant.pk).reserved == 1


def test_the_same_key_places_one_order_and_another_request_with_it_is_refused(bob):
    api, variant, key = Api(bob), make_variant(), new_id()
    wanted = order_input(bob, variant, quote_of(api, variant)["hash"], key=key)

    first, again = api.payload(PLACE, input=wanted), api.payload(PLACE, input=wanted)
    other = api.payload(PLACE, input={**wanted, "lines": [{"variantId": str(variant.pk), "quantity": 2}]})

    assert first["order"]["id"] == again["order"]["id"]
    assert first["payment"]["id"] == again["payment"]["id"]
    assert [error["code"] for error in other["errors"]] == ["KEY_REUSED"]
    assert Order.objects.count() == 1


def test_a_price_that_changed_is_told_with_what_is_different(bob):
    api, variant = Api(bob, locale="en"), make_variant(price_minor=6000)
    before = quote_of(api, variant)["hash"]
    change_price(variant_id=variant.pk, price_minor=6500, now=NOON)

    (error,) = api.payload(PLACE, input=order_input(bob, variant, before))["errors"]

    assert (error["code"], error["field"]) == ("PRICE_CHANGED", "quoteHash")
    assert "¥65.00" in error["message"]
    assert error["details"]["newTotal"]["minor"] == 6500
    changes = {each["what"]: (each["beforeMinor"], each["afterMinor"]) for each in error["details"]["changes"]}
    assert changes == {"unitPrice": (6000, 6500), "total": (6000, 6500)}
    assert nothing_written()
    retry = api.payload(PLACE, input=order_input(bob, variant, error["details"]["newHash"]))
    assert retry["errors"] == []


def test_a_forged_hash_is_a_changed_price(bob):
    api, variant = Api(bob), make_variant()

    (error,) = api.payload(PLACE, input=order_input(bob, variant, "nonsense"))["errors"]

    assert error["code"] == "PRICE_CHANGED"
    assert nothing_written()


def test_too_few_pieces_are_told_with_what_is_left(bob):
    api, variant = Api(bob), make_variant(stock=2)
    quote_hash = quote_of(api, variant, 3)["hash"]

    (error,) = api.payload(PLACE, input=order_input(bob, variant, quote_hash, quantity=3))["errors"]

    assert (error["code"], error["details"]["available"]) == ("OUT_OF_STOCK", 2)
    assert nothing_written()
    assert StockItem.objects.get(pk=variant.pk).reserved == 0


def test_an_empty_shelf_is_called_sold_out(bob):
    api, variant = Api(bob), make_variant(stock=1)
    quote_hash = quote_of(api, variant)["hash"]
    StockItem.objects.filter(pk=variant.pk).update(on_hand=0)

    (error,) = api.payload(PLACE, input=order_input(bob, variant, quote_hash))["errors"]

    assert (error["code"], error["details"]["available"]) == ("OUT_OF_STOCK", 0)
    assert error["message"] == "这一款已售罄，请换一款，或看看相似商品。"
    assert nothing_written()


def test_the_address_of_another_person_is_no_address(bob):
    api, variant, mallory = Api(bob), make_variant(), make_buyer("Mallory")
    wanted = order_input(mallory, variant, quote_of(api, variant)["hash"])

    (error,) = api.payload(PLACE, input=wanted)["errors"]

    assert error["code"] == "ADDRESS_NEEDED"
    assert nothing_written()


@pytest.mark.parametrize("quantity", [0, -1, 100])
def test_a_quantity_out_of_range_is_refused(bob, quantity):
    api, variant = Api(bob), make_variant()

    (error,) = api.payload(PLACE, input=order_input(bob, variant, "x", quantity=quantity))["errors"]

    assert error["code"] == "INVALID_INPUT"
    assert nothing_written()


def test_an_empty_order_and_a_thing_off_the_shelf_are_refused(bob):
    api, variant = Api(bob), make_variant()
    empty = {**order_input(bob, variant, "x"), "lines": []}
    gone = {**order_input(bob, variant, "x"), "lines": [{"variantId": str(new_id()), "quantity": 1}]}

    assert api.payload(PLACE, input=empty)["errors"][0]["code"] == "BASKET_EMPTY"
    assert api.payload(PLACE, input=gone)["errors"][0]["code"] == "PRODUCT_UNAVAILABLE"
    assert nothing_written()


def test_nobody_must_sign_in(bob):
    variant, placed = make_variant(), make_order(buyer=bob)
    api = Api()

    assert api.payload(PLACE, input=order_input(bob, variant, "x"))["errors"][0]["code"] == "SIGN_IN_REQUIRED"
    assert api.codes(ORDER, id=str(placed.order.id)) == ["SIGN_IN_REQUIRED"]
    assert api.codes(QUOTE, input={"lines": []}) == ["SIGN_IN_REQUIRED"]


def test_a_stranger_sees_no_order_and_moves_none(bob):
    placed = make_order(buyer=bob)
    api, wanted = Api(make_buyer("Mallory")), {"orderId": str(placed.order.id)}

    assert api(ORDER, id=str(placed.order.id))["order"] is None
    assert api.payload(PAY, input=wanted)["errors"][0]["code"] == "NOT_FOUND"
    cancelled = api.payload(CANCEL, input={**wanted, "idempotencyKey": str(new_id())})
    assert cancelled["errors"][0]["code"] == "NOT_FOUND"
    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.PENDING_PAYMENT


def test_the_owner_and_support_see_an_order_and_a_moderator_does_not(bob):
    placed = make_order(buyer=bob)
    support, moderator = make_buyer("Sue"), make_buyer("Mo")
    grant_role(user_id=support.id, role="support", now=NOON)
    grant_role(user_id=moderator.id, role="moderator", now=NOON)

    assert Api(bob)(ORDER, id=str(placed.order.id))["order"]["id"] == str(placed.order.id)
    assert Api(support)(ORDER, id=str(placed.order.id))["order"]["id"] == str(placed.order.id)
    assert Api(moderator)(ORDER, id=str(placed.order.id))["order"] is None


def test_cancelling_an_unpaid_order_frees_its_pieces_once(bob):
    variant = make_variant(stock=2)
    placed = make_order(buyer=bob, variants=[(variant, 1)])
    api, wanted = Api(bob), {"orderId": str(placed.order.id), "idempotencyKey": str(new_id())}

    for _ in range(2):
        answer = api.payload(CANCEL, input=wanted)
        assert answer["errors"] == []
        assert answer["order"]["state"] == "CLOSED"
    assert StockItem.objects.get(pk=variant.pk).reserved == 0


def test_cancelling_a_paid_order_sends_the_money_back(bob):
    placed = make_paid_order(buyer=bob)

    answer = Api(bob).payload(CANCEL, input={"orderId": str(placed.order.id), "idempotencyKey": str(new_id())})

    assert answer["order"]["state"] == "CANCELLED"
    (refund,) = answer["order"]["refunds"]
    assert refund["amount"]["minor"] == placed.order.total_minor
    assert refund["reason"] == "买家取消"


def test_an_order_whose_time_is_over_reads_as_closed_and_cannot_be_paid(bob):
    placed = make_order(buyer=bob)
    with clock.frozen(placed.order.pay_deadline_at):
        api = Api(bob)

        assert api(ORDER, id=str(placed.order.id))["order"] == {
            "id": str(placed.order.id), "state": "CLOSED", "payment": {"payUrl": None}, "refunds": [],
        }  # fmt: skip
        assert api.payload(PAY, input={"orderId": str(placed.order.id)})["errors"][0]["code"] == "ORDER_NOT_PAYABLE"


def test_paying_again_hands_back_the_open_payment(bob):
    placed = make_order(buyer=bob)

    answer = Api(bob).payload(PAY, input={"orderId": str(placed.order.id)})

    assert answer["payment"]["id"] == str(placed.payment.id)
    assert answer["payment"]["payUrl"]


def test_a_page_of_orders_costs_the_same_at_two_and_at_twenty_and_continues(bob):
    variant = make_variant(stock=99)
    for _ in range(2):
        make_order(buyer=bob, variants=[(variant, 1)])
    api = Api(bob)
    with CaptureQueriesContext(connection) as few:
        api(MINE, first=20)
    for _ in range(18):
        make_order(buyer=bob, variants=[(variant, 1)])

    with CaptureQueriesContext(connection) as many:
        page = api(MINE, first=20)["viewer"]["orders"]

    assert len(page["edges"]) == 20
    assert len(many) == len(few)
    first = api(MINE, first=15)["viewer"]["orders"]
    second = api(MINE, first=15, after=first["pageInfo"]["endCursor"])["viewer"]["orders"]
    seen = [edge["node"]["id"] for edge in first["edges"] + second["edges"]]
    assert len(seen) == len(set(seen)) == 20
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)


def test_the_filters_show_what_they_say(bob):
    make_order(buyer=bob)
    make_paid_order(buyer=bob)
    api = Api(bob)

    def states(wanted):
        return [edge["node"]["state"] for edge in api(MINE, state=wanted)["viewer"]["orders"]["edges"]]

    assert states("TO_PAY") == ["PENDING_PAYMENT"]
    assert states("TO_SHIP") == ["PAID"]
    assert states("DONE") == []


def test_nobody_sees_the_orders_of_another(bob):
    make_order(buyer=bob)

    assert Api(make_buyer("Mallory"))(MINE)["viewer"]["orders"]["edges"] == []

"""Flash sales through the API."""

from datetime import timedelta

import pytest

from backend.accounts.models import Address
from backend.core.ids import new_id
from backend.flash.models import FlashOrder, FlashReminder, FlashToken, FlashWait
from tests.factories.flash import buy, make_sale, make_shopper, sums, the_item
from tests.factories.promotions import make_grower
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

SALES = """
{ flashSales { id name state startsAt endsAt perPerson isPaused serverNow early { tier at }
  items { id variantId kind whole left reserved state waiting price { minor } singlePrice { minor }
    product { slug title } } } }
"""
TAKE = """
mutation T($input: TakeFlashTokenInput!) { takeFlashToken(input: $input) {
  token expiresAt errors { code message details } } }
"""
LINE = "mutation L($input: JoinFlashLineInput!) { joinFlashLine(input: $input) { variantId errors { code } } }"
LEAVE = "mutation L($input: LeaveFlashLineInput!) { leaveFlashLine(input: $input) { variantId errors { code } } }"
REMIND = "mutation R($input: RemindOfFlashInput!) { remindOfFlash(input: $input) { isReminded errors { code } } }"
ABORT = "mutation A($input: AbortFlashSaleInput!) { abortFlashSale(input: $input) { saleId errors { code } } }"
MINE = """
query M($ids: [ID!]!) { myFlash(saleIds: $ids) {
  saleId isReminded opensAt waiting { variantId ahead } offered { variantId until } orderId } }
"""
DESK = """
{ flashDesk { oversold miscounted sales { id state items { quota available reserved sold waiting tokens flagged } } } }
"""
QUOTE = """
query Q($input: QuoteInput!) { quote(input: $input) { hash total { minor } adjustments { kind amount { minor } } } }
"""
PLACE = """
mutation P($input: PlaceOrderInput!) { placeOrder(input: $input) {
  order { id } payment { id } errors { code message field details } } }
"""


def about(sale):
    return {"saleId": str(sale.pk), "variantId": str(the_item(sale).variant_id)}


def test_a_shopper_sees_takes_a_token_and_orders_at_the_flash_price():
    sale, buyer = make_sale(price_minor=1990), make_shopper()
    api = Api(buyer)
    seen = Api()(SALES)["flashSales"][0]
    assert (seen["state"], seen["items"][0]["left"], seen["items"][0]["price"]["minor"]) == ("LIVE", 10, 1990)

    token = api(TAKE, input=about(sale))["takeFlashToken"]["token"]
    lines = [{"variantId": about(sale)["variantId"], "quantity": 1}]
    quote = api(QUOTE, input={"lines": lines, "flashToken": token})["quote"]
    placed = api(
        PLACE,
        input={
            "lines": lines,
            "flashToken": token,
            "quoteHash": quote["hash"],
            "addressId": str(Address.objects.get(user=buyer).pk),
            "idempotencyKey": str(new_id()),
        },
    )["placeOrder"]

    assert placed["errors"] == []
    assert [each["kind"] for each in quote["adjustments"]] == ["flash_price"]
    assert sums(sale) == (9, 1, 0, 0)
    assert api(MINE, ids=[str(sale.pk)])["myFlash"][0]["orderId"] == placed["order"]["id"]


def test_a_used_token_is_refused_with_the_way_out_and_nothing_is_written():
    sale, buyer = make_sale(), make_shopper()
    lines = [{"variantId": about(sale)["variantId"], "quantity": 1}]
    wanted = {
        "lines": lines,
        "flashToken": "forged",
        "quoteHash": "0" * 64,
        "addressId": str(Address.objects.get(user=buyer).pk),
        "idempotencyKey": str(new_id()),
    }

    answer = Api(buyer, locale="zh-Hans")(PLACE, input=wanted)["placeOrder"]

    assert [error["code"] for error in answer["errors"]] == ["FLASH_TOKEN_REFUSED"]
    assert "再点一次" in answer["errors"][0]["message"]
    assert not FlashOrder.objects.exists()


def test_early_and_late_comers_are_told_when():
    early = make_sale(starts_in=timedelta(hours=3), is_stocked=False)
    answer = Api(make_shopper())(TAKE, input=about(early))["takeFlashToken"]

    assert answer["errors"][0]["code"] == "FLASH_NOT_OPEN"
    assert answer["errors"][0]["details"]["opensAt"] == early.starts_at.isoformat()
    assert not FlashToken.objects.exists()


def test_waiting_and_reminding_through_the_api():
    gone, coming, buyer = make_sale(quota=1), make_sale(starts_in=timedelta(hours=3), is_stocked=False), make_shopper()
    buy(gone)
    api = Api(buyer)

    assert api(LINE, input=about(gone))["joinFlashLine"]["errors"] == []
    assert api(REMIND, input={"saleId": str(coming.pk), "isWanted": True})["remindOfFlash"]["isReminded"] is True
    mine = {row["saleId"]: row for row in api(MINE, ids=[str(gone.pk), str(coming.pk)])["myFlash"]}
    assert mine[str(gone.pk)]["waiting"] == [{"variantId": about(gone)["variantId"], "ahead": 0}]
    assert mine[str(coming.pk)]["isReminded"] is True

    api(LEAVE, input=about(gone))
    api(REMIND, input={"saleId": str(coming.pk), "isWanted": False})
    assert not FlashWait.objects.exists()
    assert not FlashReminder.objects.exists()


def test_waiting_for_what_is_there_is_refused():
    sale = make_sale()

    assert Api(make_shopper())(LINE, input=about(sale))["joinFlashLine"]["errors"] == [{"code": "FLASH_STILL_THERE"}]
    assert not FlashWait.objects.exists()


def test_the_desk_counts_and_aborts_and_shoppers_may_not():
    sale, buyer = make_sale(), make_shopper()
    buy(sale)
    api = Api(make_grower())

    desk = api(DESK)["flashDesk"]
    assert (desk["oversold"], desk["miscounted"]) == (0, 0)
    assert desk["sales"][0]["items"][0] | {"tokens": 1} == {
        "quota": 10, "available": 9, "reserved": 1, "sold": 0, "waiting": 0, "tokens": 1, "flagged": 0,
    }  # fmt: skip
    refused = Api(buyer)(ABORT, input={"saleId": str(sale.pk)})["abortFlashSale"]
    assert refused["errors"] == [{"code": "NOT_ALLOWED"}]
    assert sums(sale) == (9, 1, 0, 0)

    api(ABORT, input={"saleId": str(sale.pk)})
    assert sums(sale) == (0, 1, 0, 9)
    assert api(DESK)["flashDesk"]["sales"][0]["state"] == "ABORTED"


def test_a_product_page_knows_of_its_sale():
    sale = make_sale()
    product = the_item(sale).variant.product

    assert Api()("query P($s: String!) { product(slug: $s) { hasFlash } }", s=product.slug)["product"]["hasFlash"]
    found = Api()("query F($id: ID!) { flashOfProduct(productId: $id) { id state } }", id=str(product.pk))
    assert found["flashOfProduct"] == {"id": str(sale.pk), "state": "LIVE"}


def test_ten_sales_are_read_with_as_many_statements_as_two():
    api = Api()
    for _ in range(2):
        make_sale(is_stocked=False)
    api(SALES)
    few = queries_of(lambda: api(SALES))
    for _ in range(8):
        make_sale(is_stocked=False)

    assert queries_of(lambda: api(SALES)) == few

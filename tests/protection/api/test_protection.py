"""Protection plans through the API: who sees what, and how many statements a list costs."""

import pytest

from backend.core.clock import frozen
from backend.core.ids import new_id
from tests.factories.aftersales import first_line, make_order_of
from tests.factories.orders import make_buyer
from tests.factories.protection import BOUGHT, make_coverage, make_plan
from tests.support.api import Api
from tests.support.queries import queries_of

OFFERS = """query ($id: ID!) { orderProtection(orderId: $id) {
    offers { lineId pieces plans { planId title price { minor } } } coverages { id } } }"""
MINE = """query { viewer { coverages(first: 20) { edges { node {
    id stateLabel planTitle title orderNumber refundNow { minor } } } } } }"""
BUY = "mutation ($input: BuyProtectionInput!) { buyProtection(input: $input) { orderId errors { code message } } }"


@pytest.fixture(autouse=True)
def _then():
    with frozen(BOUGHT):
        yield


def test_a_buyer_buys_what_was_offered_and_a_stranger_sees_nothing(db):
    order = make_order_of()
    make_plan(order)
    api = Api(order.buyer)

    [offer] = api(OFFERS, id=str(order.id))["orderProtection"]["offers"]
    plan = offer["plans"][0]
    wish = {"lineId": offer["lineId"], "planId": plan["planId"], "pieces": 1, "idempotencyKey": str(new_id())}
    bought = api(BUY, input={**wish, "priceMinor": plan["price"]["minor"]})["buyProtection"]

    assert (bought["errors"], offer["lineId"]) == ([], str(first_line(order).id))
    assert len(api(OFFERS, id=str(order.id))["orderProtection"]["coverages"]) == 1
    assert Api(make_buyer("Mallory"))(OFFERS, id=str(order.id))["orderProtection"] is None


def test_a_list_of_plans_costs_the_same_for_two_and_for_eight(db):
    buyer = make_buyer()

    def cover(count):
        for _ in range(count):
            make_coverage(make_order_of(buyer=buyer))

    cover(2)
    Api(buyer)(MINE)
    few = queries_of(lambda: Api(buyer)(MINE))
    cover(6)

    assert queries_of(lambda: Api(buyer)(MINE)) == few

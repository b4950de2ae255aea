"""Stock through the API."""

import pytest

from backend.inventory.models import StockItem, StockMovement, StockWatch
from tests.factories.catalogue import make_product, make_variant
from tests.factories.orders import make_buyer
from tests.factories.promotions import make_grower
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

ROWS = """
query Rows($words: String, $which: WhichStock, $first: Int) { stockRows(words: $words, which: $which, first: $first) {
  edges { node { id sku title kind onHand reserved available lowMark waitingCount asideCount isOnSale } } } }
"""
WATCH = "mutation W($input: WatchStockInput!) { watchStock(input: $input) { variantId errors { code } } }"
UNWATCH = "mutation W($input: UnwatchStockInput!) { unwatchStock(input: $input) { variantId errors { code } } }"
SET = """
mutation S($input: SetOnHandInput!) { setOnHand(input: $input) { row { onHand } errors { code field details } } }
"""
MARK = "mutation M($input: SetLowMarkInput!) { setLowMark(input: $input) { row { lowMark } errors { code } } }"
MOVES = """
query M($id: ID!) { stockMovements(variantId: $id, first: 5) {
  edges { node { kind change onHand reason actor { name } } } } }
"""


def test_a_shopper_waits_and_waits_no_longer():
    variant, buyer = make_variant(stock=0), make_buyer()
    api = Api(buyer)

    assert api(WATCH, input={"variantId": str(variant.pk)})["watchStock"] == {
        "variantId": str(variant.pk),
        "errors": [],
    }
    seen = api("query Q($id: ID!) { watchedVariants(productId: $id) }", id=str(variant.product_id))
    assert seen["watchedVariants"] == [str(variant.pk)]
    api(UNWATCH, input={"variantId": str(variant.pk)})

    assert not StockWatch.objects.exists()


def test_watching_is_refused_where_it_makes_no_sense():
    there = make_variant(stock=3)

    assert Api()(WATCH, input={"variantId": str(there.pk)})["watchStock"]["errors"] == [{"code": "SIGN_IN_REQUIRED"}]
    assert Api(make_buyer())(WATCH, input={"variantId": str(there.pk)})["watchStock"]["errors"] == [
        {"code": "STILL_IN_STOCK"}
    ]
    assert not StockWatch.objects.exists()


def test_the_desk_finds_what_is_low_gone_or_wanted():
    plenty, low, gone = make_variant(stock=50), make_variant(stock=5), make_variant(stock=0)
    StockWatch.objects.create(variant=gone, user=make_buyer(), asked_at="2026-03-02T00:00Z")
    api = Api(make_grower())

    def found(**wanted):
        return [edge["node"]["sku"] for edge in api(ROWS, first=50, **wanted)["stockRows"]["edges"]]

    assert found(which="LOW") == [low.sku]
    assert found(which="OUT") == [gone.sku]
    assert found(which="WANTED") == [gone.sku]
    assert found(words=plenty.sku) == [plenty.sku]
    assert found(words="%") == []
    assert found() == [gone.sku, low.sku, plenty.sku]
    assert api("{ stockCounts { all low out wanted } }")["stockCounts"] == {"all": 3, "low": 1, "out": 1, "wanted": 1}


def test_counting_is_written_with_who_did_it():
    variant, api = make_variant(stock=0), Api(make_grower())

    unsaid = api.payload(SET, input={"variantId": str(variant.pk), "onHand": 7})
    found = api(SET, input={"variantId": str(variant.pk), "onHand": 7, "reason": "在 3 号架后面找到"})
    counted = api(SET, input={"variantId": str(variant.pk), "onHand": 6, "reason": "盘点"})
    api(MARK, input={"variantId": str(variant.pk), "lowMark": 2})

    assert [error["code"] for error in unsaid["errors"]] == ["FIND_NEEDS_REASON"]
    assert found["setOnHand"]["row"] == {"onHand": 7}
    assert counted["setOnHand"]["row"] == {"onHand": 6}
    assert StockItem.objects.get(pk=variant.pk).low_mark == 2
    moves = [edge["node"] for edge in api(MOVES, id=str(variant.pk))["stockMovements"]["edges"]]
    assert [(move["kind"], move["change"], move["reason"], move["actor"]["name"]) for move in moves] == [
        ("CORRECTED", -1, "盘点", "Grace"),
        ("CORRECTED", 7, "在 3 号架后面找到", "Grace"),
    ]


@pytest.mark.parametrize(("text", "changes"), [(SET, {"onHand": 3}), (MARK, {"lowMark": 3})])
def test_a_shopper_may_not_count(text, changes):
    variant = make_variant(stock=1)

    answer = Api(make_buyer()).payload(text, input={"variantId": str(variant.pk), **changes})

    assert [error["code"] for error in answer["errors"]] == ["NOT_ALLOWED"]
    assert StockMovement.objects.count() == 1


def test_the_desk_reads_twenty_rows_with_as_many_statements_as_two():
    make_product(variants=2, stock=1)
    api = Api(make_grower())
    few = queries_of(lambda: api(ROWS, first=30))
    make_product(variants=20, stock=1)

    assert queries_of(lambda: api(ROWS, first=30)) == few

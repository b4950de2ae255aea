"""After-sales through the API: who may see and do what, and how refusals are said."""

import pytest

from backend.aftersales import actions
from backend.aftersales.models import AfterSaleCase
from backend.core.clock import frozen
from backend.core.ids import new_id
from tests.factories.aftersales import ASKED, ask, first_line, make_agent, make_order_of
from tests.factories.orders import make_buyer
from tests.support.api import Api
from tests.support.queries import queries_of

PREVIEW = """query ($wish: AfterSaleWishInput!) {
    afterSalePreview(wish: $wish) { total { minor } steps { label amount { minor } } } }"""
CHOICES = """query ($id: ID!) { afterSaleChoices(orderId: $id) {
    lines { id leftQuantity } types { type isOpen reasons { reason label } } } }"""
APPLY = """mutation ($input: ApplyForAfterSaleInput!) { applyForAfterSale(input: $input) {
    case { id state amount { minor } stages { key isCurrent } desk { escalation } }
    errors { code message field } } }"""
CASE = (
    "query ($id: ID!) { afterSaleCase(id: $id) { id history { kind isInternal person { name } } desk { escalation } } }"
)
QUEUE = """query { afterSaleQueue(first: 20) { edges { node {
    id stateLabel lines { title } desk { isLate buyer { name } agent { name } } } } } }"""
MINE = "query { viewer { afterSales(first: 20) { edges { node { id stages { key } lines { title } } } } } }"


@pytest.fixture(autouse=True)
def _then():
    with frozen(ASKED):
        yield


def wish_for(order, quantity=1, *, reason="QUALITY"):
    pieces = [{"lineId": str(first_line(order).id), "quantity": quantity}]
    return {"orderId": str(order.id), "type": "RETURN_REFUND", "reason": reason, "pieces": pieces}


def test_a_buyer_sees_the_sum_before_asking_and_gets_that_sum(db):
    order = make_order_of(2, price_minor=2501)
    api = Api(order.buyer)

    shown = api(PREVIEW, wish=wish_for(order))["afterSalePreview"]
    asked = api(APPLY, input={"wish": wish_for(order), "idempotencyKey": str(new_id())})["applyForAfterSale"]

    assert asked["errors"] == []
    assert asked["case"]["amount"] == shown["total"] == {"minor": 2501}
    assert [stage["key"] for stage in asked["case"]["stages"] if stage["isCurrent"]] == ["verify"]
    assert asked["case"]["desk"] is None


@pytest.mark.parametrize(
    ("locale", "words"), [("zh-Hans", "只剩 1 件"), ("zh-Hant", "只剩 1 件"), ("en", "Only 1 of these")]
)
def test_too_many_pieces_are_refused_in_the_readers_language(db, locale, words):
    order = make_order_of(2)
    ask(order)

    refused = Api(order.buyer, locale=locale)(
        APPLY, input={"wish": wish_for(order, 2), "idempotencyKey": str(new_id())}
    )["applyForAfterSale"]

    assert [error["code"] for error in refused["errors"]] == ["TOO_MANY_PIECES"]
    assert words in refused["errors"][0]["message"]
    assert AfterSaleCase.objects.count() == 1


def test_a_line_named_twice_or_a_huge_number_is_refused(db):
    order = make_order_of(2)
    wish = wish_for(order)
    twice = {**wish, "pieces": wish["pieces"] * 2}
    api = Api(order.buyer)

    for given in (twice, wish_for(order, 2_000_000_000), wish_for(order, -1), {**wish, "pieces": []}):
        refused = api(APPLY, input={"wish": given, "idempotencyKey": str(new_id())})["applyForAfterSale"]
        assert refused["case"] is None
        assert refused["errors"][0]["code"] in {"INVALID_INPUT", "TOO_MANY_PIECES"}
    assert not AfterSaleCase.objects.exists()


def test_a_stranger_finds_nothing_and_the_desk_finds_everything(db):
    case = ask(order := make_order_of(1))
    agent = make_agent()
    actions.write_to_case(
        case_id=case.id,
        writer_id=agent.id,
        is_agent=True,
        note="Known customer.",
        picture_ids=(),
        is_internal=True,
        now=ASKED,
    )
    mallory = Api(make_buyer("Mallory"))

    assert mallory(CASE, id=str(case.id))["afterSaleCase"] is None
    assert mallory.codes(CHOICES, id=str(order.id)) == ["NOT_FOUND"]
    assert mallory.codes(QUEUE) == ["NOT_ALLOWED"]
    own = Api(order.buyer)(CASE, id=str(case.id))["afterSaleCase"]
    assert own["desk"] is None
    assert not any(line["isInternal"] or line["person"] for line in own["history"])
    seen = Api(agent)(CASE, id=str(case.id))["afterSaleCase"]
    assert any(line["isInternal"] for line in seen["history"])


def test_only_what_is_open_is_offered(db):
    order = make_order_of(1)

    offered = Api(order.buyer)(CHOICES, id=str(order.id))["afterSaleChoices"]

    assert {way["type"] for way in offered["types"] if way["isOpen"]} >= {"RETURN_REFUND", "EXCHANGE", "REPAIR"}
    assert offered["lines"][0]["leftQuantity"] == 1


def test_a_longer_list_takes_no_more_statements(db):
    agent, buyer = make_agent(), make_buyer()
    for _ in range(2):
        ask(make_order_of(1, buyer=buyer))
    few = [queries_of(lambda: Api(agent)(QUEUE)), queries_of(lambda: Api(buyer)(MINE))]
    for _ in range(5):
        ask(make_order_of(1, buyer=buyer))

    assert [queries_of(lambda: Api(agent)(QUEUE)), queries_of(lambda: Api(buyer)(MINE))] == few

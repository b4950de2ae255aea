"""Fields, permissions, ids, pages and refusals, through the door."""

from __future__ import annotations

import uuid

import pytest

from tests.core.graphql.conftest import MakeApi
from tests.core.graphql.shop import calls

BUY = "mutation ($input: BuyGoodInput!) { buyGood(input: $input) { name errors { code message field details } } }"


@pytest.fixture
def bob(db, person):
    return person()


def test_a_visitor_reads_a_good(shop: MakeApi, db) -> None:
    good = shop().payload('{ good(name: "tea") { name shout price { minor currency } } }')

    assert good == {"name": "tea", "shout": "TEA", "price": {"minor": 1990, "currency": "CNY"}}


def test_a_page_continues_where_its_cursor_points(shop: MakeApi, db) -> None:
    api = shop()
    text = """query ($after: String) {
        goods(first: 3, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }"""

    first = api.payload(text)
    second = api.payload(text, after=first["pageInfo"]["endCursor"])

    assert [edge["node"]["id"] for edge in first["edges"] + second["edges"]] == list("012345")
    assert first["pageInfo"]["hasNextPage"]


@pytest.mark.parametrize("after", ["nonsense", "AAAAAAAAAAAAAAAAAAAAAA", "%%%"])
def test_a_forged_cursor_is_refused(shop: MakeApi, db, after: str) -> None:
    assert shop().codes("query ($a: String) { goods(after: $a) { edges { cursor } } }", a=after) == ["INVALID_INPUT"]


@pytest.mark.parametrize("first", [0, -1, 101, 1_000_000])
def test_a_page_size_out_of_range_is_refused(shop: MakeApi, db, first: int) -> None:
    codes = shop(cost=10**9).codes("query ($f: Int) { goods(first: $f) { edges { cursor } } }", f=first)

    assert codes == ["INVALID_INPUT"]


def test_an_id_arrives_as_a_uuid_and_nonsense_is_not_found(shop: MakeApi, db) -> None:
    api = shop()
    text = "query ($id: ID!) { byId(id: $id) }"

    assert api.payload(text, id=str(uuid.uuid4())) == "UUID"
    assert api.codes(text, id="1 OR 1=1") == ["NOT_FOUND"]


def test_a_field_for_members_is_closed_to_visitors(shop: MakeApi, bob) -> None:
    assert shop().codes("{ mine }") == ["SIGN_IN_REQUIRED"]
    assert shop(bob).payload("{ mine }") == "mine"


def test_a_field_for_staff_is_closed_to_members(shop: MakeApi, bob) -> None:
    assert shop(bob).codes("{ secret }") == ["NOT_ALLOWED"]


def test_a_closed_account_is_nobody(shop: MakeApi, bob) -> None:
    api = shop(bob)
    bob.is_active = False
    bob.save(update_fields=["is_active"])

    assert api.codes("{ mine }") == ["SIGN_IN_REQUIRED"]


def test_a_mutation_gets_ids_as_uuids_at_every_depth(shop: MakeApi, bob) -> None:
    some = str(uuid.uuid4())

    payload = shop(bob).payload(BUY, input={"goodId": some, "lines": [{"goodId": some, "quantity": 1}], "price": 2**40})

    assert payload == {"name": f"UUID UUID {2**40}", "errors": []}


def test_a_declared_refusal_comes_in_the_payload(shop: MakeApi, bob) -> None:
    payload = shop(bob).payload(BUY, input={"goodId": str(uuid.uuid4()), "way": "sold out"})

    (error,) = payload["errors"]
    assert error == {
        "code": "SOLD_OUT",
        "message": "Sold out. Choose another.",
        "field": "goodId",
        "details": {"left": 0},
    }


def test_a_mutation_asks_a_visitor_to_sign_in(shop: MakeApi, db) -> None:
    payload = shop().payload(BUY, input={"goodId": str(uuid.uuid4())})

    assert payload["errors"][0]["code"] == "SIGN_IN_REQUIRED"
    assert calls == []


def test_a_malformed_id_in_a_mutation_equals_an_unknown_one(shop: MakeApi, bob) -> None:
    payload = shop(bob).payload(BUY, input={"goodId": "x"})

    assert payload["errors"][0]["code"] == "NOT_FOUND"
    assert calls == []


def test_a_bug_is_masked_and_carries_a_trace(shop: MakeApi, bob, caplog) -> None:
    answer = shop(bob).ask(BUY, input={"goodId": str(uuid.uuid4()), "way": "broken"})

    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["extensions"]["traceId"] in caplog.text
    assert "secret" not in str(answer)


@pytest.mark.parametrize("value", [1.5, "12", True, 2**53])
def test_a_big_number_takes_only_safe_whole_numbers(shop: MakeApi, bob, value: object) -> None:
    codes = shop(bob).codes(BUY, input={"goodId": str(uuid.uuid4()), "price": value})

    assert codes == ["BAD_REQUEST"]

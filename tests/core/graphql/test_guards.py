"""Every guard against a hostile document. Each test has its control: what the library does by itself."""

from __future__ import annotations

from types import SimpleNamespace

import graphene
import pytest
from graphene.validation import DisableIntrospection, depth_limit_validator
from graphql import Undefined, graphql_sync, parse, specified_rules, validate

from backend.core.graphql.documents import Document
from backend.core.graphql.settings import Limits
from backend.core.graphql.viewer import Viewer
from tests.core.graphql.conftest import MakeApi
from tests.core.graphql.shop import schema

CORE = schema.graphql_schema


def nested(levels: int) -> str:
    return "{ slow { " + "friends { " * levels + "id" + " }" * levels + " } }"


def many_aliases(count: int) -> str:
    return '{ good(name: "a") { ' + " ".join(f"a{n}: id" for n in range(count)) + " } }"


def many_fields(count: int) -> str:
    return '{ good(name: "a") { ' + "id " * count + "} }"


def many_directives(count: int) -> str:
    return '{ good(name: "a") { id ' + "@include(if: true) " * count + "} }"


def overlapping(count: int) -> str:
    return '{ good(name: "a") { ' + "friends { id } " * count + "} }"


def login_aliases(count: int) -> str:
    tries = " ".join(f'a{n}: buyOpenly(input: {{goodId: "1"}}) {{ name }}' for n in range(count))
    return "mutation { " + tries + " }"


def hidden_mutations(count: int) -> str:
    tries = " ".join(f'a{n}: buyOpenly(input: {{goodId: "1"}}) {{ name }}' for n in range(count))
    return "mutation { ...f } fragment f on Mutation { " + tries + " }"


def fragment_bomb(levels: int) -> str:
    parts = [f"fragment f{n} on Good {{ friends {{ ...f{n + 1} }} }}" for n in range(levels)]
    return "{ slow { ...f0 } } " + " ".join(parts) + f" fragment f{levels} on Good {{ id }}"


def doubling_fragments(levels: int, on: str, leaf: str) -> str:
    parts = [f"fragment f{n} on {on} {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels)]
    return " ".join(parts) + f" fragment f{levels} on {on} {{ {leaf} }}"


FRAGMENT_CYCLE = "{ slow { ...a } } fragment a on Good { friends { ...b } } fragment b on Good { friends { ...a } }"
BIG_PAGES = "{ goods(first: 100) { edges { node { like(first: 100) { edges { node { id } } } } } } }"
NO_PAGE_SIZE = (
    "{ goods(first: null) { edges { node { like(first: null) { edges { node { friends { friends { id } } } } } } } } }"
)
HIDDEN_ROOTS = "{ ...f } fragment f on Query { " + " ".join(["locale serverTime"] * 8) + " }"
HUGE_PAGE = "{ goods(first: 100000000) { edges { node { id } } } }"
MANY_ROOTS = "{ " + " ".join(f'a{n}: good(name: "x") {{ id }}' for n in range(11)) + " }"

ATTACKS = {
    "nesting over lists": (nested(26), "DOCUMENT_TOO_DEEP"),
    "nesting over lists, not too deep": (nested(8), "TOO_EXPENSIVE"),
    "fragments over lists": (fragment_bomb(10), "TOO_EXPENSIVE"),
    "a thousand aliases": (many_aliases(1000), "DOCUMENT_TOO_LARGE|SYNTAX_ERROR|TOO_MANY_ALIASES"),
    "sixteen aliases": (many_aliases(16), "TOO_MANY_ALIASES"),
    "a thousand log-ins in one request": (login_aliases(1000), "DOCUMENT_TOO_LARGE"),
    "two mutations in one request": (login_aliases(2), "TOO_MANY_ROOT_FIELDS"),
    "mutations hidden in a fragment": (hidden_mutations(3), "TOO_MANY_ROOT_FIELDS"),
    "roots doubled by fragments": (
        "{ ...f0 } " + doubling_fragments(60, "Query", "locale"),
        "TOO_MANY_ROOT_FIELDS|TOO_EXPENSIVE",
    ),
    "lists doubled by fragments": (
        "{ slow { ...f0 } } " + doubling_fragments(60, "Good", "friends { id }"),
        "TOO_EXPENSIVE",
    ),
    "roots hidden in a fragment": (HIDDEN_ROOTS, "TOO_MANY_ROOT_FIELDS"),
    "eleven roots": (MANY_ROOTS, "TOO_MANY_ROOT_FIELDS"),
    "the same field 3000 times": (many_fields(3000), "SYNTAX_ERROR"),
    "the same field 300 times": (many_fields(300), "TOO_MANY_FIELDS"),
    "600 overlapping objects": (overlapping(600), "SYNTAX_ERROR"),
    "5000 directives": (many_directives(5000), "DOCUMENT_TOO_LARGE"),
    "30 directives": (many_directives(30), "TOO_MANY_DIRECTIVES|INVALID_DOCUMENT"),
    "pages of pages": (BIG_PAGES, "TOO_EXPENSIVE"),
    "pages without a size": (NO_PAGE_SIZE, "TOO_EXPENSIVE"),
    "an enormous page": (HUGE_PAGE, "TOO_EXPENSIVE|INVALID_INPUT"),
    "a fragment cycle": (FRAGMENT_CYCLE, "INVALID_DOCUMENT"),
    "nothing but brackets": ("{" * 7000, "SYNTAX_ERROR|DOCUMENT_TOO_DEEP"),
    "a schema definition": ("type Query { a: Int }", "NOT_EXECUTABLE"),
    "reading the schema": ("{ __schema { types { name } } }", "INVALID_DOCUMENT"),
    "reading a type": ('{ __type(name: "Good") { name } }', "INVALID_DOCUMENT"),
    "an unknown field": ('{ good(name: "a") { nam } }', "INVALID_DOCUMENT"),
    "a missing argument": ("{ good { name } }", "INVALID_DOCUMENT"),
}


@pytest.mark.parametrize(("text", "code"), ATTACKS.values(), ids=ATTACKS.keys())
def test_an_attack_is_refused_before_it_runs(shop: MakeApi, db, text: str, code: str) -> None:
    api = shop(body_bytes=10**6)
    api.codes("{ locale }")

    answer = api.post({"query": text})

    assert answer.json["errors"][0]["extensions"]["code"] in code.split("|")
    assert "data" not in answer.json or answer.json["data"] is None


RUNS_BY_DEFAULT = {
    "nesting over lists": nested(4),
    "a thousand aliases": many_aliases(1000),
    "mutations in one request": login_aliases(20),
    "mutations hidden in a fragment": hidden_mutations(3),
    "the same field 100 times": many_fields(100),
    "600 overlapping objects": overlapping(100),
    "reading the schema": "{ __schema { types { name } } }",
}


@pytest.mark.parametrize("text", RUNS_BY_DEFAULT.values(), ids=RUNS_BY_DEFAULT.keys())
def test_control_the_library_runs_the_attack(text: str) -> None:
    assert parse(text) is not None
    assert validate(CORE, parse(text)) == []


def test_control_four_levels_already_give_thirty_thousand_objects() -> None:
    result = graphql_sync(CORE, nested(4), context_value=SimpleNamespace(viewer=Viewer()))

    assert result.data is not None
    assert str(result.data).count("'id'") == 3 * 10**4


def test_control_graphenes_own_rules_switch_the_specification_off() -> None:
    text = parse('{ good(name: "a") { nam } }')

    assert validate(CORE, text, [depth_limit_validator(20), DisableIntrospection]) == []
    assert validate(CORE, text, specified_rules) != []


def test_control_graphenes_depth_rule_dies_of_a_fragment_cycle() -> None:
    cycle = "{ slow { ...a } } fragment a on Good { ...b } fragment b on Good { ...a }"

    with pytest.raises(RecursionError):
        validate(CORE, parse(cycle), [depth_limit_validator(20)])


def test_control_graphenes_introspection_rule_refuses_what_every_client_adds(shop: MakeApi, db) -> None:
    text = '{ good(name: "a") { __typename } }'

    assert validate(CORE, parse(text), [DisableIntrospection]) != []
    assert shop().payload(text) == {"__typename": "Good"}


def test_a_refusal_does_not_suggest_names(shop: MakeApi, db) -> None:
    text = '{ good(name: "a") { nam } }'

    assert "Did you mean" in validate(CORE, parse(text))[0].message
    assert "Did you mean" not in str(shop().ask(text))


def test_a_wrong_value_does_not_suggest_names(shop: MakeApi, db) -> None:
    text = "mutation ($input: BuyGoodInput!) { buyOpenly(input: $input) { name } }"

    assert "Did you mean" not in str(shop().ask(text, input={"goodI": "1"}))


def test_the_schema_may_be_read_where_it_is_open(shop: MakeApi, db) -> None:
    assert shop(allow_introspection=True).payload("{ __schema { queryType { name } } }")


def test_a_page_size_in_a_variable_counts_with_its_value(shop: MakeApi, db) -> None:
    text = "query ($n: Int = 100) { goods(first: $n) { edges { node { like(first: $n) { edges { node { id } } } } } } }"

    assert shop().codes(text) == ["TOO_EXPENSIVE"]
    assert shop().codes(text, n=99) == ["TOO_EXPENSIVE"]
    assert shop().codes(text, n=3) == []


def test_a_normal_page_costs_little(loose: Limits) -> None:
    text = "{ goods(first: 20) { edges { node { id name price { minor } friends { id } } } pageInfo { endCursor } } }"

    cost = Document(text, CORE, loose).operation(None).cost({})

    assert 100 < cost <= 400


def test_control_without_the_cost_rule_pages_of_pages_pass(loose: Limits) -> None:
    assert Document(BIG_PAGES, CORE, loose).operation(None).cost({}) > 10_000


def test_documents_are_kept_and_the_oldest_go(shop: MakeApi, db) -> None:
    api = shop(documents_kept=3)
    store = api.door._store()

    for number in range(5):
        api(f"query q{number} {{ locale }}")

    assert len(store._recent) == 3
    assert store.from_text("query q4 { locale }") is store.from_text("query q4 { locale }")


def test_control_the_int_of_graphql_cannot_hold_large_amounts() -> None:
    assert graphene.Int.serialize(2**31) is Undefined

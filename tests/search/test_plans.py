"""How the database reads the index. The shape of the plan is asserted, never the time."""

import json

import pytest
from django.db import connection

from backend.core.paging import Keyset
from backend.search.rules.narrowing import ORDERS
from backend.search.selectors.finding import MOST_FINDS, Asked, statement_for
from backend.search.selectors.understanding import understand
from tests.factories.catalogue import NOON
from tests.search.many import multiply_goods

MANY = 6_000


def nodes_of(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes_of(below)


def plan_of(statement, parameters):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", parameters or None)
        (found,) = cursor.fetchone()
    return list(nodes_of((json.loads(found) if isinstance(found, str) else found)[0]["Plan"]))


@pytest.fixture
def many(shop):
    multiply_goods(MANY)


@pytest.mark.parametrize("words", ["限量 连衣裙", "经典 露营灯", "印花 dress"])
def test_words_are_looked_up_in_the_index_and_finds_are_bounded(many, words):
    wish = understand(words)
    keyset = Keyset(*ORDERS["RELEVANCE"], first=20)

    plan = plan_of(*statement_for(wish, wish.needs_all(), Asked(), keyset, NOON))

    assert "search_everything" in {node.get("Index Name") for node in plan}
    assert "search_searchdocument" not in {
        node.get("Relation Name") for node in plan if node["Node Type"] == "Seq Scan"
    }
    assert any(node["Node Type"] == "Limit" and node["Plan Rows"] <= MOST_FINDS for node in plan)


@pytest.mark.parametrize(
    "condition",
    ["word LIKE '连衣%'", "sound LIKE 'lianyi%'", "initials LIKE 'lyq%'", "sound % 'lianyiqum'", "stem = 'dress'"],
)
def test_each_way_to_know_a_word_has_its_index(shop, condition):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = plan_of(f"SELECT word FROM search_searchword WHERE {condition}", [])

    assert "Seq Scan" not in {node["Node Type"] for node in plan}

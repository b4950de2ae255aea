"""Answers shared between viewers: what may be shared, and that a bump ends it at once."""

from __future__ import annotations

import asyncio
import time

import pytest
import redis

from backend.core.freshness import bump
from backend.core.graphql.documents import Document
from backend.core.graphql.responses import response_cache
from backend.core.graphql.runners import ThreadRunner
from backend.core.graphql.settings import Limits
from backend.core.valkey import shared_redis
from tests.core.graphql.conftest import MakeApi
from tests.core.graphql.shop import calls, schema

TEA = '{ good(name: "tea") { name } }'


@pytest.fixture
def bob(db, person):
    return person()


@pytest.fixture
def _other_process(monkeypatch) -> None:
    """Nothing is at hand, as in a process that was not asked before."""
    monkeypatch.setattr(response_cache(), "at_hand", lambda name: None)


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        (TEA, True),
        ("{ goods { edges { node { id friends { name } } } } __typename }", True),
        ("query ($n: String!) { good(name: $n) { ...g } } fragment g on Good { name }", True),
        ('{ good(name: "tea") { isLiked } }', False),
        ('{ good(name: "tea") { friends { ...g } } } fragment g on Good { friends { isLiked } }', False),
        ('{ good(name: "tea") { ... on Good { like { edges { node { isLiked } } } } } }', False),
        ('{ good(name: "tea") { name } locale }', False),
        ("{ mine }", False),
        ('{ good(name: "tea") @include(if: true) { name } }', False),
        ("{ ...q } fragment q on Query { goods { edges { cursor } } }", False),
        ('mutation { buyOpenly(input: {goodId: "1"}) { name } }', False),
    ],
)
def test_only_what_no_viewer_changes_is_shared(text: str, shared: bool) -> None:
    operation = Document(text, schema.graphql_schema, Limits()).operation(None)

    assert operation.public.is_cacheable is shared


def test_a_shared_answer_is_made_once_for_everybody(shop: MakeApi, bob) -> None:
    first, second = shop()(TEA), shop(bob)(TEA)

    assert first == second == {"good": {"name": "tea"}}
    assert calls == ["tea"]


def test_control_a_personal_answer_is_made_each_time(shop: MakeApi, bob) -> None:
    for api in (shop(), shop(bob)):
        api('{ good(name: "tea") { name isLiked } }')

    assert calls == ["tea", "tea"]


def test_each_language_and_each_variable_has_its_answer(shop: MakeApi, db) -> None:
    text = "query ($n: String!) { good(name: $n) { name } }"

    for locale in ("zh-Hans", "en"):
        for name in ("tea", "rice"):
            shop(locale=locale)(text, n=name)

    assert sorted(calls) == ["rice", "rice", "tea", "tea"]


def test_a_variable_that_the_document_does_not_know_makes_no_new_answer(shop: MakeApi, db) -> None:
    for number in range(3):
        shop().ask(TEA, noise=number)

    assert calls == ["tea"]


@pytest.mark.usefixtures("_other_process")
def test_a_bump_of_the_named_thing_ends_the_answer_at_once(shop: MakeApi, db) -> None:
    api = shop()
    api(TEA)
    bump("good:rice")
    api(TEA)
    assert calls == ["tea"]

    bump("good:tea")
    api(TEA)
    assert calls == ["tea", "tea"]

    bump("goods")
    api(TEA)
    assert calls == ["tea", "tea", "tea"]


def test_a_bump_in_this_process_ends_what_is_at_hand(shop: MakeApi, db) -> None:
    api = shop()
    api(TEA)
    bump("good:tea")
    api(TEA)

    assert calls == ["tea", "tea"]


def test_who_was_told_of_a_change_elsewhere_gets_no_answer_of_before(shop: MakeApi, db) -> None:
    api = shop()
    api(TEA)
    shared_redis().set("fresh:good:tea", b"changed elsewhere")

    api(TEA)
    assert calls == ["tea"]

    api.post({"query": TEA}, cache_control="no-cache")
    assert calls == ["tea", "tea"]


@pytest.mark.usefixtures("_other_process")
def test_a_lost_token_cannot_bring_an_old_answer_back(shop: MakeApi, db) -> None:
    api = shop()
    api(TEA)
    shared_redis().delete("fresh:good:tea")
    api(TEA)
    bump("good:tea")
    api(TEA)

    assert calls == ["tea", "tea", "tea"]


@pytest.mark.usefixtures("_other_process")
def test_a_bump_while_the_answer_is_made_is_not_lost(shop: MakeApi, db, monkeypatch) -> None:
    api = shop()
    made = api.door._made

    def made_while_it_changes(*given):
        answer = made(*given)
        bump("good:tea")
        return answer

    monkeypatch.setattr(api.door, "_made", made_while_it_changes)
    api(TEA)
    monkeypatch.setattr(api.door, "_made", made)
    api(TEA)

    assert calls == ["tea", "tea"]


def test_an_answer_with_an_error_is_not_shared(shop: MakeApi, db) -> None:
    text = '{ good(name: "broken") { name } }'

    for _ in range(2):
        assert shop().codes(text) == ["INTERNAL"]

    assert calls == ["broken", "broken"]


def test_without_redis_answers_are_made_and_stay_right(shop: MakeApi, db, dead_redis) -> None:
    for _ in range(2):
        assert shop()(TEA) == {"good": {"name": "tea"}}

    assert calls == ["tea", "tea"]


def test_a_bump_without_redis_fails_so_that_its_delivery_comes_again(dead_redis) -> None:
    with pytest.raises(redis.ConnectionError):
        bump("good:tea")


def test_twenty_who_ask_at_once_wait_for_one_answer() -> None:
    made: list[int] = []

    async def work() -> None:
        runner = ThreadRunner(threads=4, waiting=100)

        def make() -> str:
            made.append(1)
            time.sleep(0.05)
            return "answer"

        results = await asyncio.gather(
            *(runner.once("same", lambda: runner.run(make, seconds=5)) for _ in range(20)),
            runner.once("other", lambda: runner.run(make, seconds=5)),
        )
        assert {result for result, _led in results} == {"answer"}
        assert sum(led for _result, led in results) == 2

    asyncio.run(work())
    assert len(made) == 2


def test_whoever_waits_for_a_failure_hears_of_it_too() -> None:
    async def work() -> None:
        runner = ThreadRunner(threads=1, waiting=100)

        def fail() -> None:
            time.sleep(0.05)
            raise ZeroDivisionError

        results = await asyncio.gather(
            *(runner.once("same", lambda: runner.run(fail, seconds=5)) for _ in range(3)), return_exceptions=True
        )
        assert [type(result) for result in results] == [ZeroDivisionError] * 3

    asyncio.run(work())

"""Searching: how well the judged queries are answered, and how long it takes among a hundred thousand products."""

import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from uuid import UUID

from django.db import connection

from backend.catalogue.models import Product
from backend.core import clock
from backend.search.actions.indexing import index_everything
from backend.search.rules.learning import Cell, looks_by_place, verdicts
from backend.search.selectors.answering import Viewpoint, search_answer
from backend.search.selectors.finding import Asked, finds
from tests.bench.figure import Figure
from tests.bench.ground import Caller, process
from tests.bench.load import crowd
from tests.search.goods import put_up_goods
from tests.search.many import multiply_goods
from tests.search.quality import Outcome, judged_queries, mean_reciprocal_rank, outcomes, recall

PRODUCTS = 100_000
SEARCHERS, TOO_MANY = 32, 400
CELLS, LEARNING_BUDGET_SECONDS = 100_000, 60.0
LEAST_RECALL, LEAST_RANK = 0.90, 0.75
ASK = """query Search($query: String!) { search(query: $query, first: 20) { shownFor help count
  finds { edges { node { product { id slug title soldCount picture { src avif webp blur } price { minor currency }
  groupOffer { size price { minor } } } } } pageInfo { hasNextPage endCursor } } } }"""
NARROW = """query Counts($query: String!) { search(query: $query, first: 1) { count counts {
  categories { value count } brands { value count } prices { lowest count } inStock hasGroup } } }"""


def figures() -> Iterable[Figure]:
    """Quality on the goods of the demo; then the slowest of twenty searches among many products."""
    put_up_goods(now=clock.now())
    yield from _quality()
    started = time.perf_counter()
    indexed = index_everything()
    yield Figure("search_indexing", indexed / (time.perf_counter() - started), "products/s", 0)
    multiply_goods(PRODUCTS)
    queries = [each.query for each in judged_queries()]
    yield from _through_the_selector(queries)
    yield from _through_the_door(queries)
    yield from _many_at_once(queries)
    yield from _learning()


def _quality() -> Iterable[Figure]:
    slugs = dict(Product.objects.values_list("pk", "slug"))
    now = clock.now()
    found = outcomes(
        judged_queries(), lambda query: [slugs[each] for each in finds(text=query, asked=Asked(first=10), now=now).ids]
    )
    for name, part in (("tuned", _part(found, is_held_out=False)), ("held out", _part(found, is_held_out=True))):
        yield Figure(f"search_recall@10 {name}", recall(part), "of 1", LEAST_RECALL)
        yield Figure(f"search_mrr {name}", mean_reciprocal_rank(part), "of 1", LEAST_RANK)
        shown = [each for each in part if each.judged.unwanted]
        kept = sum(not each.judged.unwanted & set(each.found) for each in shown)
        yield Figure(f"search_unwanted_left_out {name}", kept, "queries", len(shown))


def _part(found: Sequence[Outcome], *, is_held_out: bool) -> list[Outcome]:
    return [each for each in found if each.judged.is_held_out == is_held_out]


def _through_the_selector(queries: Sequence[str]) -> Iterable[Figure]:
    now, seen_by = clock.now(), Viewpoint("zh-Hans", None, ())

    floor = _p95([_bare_select] * len(queries))
    searches = [
        partial(search_answer, text=query, asked=Asked(first=20), seen_by=seen_by, now=now) for query in queries
    ]
    _p95(searches[:40])
    yield Figure("search_p95 selector", _p95(searches), "ms", floor)


def _through_the_door(queries: Sequence[str]) -> Iterable[Figure]:
    with process("tests.bench.bare", path="/") as port:
        bare = Caller(port)
        floor = _p95([partial(bare.post, "/", b"{}")] * len(queries))
    with process("backend.config.serve", path="/livez") as port:
        caller = Caller(port)
        for name, text in (("search_p95 graphql", ASK), ("search_p95 counts", NARROW)):
            asked = [partial(caller.post, "/graphql", _body(text, query)) for query in queries]
            _p95(asked[:40])
            yield Figure(name, _p95(asked), "ms", floor)


def _learning() -> Iterable[Figure]:
    """What a night's learning costs: so many products at so many places of so many wishes."""
    cells = [
        Cell(
            asked=f"wish {number // 20}",
            product_id=UUID(int=number),
            place=1 + number % 20,
            shown=50.0,
            opened=10.0 / (1 + number % 20),
            worth=12.0 / (1 + number % 20),
        )
        for number in range(CELLS)
    ]
    started = time.perf_counter()
    verdicts(cells, looks_by_place(cells))
    yield Figure(f"search_learning_{CELLS}", time.perf_counter() - started, "s", LEARNING_BUDGET_SECONDS)


def _many_at_once(queries: Sequence[str]) -> Iterable[Figure]:
    """Thirty-two who search at once, and then more than the server lets wait."""
    bodies = [_body(ASK, query) for query in queries]
    with process("backend.config.serve", path="/livez") as port:
        crowd(port, bodies, connections=8, seconds=2)
        many = crowd(port, bodies, connections=SEARCHERS)
        yield Figure(f"search_{SEARCHERS}_at_once", many.rate, "searches/s", 0)
        yield Figure(f"search_{SEARCHERS}_at_once p95", many.p95, "ms", 0)
        yield Figure(f"search_{SEARCHERS}_at_once failed", many.refused + many.failed, "requests", 0)
        too_many = crowd(port, bodies, connections=TOO_MANY)
        yield Figure(f"search_{TOO_MANY}_at_once", too_many.rate, "searches/s", many.rate)
        yield Figure(f"search_{TOO_MANY}_at_once p95", too_many.p95, "ms", many.p95)
        yield Figure(f"search_{TOO_MANY}_at_once refused", too_many.refused, "requests", len(too_many.answered_ms))
        yield Figure(f"search_{TOO_MANY}_at_once failed", too_many.failed, "requests", 0)


def _bare_select() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _p95(calls: Sequence[Callable[[], object]]) -> float:
    """The time in milliseconds that nineteen of twenty calls keep within."""
    taken = []
    for call in calls:
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.quantiles(taken, n=20)[-1]


def _body(text: str, query: str) -> bytes:
    return json.dumps({"query": text, "variables": {"query": query}}).encode()

"""The price of twenty lines under twelve promotions: worked out alone, and with everything read from the database."""

import time
from collections.abc import Callable, Iterable
from statistics import median
from uuid import UUID

from backend.promotions.basket import BasketLine, Layer, OfferedAdjustment
from backend.promotions.pricing import begin, take
from backend.promotions.rules.conflicts import Candidate, best_together, share_a_class
from backend.promotions.rules.reductions import full_reduction
from backend.promotions.selectors import lines_of, price_basket
from tests.bench.figure import Figure
from tests.factories.catalogue import make_variant
from tests.factories.promotions import line_rule, make_running_campaign, reduction_rule, this_moment

LINES, TIMES = 20, 200
PURE_BUDGET_MS, BUDGET_MS = 5.0, 25.0


def figures() -> Iterable[Figure]:
    """Milliseconds of one quote, beside what it may take."""
    yield Figure("quote_20x12_pure", _milliseconds(_pure()), "ms", PURE_BUDGET_MS)
    yield Figure("quote_20x12", _milliseconds(_stored()), "ms", BUDGET_MS)


def _pure() -> Callable[[], object]:
    lines = [
        BasketLine(
            variant_id=UUID(int=at), product_id=UUID(int=at), category_id=UUID(int=1), quantity=2, unit_minor=999 + at
        )
        for at in range(LINES)
    ]
    steps = [{"steps": [{"fromMinor": 1_000 * at, "offMinor": 100 * at}]} for at in range(1, 13)]

    def work() -> object:
        running = begin(lines)
        found = [
            Candidate(id=UUID(int=at), per_line=full_reduction(step, lines), stack_class=str(at % 3))
            for at, step in enumerate(steps)
        ]
        for each in best_together(found, share_a_class):
            take(running, OfferedAdjustment(kind="full_reduction", per_line=each.per_line, label={}), layer=Layer.ORDER)
        return running.priced()

    return work


def _stored() -> Callable[[], object]:
    variants = [make_variant(price_minor=999 + at) for at in range(LINES)]
    make_running_campaign([line_rule(offBps=1_000 + at) for at in range(4)])
    make_running_campaign([reduction_rule((1_000 * at, 100 * at), stackClass=str(at % 3)) for at in range(1, 9)])
    quantities = {variant.pk: 2 for variant in variants}

    def work() -> object:
        return price_basket(lines=lines_of(quantities), choices={}, buyer_id=None, now=this_moment())

    return work


def _milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _time in range(TIMES):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1_000)
    return median(taken)

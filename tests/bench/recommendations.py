"""What picks are worth: how often they hold something that a person buys in the month after, against what is popular.

`PEOPLE=3000` asks for a larger shop; without it a small one shows that the bench works.
"""

import os
import time
from collections.abc import Iterable

from backend.recommendations.actions import learn_pairs
from tests.bench.figure import Figure
from tests.factories.catalogue import NOON
from tests.recommendations.made import make_trade
from tests.recommendations.quality import compared

PEOPLE = int(os.environ.get("PEOPLE", "400"))
BUDGET_SECONDS = 60.0


def figures() -> Iterable[Figure]:
    """Seconds of a night's learning; hit rate, recall, coverage and diversity of ten picks, against popular."""
    made = make_trade(now=NOON, shelves=12, goods=12, people=PEOPLE)
    started = time.perf_counter()
    learn_pairs(now=NOON)
    yield Figure(f"picks_learning_{PEOPLE}", time.perf_counter() - started, "s", BUDGET_SECONDS)
    found = compared(made, now=NOON)
    for name in ("hit_rate", "recall", "coverage", "diversity"):
        picks, popular = (100 * getattr(found[way], name) for way in ("picks", "popular"))
        yield Figure(f"picks_{name}", picks, "% of 10", popular)

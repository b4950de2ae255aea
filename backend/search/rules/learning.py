"""How an order learns from what people open, without being fooled by where things stood.

The click model is the position-based one (Richardson, Dominowska and Ragno 2007; Chuklin, Markov and de Rijke 2015,
chapter 3): a find is opened when its place was looked at and the find appeals. Both are worked out in turn from the
shop's own rows, each as what explains the openings best while the other is held, until they no longer change. What a
product brought is then held against what its places alone would have brought: clicks over expected clicks (Zhang and
Jones 2007).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from backend.search.rules.scoring import WHOLE

HALF_LIFE_DAYS = 30.0
FEWEST_PEOPLE = 5
FEWEST_OPENERS = 3
# What is expected of a product is taken for so many openings more, so that few people move it little.
SHRINKAGE = 4.0
STEP = 0.2
LARGEST = 0.15
MOST_ROUNDS = 30
STEADY = 0.001
# The guesses of how often a place is looked at, and of how much a product appeals, weigh as much as so many openings.
LOOKS_WORTH = 5.0
APPEAL_WORTH = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What people did with one product at one place for one wish. Each person of a week counts once.

    `shown` and `opened` are counts that lose half of themselves each half-life, `worth` the same of how far they went.
    """

    asked: str
    product_id: UUID
    place: int
    shown: float
    opened: float
    worth: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was learnt of one product for one wish."""

    expected: float
    lift: float
    step: int


def guessed_looks(place: int) -> float:
    """How often a place is looked at before any row says so, the first one being one."""
    return 1 / math.sqrt(place)


def looks_by_place(cells: Sequence[Cell]) -> Mapping[int, float]:
    """How often each place is looked at, beside the first, by the position-based click model."""
    looks = {place: guessed_looks(place) for place in {1, *(cell.place for cell in cells)}}
    total = sum(cell.shown * looks[cell.place] for cell in cells)
    usual = min(0.9, max(0.01, sum(cell.opened for cell in cells) / total)) if total else 0.1
    appeal = {(cell.asked, cell.product_id): usual for cell in cells}
    for _ in range(MOST_ROUNDS):
        before = looks
        looks, appeal = _round(cells, looks, appeal, usual)
        if all(abs(looks[place] - before[place]) < STEADY for place in looks):
            break
    return looks


def verdicts(cells: Sequence[Cell], looks: Mapping[int, float]) -> dict[tuple[str, UUID], Verdict]:
    """What was learnt: clicks over expected clicks for each product, shrunk, as a bounded step."""
    seen: defaultdict[str, float] = defaultdict(float)
    brought: defaultdict[str, float] = defaultdict(float)
    own: defaultdict[tuple[str, UUID], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for cell in cells:
        looked = cell.shown * looks[cell.place]
        seen[cell.asked] += looked
        brought[cell.asked] += cell.worth
        of_product = own[cell.asked, cell.product_id]
        of_product[0] += looked
        of_product[1] += cell.worth
    found: dict[tuple[str, UUID], Verdict] = {}
    for (asked, product_id), (looked, worth) in own.items():
        expected = looked * brought[asked] / seen[asked]
        lift = (worth + SHRINKAGE) / (expected + SHRINKAGE)
        found[asked, product_id] = Verdict(expected, lift, step_of(lift))
    return found


def step_of(lift: float) -> int:
    """How far a product moves, in the unit of the score and never further than the bound."""
    return round(max(-LARGEST, min(LARGEST, STEP * math.log(lift))) * WHOLE)


def _round(
    cells: Iterable[Cell], looks: Mapping[int, float], appeal: Mapping[tuple[str, UUID], float], usual: float
) -> tuple[dict[int, float], dict[tuple[str, UUID], float]]:
    """Products by the places, then places by the products. The first place is the measure."""
    liked = {key: [APPEAL_WORTH, APPEAL_WORTH / usual] for key in appeal}
    for cell in cells:
        of_product = liked[cell.asked, cell.product_id]
        of_product[0] += cell.opened
        of_product[1] += cell.shown * looks[cell.place]
    appeal = {key: opened / looked for key, (opened, looked) in liked.items()}
    seen = {place: [LOOKS_WORTH * guessed_looks(place), LOOKS_WORTH] for place in looks}
    for cell in cells:
        of_place = seen[cell.place]
        of_place[0] += cell.opened
        of_place[1] += cell.shown * appeal[cell.asked, cell.product_id]
    first = seen[1][0] / seen[1][1]
    return {place: min(1.0, opened / expected / first) for place, (opened, expected) in seen.items()}, appeal

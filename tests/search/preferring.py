"""Made-up shoppers who look from the top and like some products more, whatever the order is."""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from backend.search.rules.learning import Cell

_SPACE = UUID("6f1f0c52-5d3f-4a53-9a6d-2f7f6a0d6c11")
Steps = Callable[[Sequence[Cell]], Mapping[tuple[str, UUID], int]]


@dataclass(frozen=True, slots=True)
class Liked:
    """A product, how well its words fit, and how likely somebody who looks at it opens it."""

    id: UUID
    fits: int
    appeal: float


def shelves(*, wishes: int, products: int, dice: random.Random) -> dict[str, list[Liked]]:
    """For each wish some products that fit nearly alike; what shoppers like has nothing to do with how they fit."""
    appeals = [0.05 + 0.45 * place / (products - 1) for place in range(products)]
    made: dict[str, list[Liked]] = {}
    for wish in range(wishes):
        dice.shuffle(appeals)
        made[f"wish {wish}"] = [
            Liked(uuid5(_SPACE, f"{wish} {place}"), 900_000 - 15_000 * place, appeal)
            for place, appeal in enumerate(appeals)
        ]
    return made


def looked_at(place: int) -> float:
    """How often a shopper really looks at a place: steeper than what search guesses at first."""
    return float(place**-0.9)


def nights(
    made: Mapping[str, Sequence[Liked]], *, steps: Steps, number: int, people: int, dice: random.Random
) -> dict[str, list[Liked]]:
    """So many days with a night's learning after each. The order in which the last night leaves every wish."""
    kept: defaultdict[tuple[str, UUID, int], list[float]] = defaultdict(lambda: [0.0, 0.0])
    order = {wish: list(liked) for wish, liked in made.items()}
    for _night in range(number):
        for wish, liked in order.items():
            for _person in range(people):
                for place, each in enumerate(liked, 1):
                    counts = kept[wish, each.id, place]
                    counts[0] += 1
                    counts[1] += dice.random() < looked_at(place) * each.appeal
        cells = [
            Cell(asked=wish, product_id=product_id, place=place, shown=shown, opened=opened, worth=opened)
            for (wish, product_id, place), (shown, opened) in kept.items()
        ]
        learnt = steps(cells)
        order = {
            wish: sorted(liked, key=lambda each: -(each.fits + learnt.get((wish, each.id), 0)))
            for wish, liked in made.items()
        }
    return order


def agreement(order: Mapping[str, Sequence[Liked]]) -> float:
    """The share of all pairs that stand in the order in which shoppers like them: 0.5 is chance, 1 is theirs."""
    agreed = total = 0
    for liked in order.values():
        for place, one in enumerate(liked):
            for other in liked[place + 1 :]:
                total += 1
                agreed += one.appeal > other.appeal
    return agreed / total

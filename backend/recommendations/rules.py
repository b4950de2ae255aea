"""How picks are weighed, ordered and spread. No database, no clock."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

Because = Literal["BOUGHT", "SEEN", "LIKED", "ALIKE", "POPULAR"]

LOOKS_BACK = timedelta(days=180)
JUST_BOUGHT = timedelta(days=90)
MOST_SEEDS = 40
MOST_SEEN = 100
MOST_IN_A_ROW = 2
HALF_LIFE_DAYS = 30.0
# What a person did says so much about what they like.
WORTH: Mapping[str, float] = {"BOUGHT": 1.0, "LIKED": 0.8, "SEEN": 0.5}
# Pairs that people made weigh more than those that only look alike.
TIE_WORTH: Mapping[str, float] = {"BOUGHT": 1.0, "SEEN": 0.8, "ALIKE": 0.45}


@dataclass(frozen=True, slots=True)
class Seed:
    """One thing that a person did with a product, and when."""

    because: Because
    product_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """That one product leads to another."""

    product_id: UUID
    other_id: UUID
    tie: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that may be suggested: how well it fits, and what speaks most for it."""

    product_id: UUID
    score: float
    because: Because
    of_id: UUID | None = None
    strongest: float = 0.0


def weight_of(seed: Seed, *, now: datetime) -> float:
    """What a deed is worth now: half after each month."""
    days = max(0.0, (now - seed.at).total_seconds() / 86_400)
    return WORTH[seed.because] * math.pow(0.5, days / HALF_LIFE_DAYS)


def weigh(seeds: Iterable[Seed], links: Iterable[Link], *, now: datetime) -> list[Candidate]:
    """What the deeds of a person lead to, the best first; the reason is the deed that speaks most for it."""
    by_product: dict[UUID, tuple[float, Seed]] = {}
    for seed in seeds:
        worth = weight_of(seed, now=now)
        if seed.product_id not in by_product or worth > by_product[seed.product_id][0]:
            by_product[seed.product_id] = (worth, seed)
    found: dict[UUID, Candidate] = {}
    for link in links:
        worth, seed = by_product[link.product_id]
        part = worth * link.score * TIE_WORTH[link.tie]
        known = found.get(link.other_id, Candidate(link.other_id, 0.0, seed.because))
        if part > known.strongest:
            known = replace(known, because=seed.because, of_id=seed.product_id, strongest=part)
        found[link.other_id] = replace(known, score=known.score + part)
    return sorted(found.values(), key=lambda each: (-each.score, each.product_id))


def spread(candidates: Sequence[Candidate], shelf_of: Mapping[UUID, str]) -> list[Candidate]:
    """The same in nearly the same order, with at most two of one shelf in a row as long as there are others."""
    left = list(candidates)
    chosen: list[Candidate] = []
    while left:
        lately = [shelf_of[each.product_id] for each in chosen[-MOST_IN_A_ROW:]]
        is_full = len(lately) == MOST_IN_A_ROW and len(set(lately)) == 1
        fits = (each for each in left if not is_full or shelf_of[each.product_id] != lately[0])
        chosen.append(next(fits, left[0]))
        left.remove(chosen[-1])
    return chosen

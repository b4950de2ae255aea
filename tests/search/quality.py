"""How well the index answers the judged queries."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

QUERIES = Path(__file__).parent / "judged" / "queries.csv"
SHOWN = 10
GOOD = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """One query, what should be found, and whether ranking was ever tuned on it."""

    query: str
    kind: str
    grades: dict[str, int]
    is_held_out: bool
    unwanted: frozenset[str] = frozenset()

    @property
    def good(self) -> set[str]:
        """What was asked for or serves well."""
        return {slug for slug, grade in self.grades.items() if grade >= GOOD}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found for one query."""

    judged: Judged
    found: Sequence[str]

    @property
    def recall(self) -> float:
        """The share of the good ones among the first ten."""
        return len(self.judged.good & set(self.found[:SHOWN])) / min(len(self.judged.good), SHOWN)

    @property
    def reciprocal_rank(self) -> float:
        """One over the place of the first good one."""
        return next((1 / place for place, slug in enumerate(self.found[:SHOWN], 1) if slug in self.judged.good), 0.0)


def judged_queries() -> list[Judged]:
    """All judged queries in the order of the file."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return [
            Judged(
                query=row["query"],
                kind=row["kind"],
                grades={slug: int(grade) for slug, grade in (each.split(":") for each in row["relevant"].split())},
                is_held_out=row["held_out"] == "yes",
                unwanted=frozenset((row["unwanted"] or "").split()),
            )
            for row in csv.DictReader(file)
        ]


def outcomes(judged: Sequence[Judged], search: Callable[[str], Sequence[str]]) -> list[Outcome]:
    """Search for each query; `search` answers slugs in order."""
    return [Outcome(each, search(each.query)) for each in judged]


def recall(found: Sequence[Outcome]) -> float:
    """The average recall among the first ten."""
    return sum(each.recall for each in found) / len(found)


def mean_reciprocal_rank(found: Sequence[Outcome]) -> float:
    """The average of one over the place of the first good find."""
    return sum(each.reciprocal_rank for each in found) / len(found)

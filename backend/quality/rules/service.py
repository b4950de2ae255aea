"""The checklist of service, what is drawn, and how far two people agree."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from uuid import UUID

POINTS = ("response", "efficiency", "professionalism", "policy", "tracking")
SAMPLES_PER_MONTH = 4
LEAST_MARK, MOST_MARK = 1, 5
# Two marks agree when they are no more than one apart.
AGREES_WITHIN = 1
LONGEST_WORDS = 500


def draw(things: Iterable[tuple[str, UUID]], *, month: date, wanted: int) -> list[tuple[str, UUID]]:
    """So many of an agent's finished cases, by a draw that nobody can steer and everybody can repeat."""
    lots = sorted(things, key=lambda thing: sha256(f"{month:%Y-%m}:{thing[1]}".encode()).hexdigest())
    return lots[: max(0, wanted)]


def agreement(pairs: Sequence[tuple[Mapping[str, int], Mapping[str, int]]]) -> tuple[int, int]:
    """How many marks of two people agree, and how many there are."""
    marks = [(ours[point], theirs[point]) for ours, theirs in pairs for point in POINTS]
    return sum(abs(one - other) <= AGREES_WITHIN for one, other in marks), len(marks)


def mean_mark(marks: Iterable[Mapping[str, int]]) -> float | None:
    """The mean of all marks, for people to read."""
    values = [mark[point] for mark in marks for point in POINTS]
    return sum(values) / len(values) if values else None

"""How many pieces of a delivery are looked at, and from how many faults on it is sent back.

Source: ISO 2859-1:1999, Sampling procedures for inspection by attributes, Part 1: Table 1 (sample size code letters,
general inspection levels II and III) and Table 2-A (single sampling plans for normal inspection) at an acceptance
quality limit of 2.5 percent nonconforming. Goods that come back often for faults are looked at on level III, which
takes the next code letter. Switching between normal, tightened and reduced inspection (clause 9) is not done.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

AQL_BPS = 250
# From this share of pieces that came back for a fault on, if so many were sold at least.
OFTEN_FAULTY_BPS = 500
LEAST_SOLD = 20

_LETTERS = "ABCDEFGHJKLMNPQR"
_LOTS_UP_TO = (8, 15, 25, 50, 90, 150, 280, 500, 1_200, 3_200, 10_000, 35_000, 150_000, 500_000)
# Sample size and acceptance number. Where the table has an arrow, the plan that it points to.
_PLANS: Mapping[str, tuple[int, int]] = {
    "C": (5, 0),
    "F": (20, 1),
    "G": (32, 2),
    "H": (50, 3),
    "J": (80, 5),
    "K": (125, 7),
    "L": (200, 10),
    "M": (315, 14),
    "N": (500, 21),
}
_ARROWS = {"A": "C", "B": "C", "D": "C", "E": "F", "P": "N", "Q": "N", "R": "N"}


class Level(StrEnum):
    """A general inspection level of the standard."""

    II = "II"
    III = "III"


@dataclass(frozen=True, slots=True)
class Plan:
    """How many pieces to look at, and up to how many faulty ones the delivery is taken."""

    sample_size: int
    accept_number: int


def level_for(*, sold: int, faulty: int) -> Level:
    """How strictly goods are looked at, by what came back of them for faults."""
    is_known = sold >= LEAST_SOLD
    return Level.III if is_known and faulty * 10_000 >= sold * OFTEN_FAULTY_BPS else Level.II


def plan_for(*, quantity: int, level: Level) -> Plan:
    """The plan for a delivery of so many pieces; where the sample is no smaller, every piece is looked at."""
    letter = _LETTERS[bisect_left(_LOTS_UP_TO, quantity) + (level == Level.III)]
    size, most = _PLANS[_ARROWS.get(letter, letter)]
    return Plan(sample_size=min(size, quantity), accept_number=most)

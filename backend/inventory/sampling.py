"""How many pieces of a delivery are looked at, and from how many faults on it is sent back.

Source: ISO 2859-1:1999, Sampling procedures for inspection by attributes, Part 1: Table 1 (sample size code letters,
general inspection levels II and III) and Table 2-A (single sampling plans for normal inspection) at an acceptance
quality limit of 2.5 percent nonconforming; Table 2-B (tightened inspection) at the same limit; clause 9.3 and 9.4
(switching, and stopping until the supplier has improved). Goods that come back often for faults are looked at on level
III, which takes the next code letter. Reduced inspection (9.3.3) is left out: it needs steady production, and a shop
does not know how its suppliers produce.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

AQL_BPS = 250
# From this share of pieces that came back for a fault on, if so many were sold at least.
OFTEN_FAULTY_BPS = 500
LEAST_SOLD = 20

# So many lots are looked back on; so many refused ones among them tighten; so many refused ones while tight stop.
LOOKED_BACK = 5
TIGHTENS_AT = 2
STOPS_AT = 5

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
_TIGHT_PLANS: Mapping[str, tuple[int, int]] = {
    "D": (8, 0),
    "G": (32, 1),
    "H": (50, 2),
    "J": (80, 3),
    "K": (125, 5),
    "L": (200, 8),
    "M": (315, 12),
    "N": (500, 18),
}
_TIGHT_ARROWS = {"A": "D", "B": "D", "C": "D", "E": "G", "F": "G", "P": "N", "Q": "N", "R": "N"}


class Level(StrEnum):
    """A general inspection level of the standard."""

    II = "II"
    III = "III"


class Severity(StrEnum):
    """How strictly the goods of a supplier are judged, by what became of their lots before."""

    NORMAL = "NORMAL"
    TIGHTENED = "TIGHTENED"
    STOPPED = "STOPPED"


@dataclass(frozen=True, slots=True)
class Lot:
    """What became of a lot, and whether it came after the supplier had said what was improved."""

    is_accepted: bool
    is_improved: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """How many pieces to look at, and up to how many faulty ones the delivery is taken."""

    sample_size: int
    accept_number: int


def level_for(*, sold: int, faulty: int) -> Level:
    """How strictly goods are looked at, by what came back of them for faults."""
    is_known = sold >= LEAST_SOLD
    return Level.III if is_known and faulty * 10_000 >= sold * OFTEN_FAULTY_BPS else Level.II


def severity_after(lots: Iterable[Lot]) -> Severity:
    """How the next lot is judged after these, the oldest first; each switch begins a new count."""
    severity, since = Severity.NORMAL, list[bool]()
    for lot in lots:
        if severity == Severity.STOPPED:
            if not lot.is_improved:
                continue
            severity = Severity.TIGHTENED
        since.append(lot.is_accepted)
        following = _switched(severity, since)
        if following != severity:
            severity, since = following, []
    return severity


def plan_for(*, quantity: int, level: Level, severity: Severity = Severity.NORMAL) -> Plan:
    """The plan for a delivery of so many pieces; where the sample is no smaller, every piece is looked at."""
    letter = _LETTERS[bisect_left(_LOTS_UP_TO, quantity) + (level == Level.III)]
    plans, arrows = (_PLANS, _ARROWS) if severity == Severity.NORMAL else (_TIGHT_PLANS, _TIGHT_ARROWS)
    size, most = plans[arrows.get(letter, letter)]
    return Plan(sample_size=min(size, quantity), accept_number=most)


def _switched(severity: Severity, since: list[bool]) -> Severity:
    """What becomes of a severity after these lots under it."""
    lately = since[-LOOKED_BACK:]
    if severity == Severity.NORMAL:
        return Severity.TIGHTENED if lately.count(False) >= TIGHTENS_AT else severity
    if since.count(False) >= STOPS_AT:
        return Severity.STOPPED
    return Severity.NORMAL if len(lately) == LOOKED_BACK and all(lately) else severity

"""The way through the warehouse that collects a batch of orders. No database, no clock.

Source of the routing: the S-shape (traversal) heuristic as described by R. de Koster, T. Le-Duc and K. J. Roodbergen,
"Design and control of warehouse order picking: a literature review", European Journal of Operational Research 182
(2007), section 6. An aisle with something to pick is walked through to its other end, aisles without are passed by.

The warehouse is one block: aisles side by side, a cross aisle at the front and one at the back. The walk begins and
ends at the packing table, in front of the first aisle. Both ways that are compared are measured by the same rule: the
shortest walk from each stop to the next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

BAY_METRES = Decimal("1.2")
AISLE_METRES = Decimal("3.5")
BAYS_IN_AISLE = 20


@dataclass(frozen=True, slots=True, order=True)
class Stop:
    """A place where something is taken from the shelf; the height of the shelf costs no steps."""

    aisle: int
    bay: int


TABLE = Stop(aisle=1, bay=0)


def s_shape(stops: Iterable[Stop]) -> list[Stop]:
    """The stops in the order of the walk: one aisle up, the next one that is needed down."""
    wanted = sorted(set(stops))
    aisles = sorted({stop.aisle for stop in wanted})
    return [
        stop
        for turn, aisle in enumerate(aisles)
        for stop in sorted((each for each in wanted if each.aisle == aisle), reverse=turn % 2 == 1)
    ]


def walk_metres(stops: Sequence[Stop]) -> Decimal:
    """How far it is from the table over these stops, one after another, and back."""
    way = [TABLE, *stops, TABLE]
    return sum((_metres(here, there) for here, there in pairwise(way)), Decimal(0))


def _metres(here: Stop, there: Stop) -> Decimal:
    """The shortest walk between two stops: through the aisle, or around by the front or the back."""
    if here.aisle == there.aisle:
        return abs(here.bay - there.bay) * BAY_METRES
    by_front = here.bay + there.bay
    by_back = max(0, BAYS_IN_AISLE - here.bay) + max(0, BAYS_IN_AISLE - there.bay)
    return min(by_front, by_back) * BAY_METRES + abs(here.aisle - there.aisle) * AISLE_METRES

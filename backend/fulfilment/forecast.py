"""Whether a parcel on its way will probably be late, from what became of others. No database, no clock.

The way of a parcel is compared with those of the same carrier to the same province that took at least as long as it
has taken so far. Too few of them say nothing, and nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

LEAST_LEGS = 20
LEAST_ALIKE = 8
LATE_FROM_BPS = 6_000


@dataclass(frozen=True, slots=True)
class Outlook:
    """Between how many days after leaving it will arrive, and how many of those alike came after the promise."""

    from_days: int
    until_days: int
    late_bps: int
    alike_count: int


def outlook(*, legs: Sequence[int], gone_days: int, promised_days: int) -> Outlook | None:
    """Say when a parcel will come that left so many days ago, if that is probably after the promise.

    `legs` are the days that others took; the new days are the first quarter and nine tenths of those alike.
    """
    alike = sorted(days for days in legs if days >= gone_days)
    if len(legs) < LEAST_LEGS or len(alike) < LEAST_ALIKE:
        return None
    late_bps = sum(days > promised_days for days in alike) * 10_000 // len(alike)
    if late_bps < LATE_FROM_BPS:
        return None
    return Outlook(
        from_days=max(gone_days, _quantile(alike, 25)),
        until_days=_quantile(alike, 90),
        late_bps=late_bps,
        alike_count=len(alike),
    )


def _quantile(ordered: Sequence[int], percent: int) -> int:
    """The value by nearest rank: so many percent are not above it."""
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]

"""Counts, means and how far they can be trusted. Floats are for people to read; nothing is decided by them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

TOO_FEW = 10
GOOD_FACE = 4
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a count, with the bounds between which the true part lies in 19 of 20 cases (Wilson)."""

    part: int
    count: int

    @property
    def is_too_few(self) -> bool:
        """Whether the number is too small to say anything."""
        return self.count < TOO_FEW

    @property
    def value(self) -> float | None:
        """The part of one, or nothing where there is nothing."""
        return self.part / self.count if self.count else None

    @property
    def low(self) -> float | None:
        """The lower bound."""
        return max(0.0, _centre(self) - _reach(self)) if self.count else None

    @property
    def high(self) -> float | None:
        """The upper bound."""
        return min(1.0, _centre(self) + _reach(self)) if self.count else None


def share_good(faces: Sequence[int]) -> Share:
    """How many of some faces are content."""
    return Share(part=sum(1 for face in faces if face >= GOOD_FACE), count=len(faces))


def mean(values: Sequence[int]) -> float | None:
    """The mean, or nothing of nothing."""
    return sum(values) / len(values) if values else None


def differs(now: Share, before: Share) -> bool:
    """Whether two shares lie apart: their bounds do not meet, and neither is of too few."""
    if now.is_too_few or before.is_too_few:
        return False
    return bool((now.low or 0) > (before.high or 0) or (now.high or 0) < (before.low or 0))


def _centre(share: Share) -> float:
    rate = share.part / share.count
    return (rate + _Z * _Z / (2 * share.count)) / (1 + _Z * _Z / share.count)


def _reach(share: Share) -> float:
    rate, count = share.part / share.count, share.count
    return _Z * sqrt(rate * (1 - rate) / count + _Z * _Z / (4 * count * count)) / (1 + _Z * _Z / count)

"""Money and points: whole units, never a float, never mixed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

BASIS_POINTS = 10_000


def _whole(value: object) -> None:
    if type(value) is not int:
        raise TypeError(f"Only whole units are counted, not {value!r}.")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units (fen) of one currency."""

    minor: int
    currency: str = "CNY"

    def __post_init__(self) -> None:
        _whole(self.minor)

    @classmethod
    def zero(cls, currency: str = "CNY") -> "Money":
        """Nothing, in the given currency."""
        return cls(0, currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> "Money":
        _whole(times)
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.minor != 0

    def allocate(self, weights: Sequence[int]) -> list["Money"]:
        """Split by weight with the largest remainder; the parts always add up to the whole.

        Equal remainders go to the earlier part, so the same input always gives the same split.
        """
        return [replace(self, minor=part) for part in allocate_whole(self.minor, weights)]

    def _same(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            raise TypeError(f"Money does not add to {type(other).__name__}.")
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} does not add to {other.currency}.")
        return other


@dataclass(frozen=True, slots=True, order=True)
class Points:
    """A number of points."""

    amount: int

    def __post_init__(self) -> None:
        _whole(self.amount)

    @classmethod
    def zero(cls) -> "Points":
        """No points."""
        return cls(0)

    def __add__(self, other: "Points") -> "Points":
        return Points(self.amount + self._same(other).amount)

    def __sub__(self, other: "Points") -> "Points":
        return Points(self.amount - self._same(other).amount)

    def __neg__(self) -> "Points":
        return Points(-self.amount)

    def __mul__(self, times: int) -> "Points":
        _whole(times)
        return Points(self.amount * times)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.amount != 0

    def allocate(self, weights: Sequence[int]) -> list["Points"]:
        """Split by weight with the largest remainder; the parts always add up to the whole."""
        return [Points(part) for part in allocate_whole(self.amount, weights)]

    def _same(self, other: "Points") -> "Points":
        if not isinstance(other, Points):
            raise TypeError(f"Points do not add to {type(other).__name__}.")
        return other


def allocate_whole(total: int, weights: Sequence[int]) -> list[int]:
    """Split whole units by weight with the largest remainder; an all-zero weighing splits evenly."""
    if not weights:
        raise ValueError("Nothing can be split among no parts.")
    for weight in weights:
        _whole(weight)
        if weight < 0:
            raise ValueError("A weight cannot be below zero.")
    shares = weights if any(weights) else [1] * len(weights)
    sign = -1 if total < 0 else 1
    divided = [divmod(abs(total) * share, sum(shares)) for share in shares]
    parts = [whole for whole, _ in divided]
    by_remainder = sorted(range(len(shares)), key=lambda index: (-divided[index][1], index))
    for index in by_remainder[: abs(total) - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]


def share_bps(amount: Money, bps: int) -> Money:
    """Take a share in basis points, rounded half up (half away from zero)."""
    _whole(bps)
    product = amount.minor * bps
    rounded = (abs(product) * 2 + BASIS_POINTS) // (2 * BASIS_POINTS)
    return replace(amount, minor=-rounded if product < 0 else rounded)


def floor_bps(amount: Money, bps: int) -> Money:
    """Take a share in basis points, rounded toward nothing; commissions use this one."""
    _whole(bps)
    product = amount.minor * bps
    rounded = abs(product) // BASIS_POINTS
    return replace(amount, minor=-rounded if product < 0 else rounded)

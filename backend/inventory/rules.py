"""Pure sums about stock."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

MOST_SHOWN = 99
MOST_ON_HAND = 1_000_000


def sum_demand(demand: Mapping[UUID, int] | Iterable[tuple[UUID, int]]) -> dict[UUID, int]:
    """Add up what several lines ask of the same variant."""
    lines = demand.items() if isinstance(demand, Mapping) else demand
    total: Counter[UUID] = Counter()
    for variant_id, quantity in lines:
        total[variant_id] += quantity
    return dict(total)


def shown(available: int) -> int:
    """The number that shoppers see: never below nothing, never above 99."""
    return max(0, min(available, MOST_SHOWN))

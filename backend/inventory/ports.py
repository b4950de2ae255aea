"""What the stock room asks of the apps above it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Faults:
    """How many pieces of a product were sold lately, and how many of them came back for a fault."""

    sold: int
    faulty: int


FaultSource = Callable[[Sequence[UUID], datetime], Mapping[UUID, Faults]]
_sources: list[FaultSource] = []


def register_fault_source(source: FaultSource) -> None:
    """Let the app that hears of faults answer, by product."""
    _sources[:] = [source]


def faults_of(product_ids: Sequence[UUID], *, now: datetime) -> Mapping[UUID, Faults]:
    """What is known of the faults of products; nothing while nobody answers."""
    return _sources[0](product_ids, now) if _sources else {}

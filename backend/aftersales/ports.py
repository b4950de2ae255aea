"""What upper apps know about a purchase or a buyer that after-sales ask for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.utils.module_loading import import_string


class RepairCover(Protocol):
    """Who repairs pieces after the shop's own time for repairs is over."""

    def covered(self, line_ids: Sequence[UUID], *, now: datetime) -> Mapping[UUID, tuple[int, datetime]]:
        """How many pieces of each order line may be repaired now, and until when; others are left out."""
        ...

    def use(self, *, case_id: UUID, pieces: Mapping[UUID, int], now: datetime) -> None:
        """Count a repair of some pieces of each line; the order is held by whoever asks.

        Raises: WindowClosed.
        """
        ...


_repair_covers: list[str] = []


def fill_repair_cover(path: str) -> None:
    """Name the class that answers; it is imported when first asked."""
    _repair_covers[:] = [path]


def repair_cover() -> RepairCover | None:
    """Who covers repairs, if anybody does."""
    if not _repair_covers:
        return None
    cover: RepairCover = import_string(_repair_covers[0])()
    return cover


@dataclass(frozen=True, slots=True)
class BuyerStanding:
    """What a buyer's level is called in each language, and whether it comes with care of its own."""

    names: Mapping[str, str]
    is_valued: bool


_standings: list[str] = []


def fill_buyer_standing(path: str) -> None:
    """Name the function from a buyer's id to their standing; it is imported when first asked."""
    _standings[:] = [path]


def buyer_standing(buyer_id: UUID) -> BuyerStanding | None:
    """Where a buyer stands, if anybody knows."""
    if not _standings:
        return None
    ask: Callable[[UUID], BuyerStanding] = import_string(_standings[0])
    return ask(buyer_id)

"""Answers aftersales which pieces a plan covers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from backend.protection.actions import use_cover
from backend.protection.selectors.coverages import covered_pieces


class PlanCover:
    """A plan covers repairs once the shop's own time for them is over."""

    def covered(self, line_ids: Sequence[UUID], *, now: datetime) -> Mapping[UUID, tuple[int, datetime]]:
        """How many pieces of each line are covered now, and until when."""
        return covered_pieces(line_ids, now=now)

    def use(self, *, case_id: UUID, pieces: Mapping[UUID, int], now: datetime) -> None:
        """Count the repair against the plans."""
        use_cover(case_id=case_id, pieces=pieces, now=now)

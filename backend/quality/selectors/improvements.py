"""Reads of improvement cases: the board, one case with what was written and measured."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from backend.quality.models import ImprovementCase, ImprovementMeasure, ImprovementNote, ImprovementState


def open_cases() -> QuerySet[ImprovementCase]:
    """What is worked on, the most pressing first."""
    return _cases().filter(state=ImprovementState.OPEN).order_by("due_on", "pk")


def closed_cases(*, first: int | None, after: str | None) -> Page:
    """What people closed, the newest first.

    Raises: InvalidInput.
    """
    return keyset_page(_cases().exclude(closed_at=None), order=("-closed_at", "-id"), first=first, after=after)


def visible_case(*, case_id: UUID) -> ImprovementCase:
    """One case, for staff.

    Raises: NotFound.
    """
    found = _cases().filter(pk=case_id).first()
    if found is None:
        raise NotFound
    return found


def notes_of(case_ids: Sequence[UUID]) -> dict[UUID, list[ImprovementNote]]:
    """What was written, in order."""
    found: dict[UUID, list[ImprovementNote]] = defaultdict(list)
    for note in ImprovementNote.objects.filter(case_id__in=case_ids).order_by("case_id", "at", "pk"):
        found[note.case_id].append(note)
    return dict(found)


def measures_of(case_ids: Sequence[UUID]) -> dict[UUID, list[ImprovementMeasure]]:
    """What was measured, day by day."""
    found: dict[UUID, list[ImprovementMeasure]] = defaultdict(list)
    for measure in ImprovementMeasure.objects.filter(case_id__in=case_ids).order_by("case_id", "day"):
        found[measure.case_id].append(measure)
    return dict(found)


def _cases() -> QuerySet[ImprovementCase]:
    return ImprovementCase.objects.all()

"""What the answers say: by carrier, by province, by week, each with its bounds and beside the weeks before."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count

from backend.core.paging import Page, keyset_page
from backend.surveys.models import Answer, Fault, Invitation
from backend.surveys.rules.figures import Share, differs
from backend.surveys.selectors.surveys import survey_in_force

_CELLS = """
SELECT answer.carrier, answer.province,
    date_trunc('week', answer.answered_at AT TIME ZONE 'Asia/Shanghai')::date AS week,
    answer.answered_at >= %(since)s AS is_now, question.key,
    count(*), sum(question.value::int), count(*) FILTER (WHERE question.value::int >= 4)
FROM surveys_answer answer, jsonb_each_text(answer.faces) question
WHERE answer.key = %(key)s AND answer.fault = '' AND answer.answered_at >= %(before)s AND answer.answered_at < %(now)s
GROUP BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """The answers to one question in one carrier, province and week."""

    carrier: str
    province: str
    week: date
    is_now: bool
    question: str
    count: int
    total: int
    good: int


@dataclass(slots=True)
class Tally:
    """Counts that grow cell by cell."""

    counts: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    good: Counter[str] = field(default_factory=Counter)

    def add(self, cell: Cell) -> None:
        """Count a cell in."""
        self.counts[cell.question] += cell.count
        self.totals[cell.question] += cell.total
        self.good[cell.question] += cell.good

    @property
    def share(self) -> Share:
        """The content part of all faces of all questions; its count is that of people, not of faces."""
        people = max(self.counts.values(), default=0)
        faces = sum(self.counts.values())
        return Share(part=round(sum(self.good.values()) * people / faces) if faces else 0, count=people)

    def means(self) -> dict[str, float]:
        """The mean face of each question."""
        return {key: self.totals[key] / count for key, count in self.counts.items() if count}


def survey_report(*, key: str, weeks: int, now: datetime) -> dict[str, Any]:
    """The figures of the last weeks, without the answers that do not count; beside them how many those are and why."""
    span = timedelta(weeks=weeks)
    cells = _cells(key, since=now - span, before=now - 2 * span, now=now)
    survey = survey_in_force(key=key, now=now)
    answers = Answer.objects.filter(key=key, answered_at__gte=now - span, answered_at__lt=now)
    left_out = dict(answers.exclude(fault="").values_list("fault").annotate(count=Count("pk")))
    invited = Invitation.objects.filter(key=key, invited_at__gte=now - span, invited_at__lt=now)
    return {
        "weeks": weeks,
        "title": survey.title if survey else {},
        "questions": [each for each in (survey.questions if survey else []) if each["kind"] == "FACES"],
        "invited_count": invited.count(),
        "answered_count": answers.count(),
        "left_out": [{"fault": fault, "count": left_out.get(fault, 0)} for fault in Fault],
        "total": _row("", cells, wanted=lambda cell: True),
        "carriers": _rows(cells, by=lambda cell: cell.carrier),
        "provinces": _rows(cells, by=lambda cell: cell.province),
        "by_week": _by_week(cells),
    }


def carrier_marks(*, key: str, since: datetime, now: datetime) -> dict[str, Tally]:
    """What people say of each carrier, answers that do not count left out."""
    found: dict[str, Tally] = defaultdict(Tally)
    for cell in _cells(key, since=since, before=since, now=now):
        found[cell.carrier].add(cell)
    return dict(found)


def left_out_answers(*, key: str, first: int | None, after: str | None) -> Page:
    """The answers that do not count, the newest first.

    Raises: InvalidInput.
    """
    faulty = Answer.objects.filter(key=key).exclude(fault="")
    return keyset_page(faulty, order=("-answered_at", "-id"), first=first, after=after)


def _cells(key: str, *, since: datetime, before: datetime, now: datetime) -> list[Cell]:
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, {"key": key, "since": since, "before": before, "now": now})
        return [
            Cell(
                carrier=carrier, province=province, week=week, is_now=is_now, question=question, count=int(count),
                total=int(total), good=int(good),
            )
            for carrier, province, week, is_now, question, count, total, good in cursor.fetchall()
        ]  # fmt: skip


def _row(name: str, cells: Iterable[Cell], *, wanted: Callable[[Cell], bool]) -> dict[str, Any]:
    now, before = Tally(), Tally()
    for cell in cells:
        if wanted(cell):
            (now if cell.is_now else before).add(cell)
    share, earlier = now.share, before.share
    return {"name": name, "share": share, "means": now.means(), "before": earlier, "change": _change(share, earlier)}


def _rows(cells: list[Cell], *, by: Callable[[Cell], str]) -> list[dict[str, Any]]:
    names = sorted({by(cell) for cell in cells if cell.is_now and by(cell)})
    rows = [_row(name, cells, wanted=lambda cell, name=name: by(cell) == name) for name in names]  # type: ignore[misc]
    return sorted(rows, key=lambda row: (-row["share"].count, row["name"]))


def _by_week(cells: list[Cell]) -> list[dict[str, Any]]:
    """Week by week from the oldest on; the weeks before the span are shown too, so that a trend has two sides."""
    found: dict[date, Tally] = defaultdict(Tally)
    for cell in cells:
        found[cell.week].add(cell)
    return [{"week": week, "share": found[week].share, "means": found[week].means()} for week in sorted(found)]


def _change(now: Share, before: Share) -> str:
    if now.is_too_few or before.is_too_few:
        return "TOO_FEW"
    if not differs(now, before):
        return "SAME"
    return "BETTER" if (now.value or 0) > (before.value or 0) else "WORSE"

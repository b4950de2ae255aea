"""Measuring once a day: open cases get their figure, a figure past its limit opens a case. Nothing closes itself."""

from datetime import datetime

from django.db import transaction

from backend.core.clock import business_day
from backend.core.locks import advisory_lock, lock_rows
from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from backend.quality.events import ImprovementOpened
from backend.quality.models import ImprovementCase, ImprovementMeasure, ImprovementState
from backend.quality.rules import alerts
from backend.quality.selectors.signs import figures_today


@transaction.atomic
def take_measure(*, now: datetime) -> list[ImprovementCase]:
    """Measure everything that has a limit, and answer the cases that it opened.

    Emits: ImprovementOpened.
    """
    advisory_lock("quality.measure", "all")
    figures = {(figure.sign.value, figure.subject): figure for figure in figures_today(now=now)}
    worked_on = ImprovementCase.objects.filter(state=ImprovementState.OPEN).exclude(sign="PERSON")
    known = {(case.sign, case.subject): case for case in lock_rows(worked_on)}
    for key, case in known.items():
        if key in figures:
            _note(case, figures[key], now=now)
    return [
        opened
        for key, figure in figures.items()
        if figure.asks and key not in known and (opened := _open(figure, now=now)) is not None
    ]


def _open(figure: alerts.Figure, *, now: datetime) -> ImprovementCase | None:
    """Open a case, unless somebody else did at the same moment."""
    case = ImprovementCase(
        number=alerts.new_number(now=now), sign=figure.sign, subject=figure.subject,
        subject_names=dict(figure.names), team=alerts.TEAM_OF[figure.sign], due_on=alerts.due_on(now=now),
        value_before=figure.value, limit=figure.limit, opened_at=now,
    )  # fmt: skip
    if not insert_row_once(case):
        return None
    _note(case, figure, now=now)
    emit(ImprovementOpened(case_id=case.id, sign=case.sign, subject=case.subject, team=case.team, by_id=None, at=now))
    return case


def _note(case: ImprovementCase, figure: alerts.Figure, *, now: datetime) -> None:
    case.value_now, case.measured_at = figure.value, now
    case.save(update_fields=["value_now", "measured_at"])
    day = business_day(now)
    if not insert_row_once(ImprovementMeasure(case=case, day=day, value=figure.value)):
        ImprovementMeasure.objects.filter(case=case, day=day).update(value=figure.value)

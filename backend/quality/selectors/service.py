"""Reads of service: samples as each side may see them, sheets by agent, and honest figures for everybody."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from backend.aftersales.models import AfterSaleCase, CaseState
from backend.core.months import bounds_of_month
from backend.quality.models import Reviewer, ServiceNote, ServiceReview, ServiceSample
from backend.quality.rules.service import POINTS, agreement, mean_mark
from backend.support.models import Ticket, TicketState

SOLVED = (CaseState.DONE, CaseState.REVISIT, CaseState.ARCHIVED)
FIGURE_DAYS = 90
# What was asked a moment ago cannot be solved yet.
SETTLED_DAYS = 7
SHOWN_SAMPLES = 100
_FIGURES = """
WITH asked AS (
    SELECT opened_at, first_answered_at AS answered_at, rating,
        state IN ('DONE', 'REVISIT', 'ARCHIVED') AND close_reason = '' AS is_solved
    FROM aftersales_aftersalecase WHERE opened_at >= %(since)s AND opened_at < %(now)s
        AND state <> 'BUYER_CANCELLED'
    UNION ALL
    SELECT opened_at, answered_at, rating, state = 'CLOSED' AND answered_at IS NOT NULL
    FROM support_ticket WHERE opened_at >= %(since)s AND opened_at < %(now)s
)
SELECT count(*) AS asked_count,
    round(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - opened_at) / 60)
        FILTER (WHERE answered_at IS NOT NULL))::int AS first_answer_minutes,
    count(*) FILTER (WHERE opened_at < %(settled)s) AS settled_count,
    count(*) FILTER (WHERE opened_at < %(settled)s AND is_solved) AS solved_count,
    avg(rating)::float AS rating, count(rating) AS ratings_count
FROM asked
"""


@dataclass(slots=True)
class Sample:
    """A sample as somebody sees it: nothing of the other side before the own look."""

    row: ServiceSample
    mine: ServiceReview | None
    other: ServiceReview | None
    rating: int | None
    is_own: bool
    notes: list[ServiceNote] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        """The sample's id."""
        return self.row.id

    @property
    def number(self) -> str:
        """The number of what was drawn."""
        thing = self.row.case or self.row.ticket
        assert thing is not None
        return thing.number


@dataclass(frozen=True, slots=True)
class Sheet:
    """One agent and month: what buyers say, and the means of both sides where both have looked."""

    agent_id: UUID
    samples_count: int
    compared_count: int
    rating: float | None
    ratings_count: int
    own_mean: float | None
    lead_mean: float | None
    agreeing_count: int
    marks_count: int


def finished_in_month(month: date) -> dict[UUID, list[tuple[str, UUID]]]:
    """What each agent finished in a month and was not drawn yet."""
    since, until = bounds_of_month(month)
    found: dict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
    drawn_cases = ServiceSample.objects.exclude(case=None).values("case_id")
    cases = AfterSaleCase.objects.filter(state__in=SOLVED, finished_at__gte=since, finished_at__lt=until)
    for agent_id, pk in cases.exclude(agent=None).exclude(pk__in=drawn_cases).values_list("agent_id", "pk"):
        found[agent_id].append(("case", pk))
    drawn_tickets = ServiceSample.objects.exclude(ticket=None).values("ticket_id")
    tickets = Ticket.objects.filter(answered_at__gte=since, answered_at__lt=until).exclude(state=TicketState.OPEN)
    for agent_id, pk in tickets.exclude(agent=None).exclude(pk__in=drawn_tickets).values_list("agent_id", "pk"):
        found[agent_id].append(("ticket", pk))
    return dict(found)


def samples_for(*, viewer_id: UUID, sees_all: bool) -> list[Sample]:
    """The latest samples of the viewer, or of everybody for a second person."""
    rows = ServiceSample.objects.select_related("case", "ticket").order_by("-month", "agent_id", "pk")
    shown = list(rows[:SHOWN_SAMPLES] if sees_all else rows.filter(agent_id=viewer_id)[:SHOWN_SAMPLES])
    reviews = _reviews([row.id for row in shown])
    notes: dict[UUID, list[ServiceNote]] = defaultdict(list)
    for note in ServiceNote.objects.filter(sample__in=shown).order_by("at", "pk"):
        notes[note.sample_id].append(note)
    return [_as_seen(row, reviews.get(row.id, {}), notes[row.id], viewer_id=viewer_id) for row in shown]


def visible_sample(*, sample_id: UUID, viewer_id: UUID, sees_all: bool) -> Sample | None:
    """One sample as the viewer may see it, or nothing."""
    row = ServiceSample.objects.select_related("case", "ticket").filter(pk=sample_id).first()
    if row is None or not (sees_all or row.agent_id == viewer_id):
        return None
    notes = list(ServiceNote.objects.filter(sample=row).order_by("at", "pk"))
    return _as_seen(row, _reviews([row.id]).get(row.id, {}), notes, viewer_id=viewer_id)


def sheets(*, month: date, agents: Collection[UUID] | None) -> list[Sheet]:
    """How each agent did in a month; one agent only sees the own sheet."""
    since, until = bounds_of_month(month)
    rows = ServiceSample.objects.filter(month=month)
    if agents is not None:
        rows = rows.filter(agent_id__in=agents)
    by_agent: dict[UUID, list[UUID]] = defaultdict(list)
    for agent_id, sample_id in rows.values_list("agent_id", "pk"):
        by_agent[agent_id].append(sample_id)
    reviews = _reviews([each for ids in by_agent.values() for each in ids])
    ratings = _ratings(since, until)
    return [
        _sheet(agent_id, [reviews.get(each, {}) for each in ids], ratings.get(agent_id, []))
        for agent_id, ids in sorted(by_agent.items())
    ]


def service_figures(*, now: datetime) -> dict[str, Any]:
    """How service did in the last ninety days: worked out of the rows, for everybody to read."""
    parameters = {
        "since": now - timedelta(days=FIGURE_DAYS), "now": now, "settled": now - timedelta(days=SETTLED_DAYS),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, parameters)
        names = [column.name for column in cursor.description]
        row = cursor.fetchone()
    return {"days": FIGURE_DAYS, "at": now, **dict(zip(names, row, strict=True))}


def marks_of(review: ServiceReview) -> dict[str, int]:
    """The marks of one look."""
    return {point: getattr(review, point) for point in POINTS}


def _as_seen(
    row: ServiceSample, reviews: dict[str, ServiceReview], notes: list[ServiceNote], *, viewer_id: UUID
) -> Sample:
    is_own = row.agent_id == viewer_id
    mine = reviews.get(Reviewer.SELF if is_own else Reviewer.LEAD)
    other = reviews.get(Reviewer.LEAD if is_own else Reviewer.SELF)
    thing = row.case or row.ticket
    rating = thing.rating if thing and mine else None
    return Sample(
        row=row, mine=mine, other=other if mine else None, rating=rating, is_own=is_own, notes=notes if mine else []
    )


def _sheet(agent_id: UUID, looked: Sequence[dict[str, ServiceReview]], ratings: Sequence[int]) -> Sheet:
    both = [
        (marks_of(pair[Reviewer.SELF]), marks_of(pair[Reviewer.LEAD]))
        for pair in looked
        if Reviewer.SELF in pair and Reviewer.LEAD in pair
    ]
    agreeing, marks = agreement(both)
    return Sheet(
        agent_id=agent_id, samples_count=len(looked), compared_count=len(both),
        rating=sum(ratings) / len(ratings) if ratings else None, ratings_count=len(ratings),
        own_mean=mean_mark(own for own, _ in both), lead_mean=mean_mark(lead for _, lead in both),
        agreeing_count=agreeing, marks_count=marks,
    )  # fmt: skip


def _ratings(since: datetime, until: datetime) -> dict[UUID, list[int]]:
    """What buyers gave for what each agent finished."""
    found: dict[UUID, list[int]] = defaultdict(list)
    cases = AfterSaleCase.objects.filter(finished_at__gte=since, finished_at__lt=until).exclude(rating=None)
    tickets = Ticket.objects.filter(answered_at__gte=since, answered_at__lt=until).exclude(rating=None)
    for rows in (cases, tickets):
        for agent_id, rating in rows.exclude(agent=None).values_list("agent_id", "rating"):
            found[agent_id].append(int(rating or 0))
    return dict(found)


def _reviews(sample_ids: Sequence[UUID]) -> dict[UUID, dict[str, ServiceReview]]:
    found: dict[UUID, dict[str, ServiceReview]] = defaultdict(dict)
    for review in ServiceReview.objects.filter(sample_id__in=sample_ids):
        found[review.sample_id][review.as_whom] = review
    return dict(found)

"""What can be asked about quality."""

from datetime import date
from typing import Any

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import CacheRule, Page, anyone, connection, query_field, role
from backend.core.months import month_after, month_of
from backend.quality.models import ImprovementCase
from backend.quality.schema.types import (
    ImprovementType,
    ScorecardType,
    ServiceFiguresType,
    ServiceSampleType,
    ServiceSheetType,
    want_people,
)
from backend.quality.selectors import carriers, improvements, service

STAFF = role("support", "growth")
AGENTS = role("support", "senior_moderator")
LEADS = frozenset({"senior_moderator", "admin"})
MOST_DAYS = 180


def is_lead(info: Any) -> bool:
    """Whether the viewer is a second person who looks at others' work."""
    return bool(info.context.viewer.roles & LEADS)


def resolve_scorecards(root: Any, info: Any, days: int) -> list[carriers.Scorecard]:
    """Every carrier."""
    cards = carriers.scorecards(days=max(7, min(days, MOST_DAYS)), now=info.context.now)
    want_people(info, *(standing.set_by_id for card in cards for standing in card.standings))
    return cards


def remember_cases(info: Any, cases: list[ImprovementCase]) -> list[ImprovementCase]:
    """Note which cases one answer shows, so that what belongs to them is read together."""
    info.context.loaders.setdefault("quality.cases", set()).update(case.id for case in cases)
    for case in cases:
        want_people(info, case.owner_id, case.opened_by_id, case.closed_by_id)
    return cases


def resolve_closed(root: Any, info: Any, first: int, after: str | None = None) -> Page:
    """One page of what was closed."""
    page = improvements.closed_cases(first=first, after=after)
    remember_cases(info, page.nodes)
    return page


def resolve_improvement(root: Any, info: Any, id: Any) -> ImprovementCase | None:
    """One case."""
    try:
        return remember_cases(info, [improvements.visible_case(case_id=id)])[0]
    except NotFound:
        return None


def resolve_samples(root: Any, info: Any) -> list[service.Sample]:
    """The viewer's own samples, or everybody's for a second person."""
    found = service.samples_for(viewer_id=info.context.viewer.id, sees_all=is_lead(info))
    want_people(info, *(sample.row.agent_id for sample in found))
    return found


def resolve_sheets(root: Any, info: Any, month: date | None = None) -> list[service.Sheet]:
    """The viewer's own sheet, or everybody's for a second person."""
    agents = None if is_lead(info) else {info.context.viewer.id}
    wanted = month.replace(day=1) if month else month_after(month_of(info.context.now), months=-1)
    found = service.sheets(month=wanted, agents=agents)
    want_people(info, *(sheet.agent_id for sheet in found))
    return found


class Query:
    """The root fields of quality."""

    carrier_scorecards = query_field(
        graphene.List(graphene.NonNull(ScorecardType)),
        resolve_scorecards,
        permission=STAFF,
        required=True,
        size=4,
        days=graphene.Int(default_value=28, description="Of how many days, 7 to 180."),
        description="How the carriers did, the best first by what is certain.",
    )
    improvements = query_field(
        graphene.List(graphene.NonNull(ImprovementType)),
        lambda root, info: remember_cases(info, list(improvements.open_cases())),
        permission=STAFF,
        required=True,
        size=30,
        description="What is worked on, the most pressing first.",
    )
    closed_improvements = query_field(
        connection(ImprovementType),
        resolve_closed,
        permission=STAFF,
        description="What people closed, the newest first.",
    )
    improvement = query_field(
        ImprovementType,
        resolve_improvement,
        permission=STAFF,
        id=graphene.ID(required=True, description="The case's id."),
        description="One improvement case.",
    )
    service_samples = query_field(
        graphene.List(graphene.NonNull(ServiceSampleType)),
        resolve_samples,
        permission=AGENTS,
        required=True,
        size=50,
        description="What is looked at again: the viewer's own work, or everybody's for a second person.",
    )
    service_sheets = query_field(
        graphene.List(graphene.NonNull(ServiceSheetType)),
        resolve_sheets,
        permission=AGENTS,
        required=True,
        size=20,
        month=graphene.Date(description="A day of the month; the month before this one without it."),
        description="Buyer, agent and second person side by side: the own sheet, or everybody's for a second person.",
    )
    service_figures = query_field(
        ServiceFiguresType,
        lambda root, info: service.service_figures(now=info.context.now),
        permission=anyone,
        public_cache=CacheRule(("help",)),
        required=True,
        description="How service did in the last ninety days, worked out when it is asked.",
    )

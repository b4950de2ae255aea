"""Questions about contests."""

from typing import Any

import graphene

from backend.core import clock
from backend.core.graphql import anyone, query_field
from community.contests import selectors
from community.contests.models import Contest
from community.contests.schema.types import ContestType, counted


def resolve_contests(root: Any, info: Any, topic: str | None = None) -> list[Contest]:
    """The contests that one can take part in, or that are lately over."""
    return counted(info, selectors.contests_shown(now=clock.now(), topic=topic))


class Query:
    """Root fields of contests."""

    contest = query_field(
        ContestType,
        lambda root, info, id: selectors.contest_by_id(id),
        permission=anyone,
        id=graphene.ID(required=True, description="The contest's id."),
        description="One contest.",
    )
    contests = query_field(
        graphene.List(graphene.NonNull(ContestType)),
        resolve_contests,
        permission=anyone,
        required=True,
        size=10,
        topic=graphene.String(description="Only contests of this circle."),
        description="Contests that are open, announced, or lately over.",
    )

"""Questions of moderators."""

from typing import Any

import graphene

from backend.core.graphql import Page, connection, query_field, role
from community.moderation import selectors
from community.moderation.models import Case
from community.moderation.schema.loaders import is_senior, prepared
from community.moderation.schema.types import CaseStateEnum, CaseType, ModerationCountsType, PolicyType

MODERATORS = role("moderator", "senior_moderator")


def resolve_queue(
    root: Any, info: Any, first: int, after: str | None = None, state: Any = None, kind: str | None = None
) -> Page:
    """One page of the queue, ready to be shown."""
    page = selectors.queue_page(
        state=getattr(state, "value", state),
        kind=kind,
        is_senior=is_senior(info.context.viewer),
        now=info.context.now,
        first=first,
        after=after,
    )
    prepared(info, page.nodes)
    return page


def resolve_case(root: Any, info: Any, id: Any) -> Case | None:
    """One case, or nothing when there is none."""
    return selectors.case_by_id(id)


def resolve_counts(root: Any, info: Any) -> dict[str, Any]:
    """The numbers above the viewer's queue."""
    viewer = info.context.viewer
    return selectors.counts(moderator_id=viewer.id, is_senior=is_senior(viewer), now=info.context.now)


class Query:
    """Root fields of moderation."""

    moderation_queue = query_field(
        connection(CaseType),
        resolve_queue,
        permission=MODERATORS,
        state=CaseStateEnum(description="Only cases in this state; without it those that wait for the viewer."),
        kind=graphene.String(description="Only this kind of content, such as POST or REVIEW."),
        description="Cases, the most pressing first.",
    )
    moderation_case = query_field(
        CaseType,
        resolve_case,
        permission=MODERATORS,
        id=graphene.ID(required=True, description="The case's id."),
        description="One case.",
    )
    moderation_counts = query_field(
        ModerationCountsType,
        resolve_counts,
        permission=MODERATORS,
        required=True,
        description="The numbers above the queue.",
    )
    policies = query_field(
        graphene.List(graphene.NonNull(PolicyType)),
        lambda root, info: selectors.policies(),
        permission=MODERATORS,
        required=True,
        size=20,
        description="The rules of the community.",
    )

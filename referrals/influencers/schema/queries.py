"""Questions about creators."""

from typing import Any

import graphene

from backend.accounts.selectors import public_people
from backend.core.graphql import Page, connection, query_field, role, signed_in
from referrals.influencers.schema.earnings import (
    CreatorDisputeType,
    CreatorStatementType,
    PayoutBatchType,
    own_statement,
)
from referrals.influencers.schema.loaders import (
    remember,
    with_items,
    with_lines,
    with_people,
    with_products,
    with_work,
)
from referrals.influencers.schema.types import (
    CollaborationStateEnum,
    CollaborationType,
    CreatorApplicationStateEnum,
    CreatorApplicationType,
    CreatorBriefType,
    CreatorViolationType,
    PromoterType,
)
from referrals.influencers.selectors import earnings, members, payouts, work

DESK = role("growth")


def plain(value: Any) -> Any:
    """The value of an enum argument."""
    return getattr(value, "value", value)


def resolve_disputes(root: Any, info: Any, first: int, after: str | None = None) -> Page:
    """Disputes that wait, with the lines they are about."""
    page = earnings.open_disputes(first=first, after=after)
    remember(info, "people", [row.commission.promoter_id for row in page.nodes], public_people)
    return with_lines(info, page, of="commission")


class Query:
    """Root fields of the creator programme."""

    creator_briefs = query_field(
        connection(CreatorBriefType),
        lambda root, info, first, after=None: with_products(
            info, work.open_briefs(first=first, after=after, now=info.context.now)
        ),
        permission=signed_in,
        description="Briefs that any creator may take, newest first.",
    )
    creator_statement = query_field(
        CreatorStatementType,
        lambda root, info, id: own_statement(info, id),
        permission=signed_in,
        id=graphene.ID(required=True, description="The statement's id."),
        description="A statement of the viewer; nothing for strangers.",
    )
    creator_applications = query_field(
        connection(CreatorApplicationType),
        lambda root, info, first, after=None, state=None: with_people(
            info, members.applications(state=plain(state), first=first, after=after), identities=True
        ),
        permission=DESK,
        state=graphene.Argument(CreatorApplicationStateEnum, description="Only those that stand there."),
        description="Applications for the growth team.",
    )
    promoters = query_field(
        connection(PromoterType),
        lambda root, info, first, after=None: with_people(
            info, members.creators(state=None, first=first, after=after), of="pk"
        ),
        permission=DESK,
        description="Creators for the growth team, newest first.",
    )
    creator_violations = query_field(
        connection(CreatorViolationType),
        lambda root, info, first, after=None: with_people(
            info, members.open_violations(first=first, after=after), of="promoter_id"
        ),
        permission=DESK,
        description="Breaches that hold somebody's commission.",
    )
    all_creator_briefs = query_field(
        connection(CreatorBriefType),
        lambda root, info, first, after=None: with_products(info, work.all_briefs(first=first, after=after)),
        permission=DESK,
        description="Every brief, newest first.",
    )
    collaborations = query_field(
        connection(CollaborationType),
        lambda root, info, first, after=None, state=None: with_work(
            info, work.all_collaborations(state=plain(state), first=first, after=after)
        ),
        permission=DESK,
        state=graphene.Argument(CollaborationStateEnum, description="Only those that stand there."),
        description="Collaborations for the growth team.",
    )
    creator_disputes = query_field(
        connection(CreatorDisputeType),
        resolve_disputes,
        permission=DESK,
        description="Disputes that wait for an answer, oldest first.",
    )
    payout_batches = query_field(
        connection(PayoutBatchType),
        lambda root, info, first, after=None: with_items(info, payouts.batches(first=first, after=after)),
        permission=DESK,
        description="Payout batches, newest first.",
    )

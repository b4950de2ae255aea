"""What can be asked about after-sales."""

from typing import Any

import graphene

from backend.aftersales.models import AfterSaleCase
from backend.aftersales.schema.advances import AdvancesQuery
from backend.aftersales.schema.away import AwayQuery
from backend.aftersales.schema.choosing import AfterSaleChoicesType, AfterSalePreviewType
from backend.aftersales.schema.desk import (
    AfterSaleCountsType,
    AfterSaleReportType,
    CategoryTermsType,
    CompensationType,
    KnowledgeEntryType,
)
from backend.aftersales.schema.inputs import AfterSaleWishInput, plain, wanted_from
from backend.aftersales.schema.loaders import DESK_ROLES, is_at_desk, remember_cases
from backend.aftersales.schema.protection import ProtectionQuery
from backend.aftersales.schema.returns import ReturnsQuery
from backend.aftersales.schema.types import AfterSaleCaseType, AfterSaleReasonEnum, AfterSaleTypeEnum
from backend.aftersales.selectors import cases, desk, knowledge
from backend.aftersales.selectors.choices import Choices, choices_for
from backend.aftersales.selectors.claims import WorkedOut, work_out
from backend.aftersales.selectors.report import report
from backend.core.errors import InvalidInput, NotFound
from backend.core.graphql import Page, connection, query_field, role, signed_in

DESK = role(*DESK_ROLES)
MOST_DAYS = 366


def resolve_case(root: Any, info: Any, id: Any) -> AfterSaleCase | None:
    """A case of the viewer, or any case for the desk."""
    viewer = info.context.viewer
    try:
        return cases.visible_case(case_id=id, viewer_id=viewer.id, sees_all=is_at_desk(info))
    except NotFound:
        return None


def resolve_choices(root: Any, info: Any, order_id: Any) -> Choices:
    """What the viewer may ask for."""
    return choices_for(order_id=order_id, buyer_id=info.context.viewer.id, now=info.context.now)


def resolve_preview(root: Any, info: Any, wish: Any) -> WorkedOut:
    """What a choice would come to."""
    order, lines = cases.order_and_lines(order_id=wish.order_id, buyer_id=info.context.viewer.id)
    return work_out(order, lines, wanted_from(wish), now=info.context.now)


def resolve_queue(
    root: Any,
    info: Any,
    first: int,
    after: str | None = None,
    view: str | None = None,
    type: Any = None,
    search: str | None = None,
) -> Page:
    """One page of the desk's queue, ready to be shown."""
    page = desk.queue_page(
        view=view or "waiting",
        kind=plain(type),
        words=search,
        agent_id=info.context.viewer.id,
        first=first,
        after=after,
        now=info.context.now,
    )
    remember_cases(info, page.nodes)
    return page


def resolve_knowledge(
    root: Any, info: Any, first: int, after: str | None = None, search: str | None = None, reason: Any = None
) -> Page:
    """What was filed; shoppers see what was published."""
    return knowledge.knowledge_page(
        words=search, reason=plain(reason), sees_all=is_at_desk(info), first=first, after=after
    )


def resolve_report(root: Any, info: Any, days: int | None = None) -> dict[str, Any]:
    """What after-sales say about the shop."""
    wanted = 30 if days is None else days
    if not 1 <= wanted <= MOST_DAYS:
        raise InvalidInput("days")
    return report(days=wanted, now=info.context.now)


class Query(ReturnsQuery, ProtectionQuery, AwayQuery, AdvancesQuery):
    """The root fields of after-sales."""

    after_sale_case = query_field(
        AfterSaleCaseType,
        resolve_case,
        permission=signed_in,
        id=graphene.ID(required=True, description="The case's id."),
        description="A case of the viewer, or any case for the desk; nothing for strangers.",
    )
    after_sale_choices = query_field(
        AfterSaleChoicesType,
        resolve_choices,
        permission=signed_in,
        order_id=graphene.ID(required=True, description="The viewer's order."),
        description="What the viewer may ask for about an order.",
    )
    after_sale_preview = query_field(
        AfterSalePreviewType,
        resolve_preview,
        permission=signed_in,
        wish=graphene.Argument(AfterSaleWishInput, required=True, description="What would be asked for."),
        description="What a choice would come to, worked out as it will be when it is confirmed.",
    )
    after_sale_queue = query_field(
        connection(AfterSaleCaseType),
        resolve_queue,
        permission=DESK,
        view=graphene.String(description="waiting, mine, late, advances, arbitration, open, done or all."),
        type=graphene.Argument(AfterSaleTypeEnum, description="Only these."),
        search=graphene.String(description="The number of a case, an order or a parcel."),
        description="Cases for the desk.",
    )
    after_sale_counts = query_field(
        AfterSaleCountsType,
        lambda root, info: desk.counts(agent_id=info.context.viewer.id, now=info.context.now),
        permission=DESK,
        required=True,
        description="The numbers above the queue.",
    )
    compensations_waiting = query_field(
        graphene.List(graphene.NonNull(CompensationType)),
        lambda root, info: desk.waiting_compensations(),
        permission=DESK,
        required=True,
        size=20,
        description="Compensations that wait for a second person.",
    )
    knowledge_entries = query_field(
        connection(KnowledgeEntryType),
        resolve_knowledge,
        permission=signed_in,
        search=graphene.String(description="Words that must occur."),
        reason=graphene.Argument(AfterSaleReasonEnum, description="Only about this reason."),
        description="What cases have taught: all of it for the desk, what was published for shoppers.",
    )
    category_terms = query_field(
        graphene.List(graphene.NonNull(CategoryTermsType)),
        lambda root, info: knowledge.category_terms(),
        permission=DESK,
        required=True,
        size=30,
        description="How long things of each category can be sent back.",
    )
    after_sale_report = query_field(
        AfterSaleReportType,
        resolve_report,
        permission=role("support", "admin", "growth"),
        required=True,
        days=graphene.Int(description="How many days to look back; 30 if nothing is said."),
        description="Times, reasons and return rates.",
    )

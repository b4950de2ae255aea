"""The types of the desk: what agents see beside a case, the knowledge base, the report."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType
from backend.aftersales.models import CaseReason, CaseType, CompensationState
from backend.aftersales.rules import moves
from backend.aftersales.schema.loaders import answered_by_viewer, is_at_desk, person_of
from backend.aftersales.schema.types import AfterSaleCaseType
from backend.aftersales.selectors import desk as reads
from backend.aftersales.selectors.knowledge import entry_of_case
from backend.core.graphql import DateTime, MoneyType, ObjectType, extend, object_field
from backend.core.languages import translate
from backend.orders.schema.types import OrderType
from backend.orders.selectors import orders_by_id


def _person(column: str, description: str, *, required: bool = False) -> Any:
    return object_field(
        PersonType, lambda row, info: person_of(info, getattr(row, column)), required=required, description=description
    )


class AfterSaleBuyerType(ObjectType):
    """What an agent should know of a buyer. It informs and decides nothing."""

    joined_at = graphene.Field(DateTime, required=True, description="Since when they have an account.")
    orders_count = graphene.Int(required=True, description="How many orders they kept.")
    spent = object_field(MoneyType, lambda row, info: row.spent_minor, required=True, description="What those came to.")
    cases_count = graphene.Int(required=True, description="Their cases of the last ninety days.")
    returned_pieces = graphene.Int(required=True, description="Pieces they gave back in that time.")
    bought_pieces = graphene.Int(required=True, description="Pieces they bought in that time.")
    is_frequent = graphene.Boolean(
        required=True, description="Whether they give back often. Only a person may draw conclusions from it."
    )


class CompensationType(ObjectType):
    """Store credit that an agent gives of their own accord."""

    id = graphene.ID(required=True, description="The compensation's id.")
    order_id = graphene.ID(required=True, description="The order's id.")
    case_id = graphene.ID(description="The case's id, if there is one.")
    amount = object_field(MoneyType, lambda row, info: row.amount_minor, required=True, description="How much.")
    reason = graphene.String(required=True, description="Why.")
    state = graphene.String(required=True, description="PROPOSED, PAID or REFUSED.")
    state_label = object_field(
        graphene.String,
        lambda row, info: str(CompensationState(row.state).label),
        required=True,
        description="The same in words.",
    )
    needs_second = graphene.Boolean(required=True, description="Whether a second person has to agree.")
    proposed_by = _person("proposed_by_id", "Who proposed it.", required=True)
    proposed_at = graphene.Field(DateTime, required=True, description="When it was proposed.")
    decided_by = _person("decided_by_id", "Who decided.")
    buyer = _person("buyer_id", "Who gets it.", required=True)


class KnowledgeEntryType(ObjectType):
    """What a case taught."""

    id = graphene.ID(required=True, description="The entry's id.")
    title = graphene.String(required=True, description="What it is about.")
    problem = graphene.String(required=True, description="What went wrong.")
    cause = graphene.String(required=True, description="Why it went wrong.")
    solution = graphene.String(required=True, description="What helps.")
    reason_label = object_field(
        graphene.String,
        lambda row, info: str(CaseReason(row.reason).label),
        required=True,
        description="The reason the buyer gave.",
    )
    product_title = object_field(
        graphene.String,
        lambda row, info: translate(row.product.title, info.context.viewer.locale) if row.product else None,
        description="The product it happened with.",
    )
    case_id = object_field(
        graphene.ID,
        lambda row, info: row.case_id if is_at_desk(info) else None,
        personal=True,
        description="The case it comes from; for the desk only.",
    )
    is_published = graphene.Boolean(required=True, description="Whether shoppers can read it.")
    written_at = graphene.Field(DateTime, required=True, description="When it was written.")


class AfterSaleDeskType(ObjectType):
    """What the desk sees beside a case."""

    buyer = _person("buyer_id", "Who asks.", required=True)
    agent = _person("agent_id", "Whose case it is.")
    is_mine = object_field(
        graphene.Boolean,
        lambda row, info: row.agent_id in answered_by_viewer(info),
        required=True,
        personal=True,
        description="Whether the viewer answers for it: their own, or as a stand-in.",
    )
    facts = object_field(
        AfterSaleBuyerType,
        lambda row, info: reads.buyer_facts(row.buyer_id, now=info.context.now),
        required=True,
        description="What is known of the buyer.",
    )
    order = object_field(
        OrderType,
        lambda row, info: orders_by_id([row.order_id], now=info.context.now)[row.order_id],
        required=True,
        description="The order.",
    )
    escalation = graphene.Int(required=True, description="How often it was handed up.")
    first_answer_by = graphene.Field(DateTime, required=True, description="When the first answer is due.")
    first_answered_at = graphene.Field(DateTime, description="When it was first answered.")
    is_late = object_field(
        graphene.Boolean,
        lambda row, info: (
            row.first_answered_at is None and row.state in moves.UNDECIDED and row.first_answer_by < info.context.now
        ),
        required=True,
        description="Whether the first answer is overdue.",
    )
    was_sent = graphene.Boolean(required=True, description="Whether a parcel had left when it was asked for.")
    compensations = object_field(
        graphene.List(graphene.NonNull(CompensationType)),
        lambda row, info: reads.compensations_of(row),
        required=True,
        size=2,
        description="What was given for the order.",
    )
    knowledge = object_field(
        KnowledgeEntryType, lambda row, info: entry_of_case(row.id), description="What was filed about it."
    )
    can_arbitrate = object_field(
        graphene.Boolean,
        lambda row, info: (
            row.state in ("APPEALED", "ARBITRATION")
            and bool(info.context.viewer.roles & {"admin", "senior_moderator"})
            and info.context.viewer.user_id not in (row.decided_by_id, row.buyer_id)
        ),
        required=True,
        personal=True,
        description="Whether the viewer may decide between the two sides.",
    )


extend(
    AfterSaleCaseType,
    desk=object_field(
        AfterSaleDeskType,
        lambda row, info: row if is_at_desk(info) else None,
        personal=True,
        description="What the desk sees beside it; nothing for shoppers.",
    ),
)


class AfterSaleCountsType(ObjectType):
    """The numbers above the queue."""

    waiting = graphene.Int(required=True, description="Cases that wait for the desk.")
    mine = graphene.Int(required=True, description="Of those, the viewer's.")
    late = graphene.Int(required=True, description="Without a first answer in time, or close to their deadline.")
    advances = graphene.Int(required=True, description="Money that went ahead of a thing that is not settled.")
    arbitration = graphene.Int(required=True, description="Appealed, waiting for a third person.")
    done_today = graphene.Int(required=True, description="Ended in the last day.")
    compensations = graphene.Int(required=True, description="Compensations that wait for a second person.")


class AfterSaleHintType(ObjectType):
    """Something in the queue changed."""

    id = graphene.ID(required=True, description="The case that changed.")


class CategoryTermsType(ObjectType):
    """How long things of a category can be sent back."""

    id = graphene.ID(required=True, description="The category's id.")
    name = object_field(
        graphene.String,
        lambda row, info: translate(row["name"], info.context.viewer.locale),
        required=True,
        description="The category.",
    )
    is_fresh = graphene.Boolean(required=True, description="Fresh things: only with a fault.")
    is_customised = graphene.Boolean(required=True, description="Made to order: only with a fault.")
    no_reason_days = graphene.Int(required=True, description="Days to send back without a reason.")
    quality_days = graphene.Int(required=True, description="Days to send back with a fault.")
    is_own = graphene.Boolean(required=True, description="Whether the category has a rule of its own.")


class AfterSaleReasonCountType(ObjectType):
    """How often a reason was given."""

    reason_label = object_field(
        graphene.String,
        lambda row, info: str(CaseReason(row["reason"]).label),
        required=True,
        description="The reason.",
    )
    type_label = object_field(
        graphene.String,
        lambda row, info: str(CaseType(row["type"]).label),
        required=True,
        description="What was asked for.",
    )
    count = graphene.Int(required=True, description="How often.")
    amount = object_field(MoneyType, lambda row, info: row["minor"], required=True, description="What it came to.")


class AfterSaleRateType(ObjectType):
    """How much of a product or category comes back."""

    id = graphene.ID(required=True, description="The product's or category's id.")
    title = object_field(
        graphene.String,
        lambda row, info: translate(row["title"], info.context.viewer.locale),
        required=True,
        description="Its name.",
    )
    sold_pieces = graphene.Int(required=True, description="Pieces sold.")
    returned_pieces = graphene.Int(required=True, description="Pieces that came back.")
    rate_bps = graphene.Int(required=True, description="Their share in hundredths of a percent.")
    reason_label = object_field(
        graphene.String,
        lambda row, info: str(CaseReason(row["reason"]).label) if row["reason"] else None,
        description="The most frequent reason.",
    )
    is_high = graphene.Boolean(required=True, description="Whether it is high enough to look into.")


class AfterSaleReportType(ObjectType):
    """What after-sales say about the shop."""

    days = graphene.Int(required=True, description="How many days it looks back.")
    cases_count = graphene.Int(required=True, description="Cases opened.")
    finished_count = graphene.Int(required=True, description="Of those, ended.")
    disputed_count = graphene.Int(required=True, description="Of those, declined or disputed now.")
    first_answer_minutes = graphene.Float(description="Minutes to the first answer, the middle one.")
    handling_hours = graphene.Float(description="Hours from asking to the end, the middle one.")
    answered_in_time_count = graphene.Int(required=True, description="First answers in time.")
    answerable_count = graphene.Int(required=True, description="Cases whose first answer was given or due.")
    rating = graphene.Float(description="How buyers rated it, on average.")
    ratings_count = graphene.Int(required=True, description="How many rated.")
    refunded = object_field(
        MoneyType, lambda row, info: row["refunded_minor"], required=True, description="Money that went back."
    )
    reasons = graphene.List(
        graphene.NonNull(AfterSaleReasonCountType), required=True, description="Why things come back."
    )
    products = graphene.List(
        graphene.NonNull(AfterSaleRateType), required=True, description="The products that come back most."
    )
    categories = graphene.List(
        graphene.NonNull(AfterSaleRateType), required=True, description="The categories by return rate."
    )

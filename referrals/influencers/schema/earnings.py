"""What the API shows of commissions, statements, payouts, and of the creator's own centre."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType, ViewerType
from backend.core.graphql import (
    BigInt,
    DateTime,
    MoneyType,
    ObjectType,
    connection_field,
    extend,
    object_field,
)
from backend.core.languages import translate
from membership.schema.rewards import WhyStepType
from referrals.influencers.models import (
    BatchState,
    CommissionState,
    DisputeState,
    EntryKind,
    ItemState,
    Statement,
)
from referrals.influencers.schema.loaders import found, person, with_lines, with_own_work
from referrals.influencers.schema.types import (
    CollaborationType,
    CreatorApplicationType,
    CreatorParticularsType,
    CreatorViolationType,
    PromoterType,
    enum_of,
    label,
    money,
)
from referrals.influencers.selectors import earnings, members, work
from referrals.influencers.wording import why_of

CommissionStateEnum = enum_of("CommissionState", CommissionState, "Where the commission of an order line stands.")
PayoutStateEnum = enum_of("PayoutState", BatchState, "Where a batch stands.")


class CreatorDisputeType(ObjectType):
    """A creator says that a line is wrong."""

    id = graphene.ID(required=True, description="The dispute's id.")
    state = graphene.String(required=True, description="OPEN, UPHELD or DECLINED.")
    state_label = label(DisputeState)
    words = graphene.String(required=True, description="What the creator says.")
    answer = graphene.String(required=True, description="What was answered.")
    added = money("added_minor", "What was added.")
    opened_at = DateTime(required=True, description="When it was opened.")
    commission = graphene.Field(lambda: CommissionType, required=True, description="The line.")
    person = object_field(
        PersonType, lambda row, info: person(info, row.commission.promoter_id), description="Who says so."
    )


class CommissionType(ObjectType):
    """What a creator earns of one order line."""

    id = graphene.ID(required=True, description="The commission's id.")
    state = graphene.Field(CommissionStateEnum, required=True, description="Where it stands.")
    state_label = label(CommissionState)
    order_number = object_field(
        graphene.String,
        lambda row, info: row.order.number,
        required=True,
        description="The number of the order; who bought stays the buyer's own affair.",
    )
    title = object_field(
        graphene.String,
        lambda row, info: translate(row.line.title, info.context.viewer.locale),
        required=True,
        description="What was bought.",
    )
    quantity = object_field(graphene.Int, lambda row, info: row.line.quantity, required=True, description="How many.")
    post_id = object_field(
        graphene.ID, lambda row, info: row.content.post_id, required=True, description="The post it is owed to."
    )
    post_title = object_field(
        graphene.String, lambda row, info: row.content.title, required=True, description="The title of the post."
    )
    rate_bps = object_field(
        graphene.Int, lambda row, info: row.bps, required=True, description="The rate of that day in basis points."
    )
    locked_rate_bps = object_field(
        graphene.Int,
        lambda row, info: row.rate.bps,
        required=True,
        description="The rate that is locked for the creator and the product, in basis points.",
    )
    campaign_name = object_field(
        graphene.String,
        lambda row, info: (
            translate(row.facts["campaign"]["names"], info.context.viewer.locale) if row.campaign_rule_id else None
        ),
        description="The campaign that raised the rate.",
    )
    base = money("base_minor", "What it is worked out from.")
    amount = money("amount_minor", "What it came to.")
    kept = money("kept_minor", "What is left after refunds.")
    estimated_at = DateTime(required=True, description="When the order was credited.")
    vests_at = DateTime(description="When it is earned.")
    vested_at = DateTime(description="When it was earned.")
    why = object_field(
        graphene.List(graphene.NonNull(WhyStepType)),
        lambda row, info: why_of(row, found(info, "entries", row.pk) or []),
        required=True,
        size=8,
        description="From the event to the amount, step by step.",
    )
    dispute = object_field(
        CreatorDisputeType, lambda row, info: found(info, "dispute", row.pk), description="The newest dispute."
    )
    can_dispute = object_field(
        graphene.Boolean,
        lambda row, info: row.state not in (CommissionState.ESTIMATED, CommissionState.DISPUTED),
        required=True,
        description="Whether it can be disputed now.",
    )


class StatementEntryType(ObjectType):
    """One movement in a statement."""

    id = graphene.ID(required=True, description="The entry's id.")
    kind = graphene.String(required=True, description="COMMISSION, REFUND, FEE or DISPUTE.")
    kind_label = label(EntryKind, "kind")
    amount = money("amount_minor", "How much; below zero when something goes back.")
    at = DateTime(required=True, description="When.")
    commission = graphene.Field(CommissionType, description="The order line it belongs to.")
    brief_title = object_field(
        graphene.String,
        lambda row, info: row.collaboration.brief.title if row.collaboration else None,
        description="The collaboration whose fee it is.",
    )


class CreatorStatementType(ObjectType):
    """What a creator earned up to a day, closed."""

    id = graphene.ID(required=True, description="The statement's id.")
    sequence = graphene.Int(required=True, description="Its number in the creator's own sequence.")
    total = money("total_minor", "The sum; below zero it is netted later.")
    entries_count = graphene.Int(required=True, description="How many movements it holds.")
    until = DateTime(required=True, description="Up to when.")
    closed_at = DateTime(required=True, description="When it was closed.")
    payout_state = object_field(
        graphene.String, lambda row, info: row.item.state if row.item else None, description="What became of its money."
    )
    payout_label = object_field(
        graphene.String,
        lambda row, info: str(ItemState(row.item.state).label) if row.item else None,
        description="The same in words.",
    )
    net = object_field(
        MoneyType, lambda row, info: row.item.net_minor if row.item else None, description="What was sent after tax."
    )
    withheld = object_field(
        MoneyType,
        lambda row, info: row.item.withheld_minor if row.item else None,
        description="What was withheld for tax.",
    )
    entries = connection_field(
        lambda: StatementEntryType,
        lambda root, info, first, after=None: with_lines(
            info, earnings.entries_of_statement(root.pk, first=first, after=after), of="commission"
        ),
        personal=True,
        description="Its movements, oldest first.",
    )


class PayoutItemType(ObjectType):
    """What goes to one creator in one batch."""

    id = graphene.ID(required=True, description="The item's id.")
    reference = graphene.String(required=True, description="The name of the payment at the bank.")
    person = object_field(PersonType, lambda row, info: person(info, row.promoter_id), description="Who is paid.")
    state = graphene.String(required=True, description="WAITING, PAID, FAILED or STOPPED.")
    state_label = label(ItemState)
    gross = money("gross_minor", "The sum of the statements.")
    withheld = money("withheld_minor", "What is withheld for tax.")
    net = money("net_minor", "What is sent.")
    tax_rule = graphene.String(required=True, description="The rule by which tax is withheld.")
    bank_tail = graphene.String(required=True, description="The last four digits of the account.")
    failure = graphene.String(required=True, description="Why it came back.")
    stopped_because = object_field(
        graphene.String,
        lambda row, info: row.violation.words if row.violation else None,
        description="The breach that stopped it.",
    )


class PayoutBatchType(ObjectType):
    """Money that goes to several creators at once."""

    id = graphene.ID(required=True, description="The batch's id.")
    number = graphene.String(required=True, description="Its number.")
    state = graphene.Field(PayoutStateEnum, required=True, description="Where it stands.")
    state_label = label(BatchState)
    items_count = graphene.Int(required=True, description="How many are paid.")
    gross = money("gross_minor", "The sum of the items.")
    withheld = money("withheld_minor", "What is withheld.")
    net = money("net_minor", "What is sent.")
    opened_at = DateTime(required=True, description="When it was opened.")
    opened_by = object_field(PersonType, lambda row, info: person(info, row.opened_by_id), description="Who opened it.")
    first_approver = object_field(
        PersonType, lambda row, info: person(info, row.first_approver_id), description="Who approved first."
    )
    second_approver = object_field(
        PersonType, lambda row, info: person(info, row.second_approver_id), description="Who approved second."
    )
    can_approve = object_field(
        graphene.Boolean,
        lambda row, info: row.state == BatchState.FROZEN and row.first_approver_id != info.context.viewer.id,
        required=True,
        personal=True,
        description="Whether the viewer may approve it now.",
    )
    sent_at = DateTime(description="When the file was taken.")
    settled_at = DateTime(description="When the bank had answered.")
    items = object_field(
        graphene.List(graphene.NonNull(PayoutItemType)),
        lambda row, info: found(info, "items", row.pk) or [],
        required=True,
        size=20,
        description="What goes to whom.",
    )


class CreatorEarningsType(ObjectType):
    """What a creator has where."""

    estimated = object_field(MoneyType, lambda row, info: row["estimated"], required=True, description="Paid orders.")
    confirmed = object_field(
        MoneyType, lambda row, info: row["confirmed"], required=True, description="Orders in the return window."
    )
    vested = object_field(
        MoneyType, lambda row, info: row["vested"], required=True, description="Earned, for the next statement."
    )
    stated = object_field(
        MoneyType, lambda row, info: row["stated"], required=True, description="In statements, to be paid."
    )
    paid = object_field(MoneyType, lambda row, info: row["paid"], required=True, description="Paid out before tax.")
    orders_count = object_field(
        BigInt, lambda row, info: row["orders"], required=True, description="How many orders were credited."
    )


class CreatorCentreType(ObjectType):
    """The viewer as a creator, or on the way there."""

    application = object_field(
        CreatorApplicationType,
        lambda root, info: members.last_application(info.context.viewer.id),
        personal=True,
        description="The newest application.",
    )
    membership = object_field(
        PromoterType,
        lambda root, info: members.promoter_of(info.context.viewer.id),
        personal=True,
        description="The membership, if there is one.",
    )
    particulars = object_field(
        CreatorParticularsType,
        lambda root, info: members.identity_of(info.context.viewer.id),
        personal=True,
        description="Who the viewer is before the law, masked.",
    )
    earnings = object_field(
        CreatorEarningsType,
        lambda root, info: earnings.sums_of(info.context.viewer.id),
        required=True,
        personal=True,
        description="What the viewer has where.",
    )
    violations = object_field(
        graphene.List(graphene.NonNull(CreatorViolationType)),
        lambda root, info: members.violations_of(info.context.viewer.id),
        required=True,
        personal=True,
        size=5,
        description="What hangs over the viewer, newest first.",
    )
    collaborations = connection_field(
        lambda: CollaborationType,
        lambda root, info, first, after=None: with_own_work(
            info, work.collaborations_of(info.context.viewer.id, first=first, after=after)
        ),
        personal=True,
        description="The viewer's collaborations, newest first.",
    )
    commissions = connection_field(
        lambda: CommissionType,
        lambda root, info, first, after=None: with_lines(
            info, earnings.commissions_of(info.context.viewer.id, state=None, first=first, after=after)
        ),
        personal=True,
        description="What the viewer earns, newest first.",
    )
    statements = connection_field(
        lambda: CreatorStatementType,
        lambda root, info, first, after=None: earnings.statements_of(info.context.viewer.id, first=first, after=after),
        personal=True,
        description="The viewer's statements, newest first.",
    )


def own_statement(info: Any, statement_id: Any) -> Statement | None:
    """A statement of the viewer."""
    return earnings.own_statement(statement_id=statement_id, user_id=info.context.viewer.id)


extend(
    ViewerType,
    creator=object_field(
        CreatorCentreType,
        lambda root, info: {},
        required=True,
        personal=True,
        description="The viewer as a creator, or on the way there.",
    ),
)

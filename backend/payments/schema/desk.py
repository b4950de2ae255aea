"""What the payments desk shows to staff."""

from typing import Any

import graphene

from backend.core.graphql import DateTime, MoneyType, ObjectType, object_field
from backend.orders.rules import reason_label
from backend.payments.models import DifferenceKind, HoldState, PaymentState, Resolution, Verdict
from backend.payments.rules.transfers import BY_HAND_WITHIN, goes_by_hand
from backend.payments.wording import finding_text, problem_text


def _label(choices: Any, name: str, description: str) -> Any:
    """The words of a state."""
    return object_field(
        graphene.String,
        lambda row, info: str(choices(getattr(row, name)).label) if getattr(row, name) else "",
        required=True,
        description=description,
    )


def _money(name: str, description: str) -> Any:
    return object_field(MoneyType, lambda row, info: getattr(row, name), description=description)


class DeskPaymentType(ObjectType):
    """A payment as staff see it."""

    id = graphene.ID(required=True, description="The payment's id.")
    order_id = graphene.ID(required=True, description="The order.")
    order_number = object_field(
        graphene.String, lambda row, info: row.order.number, required=True, description="The order's number."
    )
    provider = graphene.String(required=True, description="The way it is paid.")
    reference = graphene.String(required=True, description="Our name for it at the provider.")
    provider_reference = graphene.String(required=True, description="The provider's number; empty before it is paid.")
    state = graphene.String(required=True, description="How far it has come.")
    state_label = _label(PaymentState, "state", "The same in words.")
    amount = _money("amount_minor", "What was asked for.")
    credit = _money("credit_minor", "What was paid from store credit beside it.")
    captured = _money("captured_minor", "What came in.")
    refunded = _money("refunded_minor", "What goes or went back.")
    settles_order = graphene.Boolean(required=True, description="Whether it is the one that paid the order.")
    created_at = DateTime(required=True, description="When it was opened.")
    captured_at = DateTime(description="When the money came in.")


class DeskRefundType(ObjectType):
    """A refund that a provider did not take."""

    id = graphene.ID(required=True, description="The refund's id.")
    order_id = graphene.ID(required=True, description="The order.")
    order_number = object_field(
        graphene.String, lambda row, info: row.order.number, required=True, description="The order's number."
    )
    provider = object_field(
        graphene.String, lambda row, info: row.payment.provider, required=True, description="Who should send it."
    )
    amount = _money("provider_minor", "How much the provider should send.")
    state = graphene.String(required=True, description="FAILED is tried again, MANUAL waits for a person.")
    problem = object_field(
        graphene.String,
        lambda row, info: problem_text(row.problem),
        required=True,
        description="What the provider said, or what a person has to do.",
    )
    attempts = graphene.Int(required=True, description="How often it was tried.")
    reason = object_field(
        graphene.String, lambda row, info: reason_label(row.reason), required=True, description="Why it goes back."
    )
    next_attempt_at = DateTime(description="When it is tried again.")
    requested_at = DateTime(required=True, description="When it was decided.")
    send_by = object_field(
        DateTime,
        lambda row, info: row.requested_at + BY_HAND_WITHIN if goes_by_hand(row.problem) else None,
        description="Until when a person is to send it, if it goes by bank.",
    )


class ProviderEventType(ObjectType):
    """A message of a provider that changed nothing."""

    id = graphene.ID(required=True, description="The message's id here.")
    provider = graphene.String(required=True, description="Who claims to have sent it.")
    event_id = graphene.String(required=True, description="The provider's id of it; empty if it is not authentic.")
    kind = graphene.String(required=True, description="What it is about.")
    reference = graphene.String(required=True, description="The payment it names.")
    amount = _money("amount_minor", "The amount it names.")
    verdict = graphene.String(required=True, description="Why it was held.")
    verdict_label = _label(Verdict, "verdict", "The same in words.")
    is_authentic = graphene.Boolean(required=True, description="Whether the provider signed it.")
    times_seen = graphene.Int(required=True, description="How often it came.")
    payload = graphene.String(required=True, description="The message itself, at most its first 8 kB.")
    received_at = DateTime(required=True, description="When it came first.")
    reviewed_at = DateTime(description="When a person read it.")
    review_note = graphene.String(required=True, description="What came of it.")


class RiskFindingType(ObjectType):
    """One thing that looked unusual."""

    rule = graphene.String(required=True, description="The rule's name.")
    points = graphene.Int(required=True, description="How heavy it is.")
    text = object_field(
        graphene.String, lambda row, info: finding_text(row), required=True, description="What was seen."
    )


class RiskHoldType(ObjectType):
    """A payment that looks unusual, with the evidence."""

    id = graphene.ID(required=True, description="The hold's id.")
    payment_id = graphene.ID(required=True, description="The payment.")
    order_id = object_field(
        graphene.ID, lambda row, info: row.payment.order_id, required=True, description="The order."
    )
    order_number = object_field(
        graphene.String, lambda row, info: row.payment.order.number, required=True, description="The order's number."
    )
    amount = object_field(
        MoneyType, lambda row, info: row.payment.amount_minor, required=True, description="What is to be paid."
    )
    score = graphene.Int(required=True, description="The points of all findings.")
    findings = object_field(
        graphene.List(graphene.NonNull(RiskFindingType)),
        lambda row, info: row.evidence,
        required=True,
        size=8,
        description="What was seen.",
    )
    state = graphene.String(required=True, description="CONFIRM, REVIEW, RELEASED or REFUSED.")
    state_label = _label(HoldState, "state", "The same in words.")
    note = graphene.String(required=True, description="The reason of the decision.")
    made_at = DateTime(required=True, description="When it was held.")
    decided_at = DateTime(description="When it was decided.")


class PaymentHourType(ObjectType):
    """One hour of payments."""

    at = DateTime(required=True, description="When the hour began.")
    tried = graphene.Int(required=True, description="Payments that were tried.")
    failed = graphene.Int(required=True, description="Those that were not paid in it.")


class PaymentAlertType(ObjectType):
    """An alarm that is open."""

    id = graphene.ID(required=True, description="The alarm's id.")
    kind = graphene.String(required=True, description="failure_rate, refund_stuck or statement_differs.")
    level = graphene.String(required=True, description="P0 must be solved at once.")
    opened_at = DateTime(required=True, description="Since when.")


class PaymentHealthType(ObjectType):
    """How payments do."""

    tried = graphene.Int(required=True, description="Payments of the last hour.")
    failed = graphene.Int(required=True, description="Those that were not paid.")
    failure_bps = graphene.Int(required=True, description="Their share in basis points; zero while they are few.")
    limit_bps = graphene.Int(required=True, description="The share from which on an alarm is raised.")
    hours = graphene.List(graphene.NonNull(PaymentHourType), required=True, description="The last day.")
    alerts = graphene.List(graphene.NonNull(PaymentAlertType), required=True, description="The alarms that are open.")
    events_waiting = graphene.Int(required=True, description="Messages that nobody has read.")
    refunds_waiting = graphene.Int(required=True, description="Refunds that are stuck until a person helps.")
    refunds_to_send = graphene.Int(required=True, description="Refunds that a person sends by bank.")
    holds_waiting = graphene.Int(required=True, description="Payments that wait for a person.")


class ReconciliationType(ObjectType):
    """A statement file and what came of it."""

    id = graphene.ID(required=True, description="The comparison's id.")
    provider = graphene.String(required=True, description="Whose statement it is.")
    file_name = graphene.String(required=True, description="The file.")
    made_at = DateTime(required=True, description="When it was compared.")
    period_from = DateTime(required=True, description="The first movement in it.")
    period_until = DateTime(required=True, description="The last movement in it.")
    rows_count = graphene.Int(required=True, description="Movements in it.")
    known_count = graphene.Int(required=True, description="Those that an earlier file told.")
    matched_count = graphene.Int(required=True, description="Those that agree with ours.")
    ignored_count = graphene.Int(required=True, description="Fees, payouts and the like.")
    differences_count = graphene.Int(required=True, description="Differences that were found.")
    open_count = graphene.Int(required=True, description="Those that nobody resolved.")


class StatementDifferenceType(ObjectType):
    """One movement that stands differently there and here."""

    id = graphene.ID(required=True, description="The difference's id.")
    kind = graphene.String(required=True, description="MISSING_HERE, MISSING_THERE or AMOUNT_DIFFERS.")
    kind_label = _label(DifferenceKind, "kind", "The same in words.")
    subject = graphene.String(required=True, description="What it is about.")
    there = _money("there_minor", "What the statement says.")
    here = _money("here_minor", "What we know.")
    order_number = object_field(
        graphene.String,
        lambda row, info: _order(row).number if _order(row) else None,
        description="The order, if one is known.",
    )
    is_ours = object_field(
        graphene.Boolean,
        lambda row, info: row.payment_id is not None,
        required=True,
        description="Whether a payment of ours is known; then it can be booked or sent back.",
    )
    resolution = graphene.String(required=True, description="ACCEPT, BOOK, REFUND, or empty.")
    resolution_label = _label(Resolution, "resolution", "The same in words.")
    note = graphene.String(required=True, description="Why.")
    resolved_at = DateTime(description="When it was resolved.")


def _order(row: Any) -> Any:
    subject = row.payment or row.refund
    return subject.order if subject else None

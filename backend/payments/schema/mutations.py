"""What buyers and staff can do about payments."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, role, signed_in
from backend.payments import errors
from backend.payments.actions import (
    choose_payment,
    confirm_payment,
    decide_risk,
    resolve_difference,
    retry_refund,
    review_event,
)
from backend.payments.models import Resolution
from backend.payments.schema.desk import DeskRefundType, ProviderEventType, RiskHoldType, StatementDifferenceType
from backend.payments.schema.types import PaymentType
from backend.payments.selectors import own_payment


class ChoosePayment(Mutation):
    """Pay an order in this way; the way is remembered for the next time."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")
        provider = graphene.String(required=True, description="The name of the way to pay.")

    errors = (errors.OrderNotPayable, errors.ProviderNotOffered, errors.TransferNotForThis, errors.TooManyTransfers)
    permission = signed_in
    payment = graphene.Field(PaymentType, description="The payment that waits for the buyer.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Choose it."""
        return {
            "payment": choose_payment(order_id=input.order_id, buyer_id=viewer.id, provider=input.provider, now=now)
        }


class ConfirmPayment(Mutation):
    """Say that a payment which looks unusual is one's own, so that it can be paid."""

    class Input:
        payment_id = graphene.ID(required=True, description="The payment.")

    errors = (errors.AlreadyDecided,)
    permission = signed_in
    payment = graphene.Field(PaymentType, description="The payment, which can be paid now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Confirm it."""
        hold = confirm_payment(payment_id=input.payment_id, buyer_id=viewer.id, now=now)
        return {"payment": own_payment(payment_id=hold.payment_id, buyer_id=viewer.id)}


class DecideRisk(Mutation):
    """Free a payment that is held, or refuse it with a reason that the buyer is told."""

    class Input:
        id = graphene.ID(required=True, description="The hold.")
        is_released = graphene.Boolean(required=True, description="Whether it may be paid.")
        note = graphene.String(required=True, description="The reason; the buyer reads it if it is refused.")

    errors = (errors.AlreadyDecided,)
    permission = role("support")
    hold = graphene.Field(RiskHoldType, description="The hold as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Decide it."""
        hold = decide_risk(hold_id=input.id, is_released=input.is_released, note=input.note, by=viewer.id, now=now)
        return {"hold": hold}


class ReviewProviderEvent(Mutation):
    """Mark a message that was held as read, with what came of it."""

    class Input:
        id = graphene.ID(required=True, description="The message.")
        note = graphene.String(description="What came of it.")

    errors = (errors.AlreadyDecided,)
    permission = role("support")
    event = graphene.Field(ProviderEventType, description="The message as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Mark it."""
        return {"event": review_event(event_id=input.id, note=input.note or "", by=viewer.id, now=now)}


class RetryRefund(Mutation):
    """Ask the provider again for a refund that was given up, under the same key."""

    class Input:
        id = graphene.ID(required=True, description="The refund.")

    errors = (errors.RefundNotStuck,)
    permission = role("support")
    refund = graphene.Field(DeskRefundType, description="The refund as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Plan it."""
        return {"refund": retry_refund(refund_id=input.id, now=now)}


class ResolveDifference(Mutation):
    """Decide about a difference between a provider's statement and ours."""

    class Input:
        id = graphene.ID(required=True, description="The difference.")
        resolution = graphene.Argument(
            graphene.Enum("StatementResolution", [(each.value, each.value) for each in Resolution]),
            required=True,
            description="Accept it, book it, or send the money back.",
        )
        note = graphene.String(required=True, description="Why.")

    errors = (errors.DifferenceResolved, errors.CannotResolve)
    permission = role("support")
    difference = graphene.Field(StatementDifferenceType, description="The difference as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Resolve it."""
        chosen = Resolution(getattr(input.resolution, "value", input.resolution))
        task = resolve_difference(difference_id=input.id, resolution=chosen, note=input.note, by=viewer.id, now=now)
        return {"difference": task}


class Mutations:
    """The mutations of payments."""

    choose_payment = ChoosePayment.field()
    confirm_payment = ConfirmPayment.field()
    decide_risk = DecideRisk.field()
    review_provider_event = ReviewProviderEvent.field()
    retry_refund = RetryRefund.field()
    resolve_difference = ResolveDifference.field()

"""What can be done with protection plans, by buyers and at the desk."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.errors import InvalidInput
from backend.core.graphql import JSON, BigInt, Mutation, RequestFacts, Viewer, role, signed_in
from backend.payments.errors import CreditNeedsProof, StoreCreditChanged
from backend.payments.selectors import chosen_provider
from backend.protection import actions, errors
from backend.protection.schema.types import CoverageType, ProtectionPlanType
from backend.protection.selectors.coverages import own_coverage
from backend.protection.selectors.plans import current_version

PLANNERS = role("growth")


class BuyProtection(Mutation):
    """Order a plan for pieces that have arrived; it is paid on the page of every order."""

    class Input:
        line_id = graphene.ID(required=True, description="The line of the viewer's order.")
        plan_id = graphene.ID(required=True, description="The plan.")
        pieces = graphene.Int(required=True, description="For how many pieces.")
        price_minor = BigInt(required=True, description="The price of one piece that the page showed.")
        credit_minor = BigInt(description="How much of all of it store credit pays, as the page showed.")
        idempotency_key = graphene.ID(required=True, description="Made by the client; a repeat answers the first time.")

    errors = (
        errors.PlanNotOffered,
        errors.OfferOver,
        errors.PieceCovered,
        errors.PlanPriceChanged,
        StoreCreditChanged,
        CreditNeedsProof,
    )
    permission = signed_in
    order_id = graphene.ID(description="The order that is to be paid.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Order it."""
        order = actions.buy_protection(
            line_id=input.line_id,
            plan_id=input.plan_id,
            pieces=input.pieces,
            price_minor=input.price_minor,
            credit_minor=input.credit_minor or 0,
            buyer_id=viewer.id,
            provider=chosen_provider(buyer_id=viewer.id),
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"order_id": order.pk}


class CancelProtection(Mutation):
    """End a plan of the viewer; what is due of its price goes back."""

    class Input:
        coverage_id = graphene.ID(required=True, description="The viewer's coverage.")

    errors = (errors.CoverageOver, errors.RepairRunning)
    permission = signed_in
    coverage = graphene.Field(CoverageType, description="The coverage as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """End it."""
        actions.cancel_protection(coverage_id=input.coverage_id, buyer_id=viewer.id, now=now)
        return {"coverage": own_coverage(coverage_id=input.coverage_id, buyer_id=viewer.id)}


class SaveProtectionPlan(Mutation):
    """Write a plan, or a new version of one; what was bought keeps the old."""

    class Input:
        plan_id = graphene.ID(description="The plan; leave it out for a new one.")
        seen_number = graphene.Int(description="The version that was changed.")
        title = graphene.InputField(JSON, required=True, description="What it is called, in each language.")
        covers = graphene.InputField(JSON, required=True, description="What it covers, in each language.")
        months = graphene.Int(required=True, description="How many months it adds, 1 to 60.")
        repairs = graphene.Int(required=True, description="How many repairs it holds, 1 to 9.")
        bands = graphene.InputField(
            JSON, required=True, description="The price by what one piece cost: [{fromMinor, fixedMinor | shareBps}]."
        )
        shelf_ids = graphene.List(
            graphene.NonNull(graphene.ID), required=True, description="The shelves it belongs to."
        )

    errors = (errors.PlanIncomplete, errors.PlanChanged)
    permission = PLANNERS
    plan = graphene.Field(ProtectionPlanType, description="The new version.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Write it."""
        text = actions.PlanText(
            title=_mapping(input.title, "title"),
            covers=_mapping(input.covers, "covers"),
            months=input.months,
            repairs=input.repairs,
            bands=input.bands,
            shelf_ids=input.shelf_ids,
        )
        plan = actions.save_plan(
            plan_id=input.plan_id, seen_number=input.seen_number, text=text, editor_id=viewer.id, now=now
        )
        return {"plan": plan}


class OfferProtectionPlan(Mutation):
    """Offer a plan, or offer it no more."""

    class Input:
        plan_id = graphene.ID(required=True, description="The plan.")
        is_offered = graphene.Boolean(required=True, description="Whether it can be bought.")

    permission = PLANNERS
    plan = graphene.Field(ProtectionPlanType, description="The plan.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Offer it or not."""
        actions.offer_plan(plan_id=input.plan_id, is_offered=input.is_offered, now=now)
        return {"plan": current_version(input.plan_id)}


def _mapping(value: Any, field: str) -> Any:
    if not isinstance(value, dict):
        raise InvalidInput(field)
    return value


class Mutations:
    """The mutations of protection plans."""

    buy_protection = BuyProtection.field()
    cancel_protection = CancelProtection.field()
    save_protection_plan = SaveProtectionPlan.field()
    offer_protection_plan = OfferProtectionPlan.field()

"""What the desk writes down beside cases: the knowledge base and the terms of categories."""

from datetime import datetime
from typing import Any

import graphene

from backend.aftersales import actions, errors
from backend.aftersales.schema.desk import CategoryTermsType, CompensationType, KnowledgeEntryType
from backend.aftersales.schema.desk_acts import A_CASE, AGENTS
from backend.aftersales.selectors.knowledge import category_terms
from backend.core.graphql import BigInt, Mutation, RequestFacts, Viewer


class OfferCompensation(Mutation):
    """Give a buyer store credit; above the viewer's own limit a second person has to agree first."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")
        case_id = graphene.ID(description="The case it belongs to.")
        amount_minor = BigInt(required=True, description="How much, in fen.")
        reason = graphene.String(required=True, description="Why, ten letters at least.")
        idempotency_key = graphene.ID(required=True, description="Made by the client; a repeat answers the first time.")

    errors = (errors.OwnCase, errors.ReasonsNeeded, errors.CompensationTooHigh)
    permission = AGENTS
    compensation = graphene.Field(CompensationType, description="What was paid or proposed.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Give it."""
        compensation = actions.offer_compensation(
            order_id=input.order_id,
            case_id=input.case_id,
            agent_id=viewer.id,
            roles=frozenset(viewer.roles),
            amount_minor=input.amount_minor,
            reason=input.reason,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"compensation": compensation}


class DecideCompensation(Mutation):
    """Agree to somebody else's compensation, or refuse it."""

    class Input:
        compensation_id = graphene.ID(required=True, description="The compensation.")
        agrees = graphene.Boolean(required=True, description="Whether it is paid.")

    errors = (errors.NeedsAnother, errors.OwnCase, errors.CompensationDecided, errors.CompensationTooHigh)
    permission = AGENTS
    compensation = graphene.Field(CompensationType, description="What became of it.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Decide."""
        compensation = actions.decide_compensation(
            compensation_id=input.compensation_id,
            decider_id=viewer.id,
            roles=frozenset(viewer.roles),
            agrees=input.agrees,
            now=now,
        )
        return {"compensation": compensation}


class WriteKnowledge(Mutation):
    """File what a case taught, or write it anew."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        title = graphene.String(required=True, description="What it is about.")
        problem = graphene.String(required=True, description="What went wrong.")
        cause = graphene.String(required=True, description="Why.")
        solution = graphene.String(required=True, description="What helps.")

    errors = (errors.CaseStillOpen,)
    permission = AGENTS
    entry = graphene.Field(KnowledgeEntryType, description="The entry.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """File it."""
        entry = actions.write_knowledge(
            case_id=input.case_id,
            agent_id=viewer.id,
            title=input.title,
            problem=input.problem,
            cause=input.cause,
            solution=input.solution,
            now=now,
        )
        return {"entry": entry}


class PublishKnowledge(Mutation):
    """Show an entry to shoppers, or take it back."""

    class Input:
        entry_id = graphene.ID(required=True, description="The entry.")
        is_published = graphene.Boolean(required=True, description="Whether shoppers read it.")

    permission = AGENTS
    entry = graphene.Field(KnowledgeEntryType, description="The entry.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Publish it."""
        return {"entry": actions.publish_knowledge(entry_id=input.entry_id, is_published=input.is_published, now=now)}


class SetCategoryTerms(Mutation):
    """Say how long things of a category can be sent back."""

    class Input:
        category_id = graphene.ID(required=True, description="The category.")
        is_fresh = graphene.Boolean(required=True, description="Fresh things: only with a fault.")
        is_customised = graphene.Boolean(required=True, description="Made to order: only with a fault.")
        no_reason_days = graphene.Int(required=True, description="Days to send back without a reason.")
        quality_days = graphene.Int(required=True, description="Days to send back with a fault.")

    permission = AGENTS
    terms = graphene.List(graphene.NonNull(CategoryTermsType), description="The terms of every category.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Set them."""
        actions.set_category_terms(
            category_id=input.category_id,
            agent_id=viewer.id,
            is_fresh=input.is_fresh,
            is_customised=input.is_customised,
            no_reason_days=input.no_reason_days,
            quality_days=input.quality_days,
            now=now,
        )
        return {"terms": category_terms()}

"""What the growth team does with people and collaborations."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import BigInt, DateTime, Mutation, RequestFacts, Viewer, role
from referrals.influencers import actions, errors
from referrals.influencers.schema.types import (
    BriefKindEnum,
    CollaborationType,
    CreatorApplicationStateEnum,
    CreatorApplicationType,
    CreatorBriefType,
    CreatorMembershipEnum,
    CreatorViolationType,
    PromoterType,
)

DESK = role("growth")


def plain(value: Any) -> Any:
    """The value of an enum."""
    return getattr(value, "value", value)


class TakeCreatorApplication(Mutation):
    """Begin to look at an application."""

    class Input:
        application_id = graphene.ID(required=True, description="The application.")

    errors = (errors.ApplicationMovedOn,)
    permission = DESK
    application = graphene.Field(CreatorApplicationType, description="The application.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        taken = actions.take_application(application_id=input.application_id, by=viewer.id, now=now)
        return {"application": taken}


class DecideCreatorApplication(Mutation):
    """Approve an application, decline it with a reason, or ask for more."""

    class Input:
        application_id = graphene.ID(required=True, description="The application.")
        to = graphene.Field(CreatorApplicationStateEnum, required=True, description="APPROVED, REJECTED or NEED_INFO.")
        answer = graphene.String(required=True, description="What the applicant is told.")

    errors = (errors.ApplicationMovedOn, errors.ApplicationIncomplete)
    permission = DESK
    application = graphene.Field(CreatorApplicationType, description="The application.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        decided = actions.decide_application(
            application_id=input.application_id, to=plain(input.to), answer=input.answer, by=viewer.id, now=now
        )
        return {"application": decided}


class MovePromoter(Mutation):
    """Pause, resume or end a membership."""

    class Input:
        promoter_id = graphene.ID(required=True, description="The creator.")
        to = graphene.Field(CreatorMembershipEnum, required=True, description="Where to.")
        reason = graphene.String(required=True, description="Why; the creator reads it.")

    errors = (errors.MembershipMovedOn,)
    permission = DESK
    promoter = graphene.Field(PromoterType, description="The creator.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        moved = actions.move_promoter(
            promoter_id=input.promoter_id, to=plain(input.to), reason=input.reason, by=viewer.id, now=now
        )
        return {"promoter": moved}


class RecordCreatorViolation(Mutation):
    """Write down a breach of the rules; it holds the commission."""

    class Input:
        promoter_id = graphene.ID(required=True, description="The creator.")
        words = graphene.String(required=True, description="What was wrong.")

    errors = ()
    permission = DESK
    violation = graphene.Field(CreatorViolationType, description="The breach.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        recorded = actions.record_violation(promoter_id=input.promoter_id, words=input.words, by=viewer.id, now=now)
        return {"violation": recorded}


class DecideCreatorViolation(Mutation):
    """Lift a breach or uphold it against an appeal."""

    class Input:
        violation_id = graphene.ID(required=True, description="The breach.")
        is_lifted = graphene.Boolean(required=True, description="Whether it is lifted.")
        answer = graphene.String(required=True, description="What the creator is told.")

    errors = (errors.ViolationMovedOn,)
    permission = DESK
    violation = graphene.Field(CreatorViolationType, description="The breach.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        decided = actions.decide_violation(
            violation_id=input.violation_id, is_lifted=input.is_lifted, answer=input.answer, by=viewer.id, now=now
        )
        return {"violation": decided}


class SaveCreatorBrief(Mutation):
    """Offer a collaboration."""

    class Input:
        kind = graphene.Field(BriefKindEnum, required=True, description="Who may take it.")
        product_id = graphene.ID(required=True, description="The product.")
        title = graphene.String(required=True, description="What it is about.")
        words = graphene.String(required=True, description="What is asked for.")
        rate_bps = graphene.Int(required=True, description="The commission in basis points.")
        fee_minor = BigInt(description="The flat fee in fen.")
        sends_sample = graphene.Boolean(description="Whether a sample is sent.")
        month_cap_minor = BigInt(description="The most commission of one month in fen.")
        is_exclusive = graphene.Boolean(description="Whether nothing else of the shelf may be promoted.")
        content_days = graphene.Int(description="Within how many days content is due; 14 if not said.")
        starts_at = DateTime(required=True, description="From when it counts.")
        ends_at = DateTime(required=True, description="Until when it counts.")

    errors = ()
    permission = DESK
    brief = graphene.Field(CreatorBriefType, description="The brief.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        text = actions.BriefText(
            kind=plain(input.kind),
            product_id=input.product_id,
            title=input.title,
            words=input.words,
            rate_bps=input.rate_bps,
            fee_minor=input.get("fee_minor") or 0,
            sends_sample=bool(input.get("sends_sample")),
            month_cap_minor=input.get("month_cap_minor"),
            is_exclusive=bool(input.get("is_exclusive")),
            content_days=14 if input.get("content_days") is None else input.content_days,
            starts_at=input.starts_at,
            ends_at=input.ends_at,
        )
        return {"brief": actions.save_brief(text=text, by=viewer.id, now=now)}


class CloseCreatorBrief(Mutation):
    """Let nobody else take a brief."""

    class Input:
        brief_id = graphene.ID(required=True, description="The brief.")

    errors = (errors.BriefClosed,)
    permission = DESK
    brief = graphene.Field(CreatorBriefType, description="The brief.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"brief": actions.close_brief(brief_id=input.brief_id, by=viewer.id, now=now)}


class InviteCreator(Mutation):
    """Ask one creator to take a brief."""

    class Input:
        brief_id = graphene.ID(required=True, description="The brief.")
        code = graphene.String(required=True, description="The creator's code.")

    errors = (errors.BriefClosed, errors.NotACreator)
    permission = DESK
    collaboration = graphene.Field(CollaborationType, description="The invitation.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        invited = actions.invite_creator(brief_id=input.brief_id, code=input.code, by=viewer.id, now=now)
        return {"collaboration": invited}


class SendCreatorSample(Mutation):
    """Note that a sample is on its way."""

    class Input:
        collaboration_id = graphene.ID(required=True, description="The collaboration.")
        parcel = graphene.String(required=True, description="The carrier and the number of the parcel.")

    errors = (errors.CollaborationMovedOn,)
    permission = DESK
    collaboration = graphene.Field(CollaborationType, description="The collaboration.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        sent = actions.send_sample(collaboration_id=input.collaboration_id, parcel=input.parcel, by=viewer.id, now=now)
        return {"collaboration": sent}


class DecideCreatorContent(Mutation):
    """Approve content, so that the fee is earned and it goes live; or ask for changes."""

    class Input:
        collaboration_id = graphene.ID(required=True, description="The collaboration.")
        approves = graphene.Boolean(required=True, description="Yes or no.")
        note = graphene.String(required=True, description="What the creator is told.")

    errors = (errors.CollaborationMovedOn, errors.ContentNotEligible)
    permission = DESK
    collaboration = graphene.Field(CollaborationType, description="The collaboration.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        content = actions.decide_content(
            collaboration_id=input.collaboration_id, approves=input.approves, note=input.note, by=viewer.id, now=now
        )
        content.collaboration.refresh_from_db()
        return {"collaboration": content.collaboration}


class CloseCollaboration(Mutation):
    """End a collaboration; a fee in escrow goes back."""

    class Input:
        collaboration_id = graphene.ID(required=True, description="The collaboration.")

    errors = (errors.CollaborationMovedOn,)
    permission = DESK
    collaboration = graphene.Field(CollaborationType, description="The collaboration.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        closed = actions.close_collaboration(collaboration_id=input.collaboration_id, by=viewer.id, now=now)
        return {"collaboration": closed}


class SetCreatorRate(Mutation):
    """Change what a creator earns of a product: a rise at once, a cut after thirty days."""

    class Input:
        promoter_id = graphene.ID(required=True, description="The creator.")
        product_id = graphene.ID(required=True, description="The product.")
        rate_bps = graphene.Int(required=True, description="The commission in basis points.")

    errors = ()
    permission = DESK
    starts_at = DateTime(description="From when it holds.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        rate = actions.set_rate(
            promoter_id=input.promoter_id, product_id=input.product_id, bps=input.rate_bps, by=viewer.id, now=now
        )
        return {"starts_at": rate.valid.lower}

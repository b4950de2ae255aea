"""What the growth team can do with campaigns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import graphene

from backend.core.errors import InvalidInput
from backend.core.graphql import JSON, BigInt, DateTime, Mutation, RequestFacts, Viewer, role, signed_in
from backend.promotions import actions
from backend.promotions.errors import (
    BudgetTooSmall,
    CampaignChanged,
    CampaignNotReady,
    CampaignStateRefuses,
    CodeUnknown,
    CouponAlreadyYours,
    CouponChanged,
    CouponNotOffered,
    CouponNotReady,
    CouponsGone,
    CouponStateRefuses,
    CouponTermsFixed,
    NotInAudience,
)
from backend.promotions.models import Campaign
from backend.promotions.schema.coupon_inputs import CouponTermsInput, terms_of
from backend.promotions.schema.coupon_types import CouponBatchType, CouponTemplateType, CouponType
from backend.promotions.schema.inputs import CampaignRuleInput, draft_of
from backend.promotions.schema.types import CampaignType, StopMannerEnum, whole


def _answer(campaign: Campaign) -> dict[str, Any]:
    return {"campaign": whole([campaign])[0]}


class SaveCampaign(Mutation):
    """Save a campaign as a whole."""

    class Input:
        id = graphene.ID(description="The campaign, if it is not new.")
        version = graphene.Int(description="The version that was edited, if it is not new.")
        names = graphene.InputField(JSON, required=True, description="Its name in each language.")
        starts_at = graphene.InputField(DateTime, required=True, description="When it begins.")
        ends_at = graphene.InputField(DateTime, required=True, description="When it is over.")
        audience = graphene.InputField(JSON, required=True, description="For whom: who and tiers.")
        budget_money = graphene.InputField(BigInt, description="How many fen it may cost; open if not said.")
        budget_points = graphene.Int(description="How many points it may cost; open if not said.")
        budget_count = graphene.Int(description="How many orders may use it; open if not said.")
        rules = graphene.List(graphene.NonNull(CampaignRuleInput), required=True, description="Its rules in order.")

    errors = (CampaignChanged, CampaignStateRefuses, CampaignNotReady, BudgetTooSmall)
    permission = role("growth")
    campaign = graphene.Field(CampaignType, description="The campaign as it was saved.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return _answer(
            actions.save_campaign(
                draft=draft_of(input),
                campaign_id=input.get("id"),
                version=input.get("version"),
                actor_id=viewer.id,
                now=now,
            )
        )


class StartCampaign(Mutation):
    """Let a campaign loose."""

    class Input:
        id = graphene.ID(required=True, description="The campaign.")
        version = graphene.Int(required=True, description="The version that was looked at.")
        idempotency_key = graphene.ID(required=True, description="The same key starts once.")

    errors = (CampaignChanged, CampaignStateRefuses, CampaignNotReady)
    permission = role("growth")
    campaign = graphene.Field(CampaignType, description="The campaign.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return _answer(
            actions.start_campaign(
                campaign_id=input["id"],
                version=input["version"],
                actor_id=viewer.id,
                idempotency_key=input["idempotency_key"],
                now=now,
            )
        )


class PauseCampaign(Mutation):
    """Make no new offers for now."""

    class Input:
        id = graphene.ID(required=True, description="The campaign.")
        version = graphene.Int(required=True, description="The version that was looked at.")

    errors = (CampaignChanged, CampaignStateRefuses)
    permission = role("growth")
    campaign = graphene.Field(CampaignType, description="The campaign.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return _answer(
            actions.pause_campaign(campaign_id=input["id"], version=input["version"], actor_id=viewer.id, now=now)
        )


class ResumeCampaign(Mutation):
    """Make offers again."""

    class Input:
        id = graphene.ID(required=True, description="The campaign.")
        version = graphene.Int(required=True, description="The version that was looked at.")

    errors = (CampaignChanged, CampaignStateRefuses, CampaignNotReady)
    permission = role("growth")
    campaign = graphene.Field(CampaignType, description="The campaign.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return _answer(
            actions.resume_campaign(campaign_id=input["id"], version=input["version"], actor_id=viewer.id, now=now)
        )


class EndCampaign(Mutation):
    """End a campaign for good."""

    class Input:
        id = graphene.ID(required=True, description="The campaign.")
        stop_manner = graphene.Field(StopMannerEnum, required=True, description="What becomes of what has begun.")

    errors = (CampaignStateRefuses,)
    permission = role("growth")
    campaign = graphene.Field(CampaignType, description="The campaign.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        manner = input["stop_manner"]
        return _answer(
            actions.end_campaign(
                campaign_id=input["id"], stop_manner=getattr(manner, "value", manner), actor_id=viewer.id, now=now
            )
        )


class ClaimCoupon(Mutation):
    """Claim a coupon that is offered to everybody."""

    class Input:
        template_id = graphene.ID(required=True, description="The coupon that is offered.")
        idempotency_key = graphene.ID(required=True, description="The same key claims once.")

    errors = (CouponNotOffered, NotInAudience, CouponAlreadyYours, CouponsGone)
    permission = signed_in
    coupon = graphene.Field(CouponType, description="The coupon.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {
            "coupon": actions.claim_coupon(
                template_id=input.template_id, user_id=viewer.id, idempotency_key=input.idempotency_key, now=now
            )
        }


class RedeemCode(Mutation):
    """Turn a code into a coupon."""

    class Input:
        code = graphene.String(required=True, description="The code, however it is written.")
        idempotency_key = graphene.ID(required=True, description="The same key redeems once.")

    errors = (CodeUnknown, CouponNotOffered, NotInAudience, CouponAlreadyYours)
    permission = signed_in
    coupon = graphene.Field(CouponType, description="The coupon.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {
            "coupon": actions.redeem_code(
                code=input.code, user_id=viewer.id, idempotency_key=input.idempotency_key, now=now
            )
        }


class SaveCouponTemplate(Mutation):
    """Save a coupon as a whole."""

    class Input:
        id = graphene.ID(description="The template, if it is not new.")
        version = graphene.Int(description="The version that was edited, if it is not new.")
        terms = graphene.InputField(CouponTermsInput, required=True, description="The coupon.")

    errors = (CouponChanged, CouponStateRefuses, CouponTermsFixed, CouponNotReady, BudgetTooSmall)
    permission = role("growth")
    template = graphene.Field(CouponTemplateType, description="The coupon as it was saved.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {
            "template": actions.save_coupon_template(
                draft=terms_of(input["terms"]),
                template_id=input.get("id"),
                version=input.get("version"),
                actor_id=viewer.id,
                now=now,
            )
        }


class StartCouponTemplate(Mutation):
    """Offer a coupon, or go on after a pause."""

    class Input:
        id = graphene.ID(required=True, description="The template.")
        version = graphene.Int(required=True, description="The version that was looked at.")

    errors = (CouponChanged, CouponStateRefuses, CouponNotReady)
    permission = role("growth")
    template = graphene.Field(CouponTemplateType, description="The coupon.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {
            "template": actions.start_coupon_template(
                template_id=input["id"], version=input["version"], actor_id=viewer.id, now=now
            )
        }


class PauseCouponTemplate(Mutation):
    """Give no new coupons out for now."""

    class Input:
        id = graphene.ID(required=True, description="The template.")
        version = graphene.Int(required=True, description="The version that was looked at.")

    errors = (CouponChanged, CouponStateRefuses)
    permission = role("growth")
    template = graphene.Field(CouponTemplateType, description="The coupon.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {
            "template": actions.pause_coupon_template(
                template_id=input["id"], version=input["version"], actor_id=viewer.id, now=now
            )
        }


class EndCouponTemplate(Mutation):
    """Give no coupons out any more."""

    class Input:
        id = graphene.ID(required=True, description="The template.")
        revoke = graphene.Boolean(required=True, description="Whether those in hands are withdrawn too.")

    errors = ()
    permission = role("growth")
    template = graphene.Field(CouponTemplateType, description="The coupon.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {
            "template": actions.end_coupon_template(
                template_id=input["id"], revoke=input["revoke"], actor_id=viewer.id, now=now
            )
        }


class GiveCoupons(Mutation):
    """Give a coupon to everybody of an audience."""

    class Input:
        template_id = graphene.ID(required=True, description="The coupon.")
        audience = graphene.InputField(JSON, required=True, description="For whom: who and tiers.")
        channel = graphene.String(required=True, description="mail, sms, or nothing for a notification only.")
        idempotency_key = graphene.ID(required=True, description="The same key gives once.")

    errors = (CouponStateRefuses,)
    permission = role("growth")
    batch = graphene.Field(CouponBatchType, description="The work, which is done in pieces.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        if not isinstance(input["audience"], dict):
            raise InvalidInput("audience")
        return {
            "batch": actions.give_to_people(
                template_id=input["template_id"],
                audience=input["audience"],
                channel=input["channel"],
                actor_id=viewer.id,
                idempotency_key=input["idempotency_key"],
                now=now,
            )
        }


class Mutations:
    """Root mutations of promotions."""

    save_campaign = SaveCampaign.field()
    start_campaign = StartCampaign.field()
    pause_campaign = PauseCampaign.field()
    resume_campaign = ResumeCampaign.field()
    end_campaign = EndCampaign.field()
    claim_coupon = ClaimCoupon.field()
    redeem_code = RedeemCode.field()
    save_coupon_template = SaveCouponTemplate.field()
    start_coupon_template = StartCouponTemplate.field()
    pause_coupon_template = PauseCouponTemplate.field()
    end_coupon_template = EndCouponTemplate.field()
    give_coupons = GiveCoupons.field()

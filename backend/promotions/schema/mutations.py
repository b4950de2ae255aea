"""What the growth team can do with campaigns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import JSON, BigInt, DateTime, Mutation, RequestFacts, Viewer, role
from backend.promotions import actions
from backend.promotions.errors import BudgetTooSmall, CampaignChanged, CampaignNotReady, CampaignStateRefuses
from backend.promotions.models import Campaign
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


class Mutations:
    """Root mutations of promotions."""

    save_campaign = SaveCampaign.field()
    start_campaign = StartCampaign.field()
    pause_campaign = PauseCampaign.field()
    resume_campaign = ResumeCampaign.field()
    end_campaign = EndCampaign.field()

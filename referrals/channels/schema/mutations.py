"""What the growth team can do with channels."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import BigInt, Mutation, RequestFacts, Viewer, role
from referrals.channels import actions
from referrals.channels.errors import (
    ChannelChanged,
    ChannelClosed,
    ChannelCodeTaken,
    ChannelLeadsNowhere,
    CostBelowZero,
)
from referrals.channels.schema.types import ChannelCostType, ChannelKindEnum, ChannelTargetEnum, ChannelType

GROWTH = role("growth")


class ChannelInput(graphene.InputObjectType):
    """A channel as its maker wants it."""

    name = graphene.String(required=True, description="What the team calls it, at most 60 letters.")
    kind = graphene.Field(ChannelKindEnum, required=True, description="What kind of place it is.")
    partner = graphene.String(description="With whom, at most 60 letters.")
    headline = graphene.String(description="What its poster says, at most 40 letters.")
    target = graphene.Field(ChannelTargetEnum, required=True, description="Which page it leads to.")
    target_slug = graphene.String(description="Which product or category.")
    starts_on = graphene.Date(description="The first day that counts; at once if not said.")
    ends_on = graphene.Date(description="The last day that counts; until it is closed if not said.")
    budget_note = graphene.String(description="What was agreed about money, at most 200 letters.")


def draft_of(channel: Any) -> actions.ChannelDraft:
    """A channel as it was sent."""
    words = {name: channel.get(name) or "" for name in ("partner", "headline", "target_slug", "budget_note")}
    return actions.ChannelDraft(
        name=channel.name,
        kind=getattr(channel.kind, "value", channel.kind),
        target=getattr(channel.target, "value", channel.target),
        starts_on=channel.get("starts_on"),
        ends_on=channel.get("ends_on"),
        **words,
    )


class CreateChannel(Mutation):
    """Make a channel with a short link of its own."""

    class Input:
        channel = graphene.Field(ChannelInput, required=True, description="The channel.")
        code = graphene.String(description="The code in its address, 3 to 12 letters and digits; drawn if not said.")

    errors = (ChannelCodeTaken, ChannelLeadsNowhere)
    permission = GROWTH
    channel = graphene.Field(ChannelType, description="The channel.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        draft = draft_of(input.channel)
        return {
            "channel": actions.create_channel(draft=draft, code=input.get("code") or "", by=viewer.id, now=now),
        }


class ChangeChannel(Mutation):
    """Save a channel as a whole; its code stays."""

    class Input:
        id = graphene.ID(required=True, description="The channel.")
        version = graphene.Int(required=True, description="The version that was read.")
        channel = graphene.Field(ChannelInput, required=True, description="The channel as it shall be.")

    errors = (ChannelChanged, ChannelClosed, ChannelLeadsNowhere)
    permission = GROWTH
    channel = graphene.Field(ChannelType, description="The channel.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        changed = actions.change_channel(
            channel_id=input.id, version=input.version, draft=draft_of(input.channel), by=viewer.id, now=now
        )
        return {"channel": changed}


class CloseChannel(Mutation):
    """Count nothing more for a channel; its link leads on."""

    class Input:
        id = graphene.ID(required=True, description="The channel.")
        version = graphene.Int(required=True, description="The version that was read.")

    errors = (ChannelChanged,)
    permission = GROWTH
    channel = graphene.Field(ChannelType, description="The channel.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {
            "channel": actions.close_channel(channel_id=input.id, version=input.version, by=viewer.id, now=now),
        }


class RecordChannelCost(Mutation):
    """Write down what was spent on a channel on a day; an amount below zero corrects."""

    class Input:
        id = graphene.ID(required=True, description="The channel.")
        day = graphene.Date(required=True, description="The day of trade.")
        amount_minor = graphene.Field(BigInt, required=True, description="How much, in fen.")
        note = graphene.String(required=True, description="What was paid for, at most 120 letters.")
        idempotency_key = graphene.ID(required=True, description="A UUID made when the form was opened.")

    errors = (CostBelowZero,)
    permission = GROWTH
    cost = graphene.Field(ChannelCostType, description="The entry.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        cost = actions.record_cost(
            channel_id=input.id,
            day=input.day,
            amount_minor=input.amount_minor,
            note=input.note,
            by=viewer.id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"cost": cost}


class Mutations:
    """Root mutations of channels."""

    create_channel = CreateChannel.field()
    change_channel = ChangeChannel.field()
    close_channel = CloseChannel.field()
    record_channel_cost = RecordChannelCost.field()

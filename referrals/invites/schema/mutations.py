"""Writes of invitations."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from backend.promotions.errors import BudgetExhausted
from referrals.invites import actions, selectors
from referrals.invites.errors import (
    FraudRuleRefused,
    NothingToShare,
    ObjectionTooLate,
    OwnReward,
    PlaceRefused,
    RewardStateRefuses,
)
from referrals.invites.models import PlaceKind
from referrals.invites.schema.desk import (
    DESK,
    AttributionRuleType,
    FraudRuleType,
    RewardCaseType,
    SharedPlaceType,
    TouchOrderEnum,
)
from referrals.invites.schema.types import InviteRewardType, ShareKind, ShareLinkType

SharedPlaceKind = graphene.Enum.from_enum(PlaceKind, name="SharedPlaceKind")


class CreateShareLink(Mutation):
    """Give the viewer the short link to a target; the same target always has the same link."""

    class Input:
        kind = graphene.Field(ShareKind, required=True, description="What the link leads to.")
        target_id = graphene.ID(required=True, description="The id of the product, group, post, campaign or person.")

    errors = (NothingToShare,)
    permission = signed_in
    share_link = graphene.Field(ShareLinkType, description="The link.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        kind = getattr(input.kind, "value", input.kind)
        return {
            "share_link": actions.create_share_link(owner_id=viewer.id, kind=kind, target_id=input.target_id, now=now)
        }


class ObjectToRejection(Mutation):
    """Ask for another look at a rejected reward of one's own, once."""

    class Input:
        reward_id = graphene.ID(required=True, description="The reward.")
        note = graphene.String(required=True, description="What there is to say, at most 300 letters.")

    errors = (BudgetExhausted, ObjectionTooLate, RewardStateRefuses)
    permission = signed_in
    reward = graphene.Field(InviteRewardType, description="The reward, which is looked at again.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        reward = actions.object_to_rejection(reward_id=input.reward_id, user_id=viewer.id, note=input.note, now=now)
        return {"reward": reward}


class ShowInviteName(Mutation):
    """Let others see one's name on the leaderboard and in the tree of friends, or not."""

    class Input:
        shows_name = graphene.Boolean(required=True, description="Whether the name is shown.")

    permission = signed_in
    shows_name = graphene.Boolean(description="Whether the name is shown now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        kept = actions.show_name(user_id=viewer.id, shows_name=input.shows_name, now=now)
        return {"shows_name": kept.shows_name}


class DecideReward(Mutation):
    """Release or reject a reward, with a reason that the person reads."""

    class Input:
        reward_id = graphene.ID(required=True, description="The reward.")
        is_released = graphene.Boolean(required=True, description="Whether it is released; else it is rejected.")
        note = graphene.String(required=True, description="The reason, at most 300 letters.")

    errors = (BudgetExhausted, OwnReward, RewardStateRefuses)
    permission = DESK
    case = graphene.Field(RewardCaseType, description="The reward as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        reward = actions.decide_reward(
            reward_id=input.reward_id, is_released=input.is_released, note=input.note, by=viewer.id, now=now
        )
        return {"case": selectors.reward_by_id(reward.pk)}


class FraudWeightInput(graphene.InputObjectType):
    """What one finding weighs."""

    rule = graphene.String(required=True, description="The finding's name.")
    points = graphene.Int(required=True, description="How heavy it is.")


class SaveFraudRule(Mutation):
    """Follow the fraud rule with a new version. What was judged keeps its own."""

    class Input:
        hold_from = graphene.Int(required=True, description="From this score on a person looks.")
        reject_from = graphene.Int(required=True, description="From this score on it is refused with the reason.")
        release_below = graphene.Int(required=True, description="Below it a hold is released at its deadline.")
        review_days = graphene.Int(required=True, description="How many days the desk has.")
        weights = graphene.List(
            graphene.NonNull(FraudWeightInput), required=True, description="What each finding weighs."
        )

    errors = (FraudRuleRefused,)
    permission = DESK
    rule = graphene.Field(FraudRuleType, description="The new version.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        rule = actions.save_fraud_rule(
            weights={each.rule: each.points for each in input.weights},
            hold_from=input.hold_from,
            reject_from=input.reject_from,
            release_below=input.release_below,
            review_days=input.review_days,
            by=viewer.id,
            now=now,
        )
        return {"rule": rule}


class SaveAttributionRule(Mutation):
    """Follow the rule of credit with a new version. Orders that have their credit keep it."""

    class Input:
        window_days = graphene.Int(required=True, description="How many days after a visit an order counts for it.")
        touch_order = graphene.Field(TouchOrderEnum, required=True, description="Which of several visits counts.")
        kinds = graphene.List(
            graphene.NonNull(graphene.String), required=True, description="Who goes first; each kind once."
        )
        binding_days = graphene.Int(description="How many days a friend counts without a new visit; none if empty.")

    permission = DESK
    rule = graphene.Field(AttributionRuleType, description="The new version.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        rule = actions.save_attribution_rule(
            window_days=input.window_days,
            touch_order=getattr(input.touch_order, "value", input.touch_order),
            kinds=input.kinds,
            binding_days=input.binding_days,
            now=now,
        )
        return {"rule": rule}


class AllowPlace(Mutation):
    """Say that many people share a place, so that sharing it says nothing."""

    class Input:
        kind = graphene.Field(SharedPlaceKind, required=True, description="A network or an address.")
        text = graphene.String(required=True, description="The IP address or range, or how the address begins.")
        note = graphene.String(required=True, description="What it is, such as a campus.")

    errors = (PlaceRefused,)
    permission = DESK
    place = graphene.Field(SharedPlaceType, description="The place.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        kind = getattr(input.kind, "value", input.kind)
        place = actions.allow_place(kind=kind, text=input.text, note=input.note, by=viewer.id, now=now)
        return {"place": place}


class WithdrawPlace(Mutation):
    """Let a place count again."""

    class Input:
        place_id = graphene.ID(required=True, description="The place.")

    permission = DESK
    place_id = graphene.ID(description="The place that was withdrawn.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        actions.withdraw_place(place_id=input.place_id, now=now)
        return {"place_id": input.place_id}


class Mutations:
    """Root mutations of invitations."""

    create_share_link = CreateShareLink.field()
    object_to_rejection = ObjectToRejection.field()
    show_invite_name = ShowInviteName.field()
    decide_reward = DecideReward.field()
    save_fraud_rule = SaveFraudRule.field()
    save_attribution_rule = SaveAttributionRule.field()
    allow_place = AllowPlace.field()
    withdraw_place = WithdrawPlace.field()

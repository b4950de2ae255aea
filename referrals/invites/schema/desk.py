"""What the reward desk shows: cases with their evidence, the rules, and what other thresholds would do."""

from typing import Any
from uuid import UUID

import graphene

from backend.accounts.schema.types import PersonType
from backend.accounts.selectors import public_people
from backend.core.graphql import DateTime, ObjectType, connection, query_field, role
from membership.ports import WhyStep
from membership.schema.types import WhyStepType
from referrals.invites import selectors
from referrals.invites.models import FraudRule, InviteReward, RewardScore, RewardState, ScoreCause, TouchOrder
from referrals.invites.rules import Thresholds, verdict
from referrals.invites.schema.types import InviteRewardState
from referrals.invites.wording import finding_text, lost_text, reward_title, why_of

DESK = role("growth")

TouchOrderEnum = graphene.Enum.from_enum(TouchOrder, name="TouchOrder")


class FraudFindingType(ObjectType):
    """One thing that speaks against a reward."""

    rule = graphene.String(required=True, description="The finding's name.")
    text = graphene.String(required=True, description="What was seen, in words.")
    points = graphene.Int(required=True, description="How heavy it is.")
    seen = graphene.Int(required=True, description="How many.")

    def resolve_text(root: dict[str, Any], info: Any) -> str:
        return finding_text(root)


class RewardCaseType(ObjectType):
    """A reward as the desk sees it."""

    id = graphene.ID(required=True, description="The reward's id.")
    title = graphene.String(required=True, description="What it is for.")
    state = graphene.Field(InviteRewardState, required=True, description="Where it stands.")
    state_label = graphene.String(required=True, description="The state in words.")
    side = graphene.String(required=True, description="INVITER or INVITEE.")
    level = graphene.Int(required=True, description="1 or 2.")
    points = graphene.Int(required=True, description="How many points; none for a coupon.")
    score = graphene.Int(required=True, description="How much speaks against it.")
    evidence = graphene.List(graphene.NonNull(FraudFindingType), required=True, description="What speaks against it.")
    inviter = graphene.Field(PersonType, description="Who invited.")
    invitee = graphene.Field(PersonType, description="Who was invited.")
    order_number = graphene.String(required=True, description="The friend's first order.")
    note = graphene.String(required=True, description="The reason of the last decision.")
    objection = graphene.String(required=True, description="What the person says against a rejection.")
    rule_version = graphene.Int(description="The version of the fraud rule it was judged by.")
    held_until = DateTime(description="Until when the desk has time.")
    decided_at = DateTime(description="When it was decided.")
    created_at = DateTime(required=True, description="When it was made.")

    def resolve_title(root: InviteReward, info: Any) -> str:
        return reward_title(root, info.context.viewer.locale)

    def resolve_state_label(root: InviteReward, info: Any) -> str:
        return str(RewardState(root.state).label)

    def resolve_inviter(root: InviteReward, info: Any) -> Any:
        return person_of(root, root.binding.inviter_id, info)

    def resolve_invitee(root: InviteReward, info: Any) -> Any:
        return person_of(root, root.binding_id, info)

    def resolve_order_number(root: InviteReward, info: Any) -> str:
        return root.order.number

    def resolve_rule_version(root: InviteReward, info: Any) -> int | None:
        return root.fraud_rule_id


class RewardScoreType(ObjectType):
    """What spoke against a reward at one moment, and what followed."""

    id = graphene.ID(required=True, description="The score's id.")
    score = graphene.Int(required=True, description="How much spoke against it.")
    evidence = graphene.List(graphene.NonNull(FraudFindingType), required=True, description="What spoke against it.")
    cause = graphene.String(required=True, description="FIRST, REFUND, RETURN or SIGNS.")
    cause_label = graphene.String(required=True, description="Why it was weighed, in words.")
    state = graphene.Field(InviteRewardState, required=True, description="Where the reward stood afterwards.")
    state_label = graphene.String(required=True, description="The same in words.")
    is_move = graphene.Boolean(required=True, description="Whether the score moved it there.")
    rule_version = graphene.Int(required=True, description="The version of the fraud rule.")
    at = DateTime(required=True, description="When.")

    def resolve_cause_label(root: RewardScore, info: Any) -> str:
        return str(ScoreCause(root.cause).label)

    def resolve_state(root: RewardScore, info: Any) -> str:
        return root.to_state

    def resolve_state_label(root: RewardScore, info: Any) -> str:
        return str(RewardState(root.to_state).label)

    def resolve_is_move(root: RewardScore, info: Any) -> bool:
        return root.from_state != root.to_state

    def resolve_rule_version(root: RewardScore, info: Any) -> int:
        return root.fraud_rule_id


class RewardCaseDetailType(ObjectType):
    """A case with everything that helps to decide it."""

    case = graphene.Field(RewardCaseType, required=True, description="The reward.")
    why = graphene.List(graphene.NonNull(WhyStepType), required=True, description="From the cause to where it stands.")
    course = graphene.List(
        graphene.NonNull(RewardScoreType), required=True, description="Every score it ever had, oldest first."
    )
    losers = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Why others did not get the credit."
    )
    similar = graphene.List(
        graphene.NonNull(RewardCaseType), required=True, description="Other cases that share something with it."
    )


class FraudRuleType(ObjectType):
    """The rule by which rewards are judged now."""

    version = graphene.Int(required=True, description="Its version.")
    hold_from = graphene.Int(required=True, description="From this score on a person looks.")
    reject_from = graphene.Int(required=True, description="From this score on it is refused with the reason.")
    release_below = graphene.Int(required=True, description="Below it a hold is released at its deadline.")
    review_days = graphene.Int(required=True, description="How many days the desk has.")
    weights = graphene.List(
        graphene.NonNull(lambda: FraudWeightType), required=True, description="What each finding weighs."
    )

    def resolve_weights(root: FraudRule, info: Any) -> list[dict[str, Any]]:
        return [{"rule": name, "points": points} for name, points in sorted(root.weights.items())]


class FraudWeightType(ObjectType):
    """What one finding weighs."""

    rule = graphene.String(required=True, description="The finding's name.")
    points = graphene.Int(required=True, description="How heavy it is.")


class AttributionRuleType(ObjectType):
    """The rule by which the credit for an order is given now."""

    version = graphene.Int(required=True, description="Its version.")
    window_days = graphene.Int(required=True, description="How many days after a visit an order still counts for it.")
    touch_order = graphene.Field(TouchOrderEnum, required=True, description="Which of several visits counts.")
    kinds = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Who goes first, from first to last."
    )
    binding_days = graphene.Int(description="How many days a friend counts without a new visit; none if empty.")


class MovedCaseType(ObjectType):
    """A reward that would stand elsewhere."""

    case = graphene.Field(RewardCaseType, required=True, description="The reward.")
    would_be = graphene.Field(InviteRewardState, required=True, description="Where it would have begun.")


class FraudBacktestType(ObjectType):
    """What other thresholds would have done in the last ninety days."""

    more_held = graphene.Int(required=True, description="Rewards that went through and would not.")
    fewer_held = graphene.Int(required=True, description="Rewards that were stopped and would not be.")
    moved = graphene.List(graphene.NonNull(MovedCaseType), required=True, description="The first fifty of them.")


class SharedPlaceType(ObjectType):
    """A place whose sharing says nothing."""

    id = graphene.ID(required=True, description="The place's id.")
    kind = graphene.String(required=True, description="NETWORK or ADDRESS.")
    text = graphene.String(required=True, description="The address range, or how the address begins.")
    note = graphene.String(required=True, description="What it is.")


class RewardDeskType(ObjectType):
    """How much waits at the desk, and its rules."""

    held = graphene.Int(required=True, description="Rewards that wait for a person.")
    objected = graphene.Int(required=True, description="Those to which the person objected.")
    rule = graphene.Field(FraudRuleType, required=True, description="The rule that holds now.")
    attribution = graphene.Field(AttributionRuleType, required=True, description="How credit is given now.")
    places = graphene.List(graphene.NonNull(SharedPlaceType), required=True, description="The shared places.")


def person_of(root: InviteReward, person_id: UUID, info: Any) -> Any:
    """One of the two people of a case; those of a whole page are read at once."""
    if person_id not in info.context.loaders.get("case_people", {}):
        with_people(info, [root])
    return info.context.loaders["case_people"].get(person_id)


def with_people(info: Any, rewards: list[InviteReward]) -> None:
    """Read the people of cases at once."""
    people = {person for reward in rewards for person in (reward.binding.inviter_id, reward.binding_id)}
    info.context.loaders.setdefault("case_people", {}).update(public_people(people))


def _cases(root: Any, info: Any, *, first: int, after: str | None = None, state: str | None = None) -> Any:
    page = selectors.reward_desk(state=getattr(state, "value", state), first=first, after=after)
    with_people(info, [edge.node for edge in page.edges])
    return page


def _case(root: Any, info: Any, *, id: Any) -> dict[str, Any]:
    reward = selectors.reward_by_id(id)
    similar = list(selectors.similar_cases(reward))
    with_people(info, [reward, *similar])
    losers = reward.attribution.losers if reward.attribution else []
    moves = selectors.moves_of([reward.pk])[reward.pk]
    why: list[WhyStep] = why_of(reward, moves, selectors.kept_from([reward.order_id]).get(reward.order_id))
    return {
        "case": reward,
        "why": why,
        "course": selectors.course_of(reward.pk),
        "losers": [lost_text(each["reason"]) for each in losers],
        "similar": similar,
    }


def _backtest(root: Any, info: Any, *, hold_from: int, reject_from: int) -> dict[str, Any]:
    more, fewer, moved = selectors.backtest(hold_from=hold_from, reject_from=reject_from, now=info.context.now)
    with_people(info, list(moved))
    would = Thresholds(hold_from=hold_from, reject_from=reject_from)
    return {
        "more_held": more,
        "fewer_held": fewer,
        "moved": [{"case": each, "would_be": verdict(each.score, thresholds=would).value} for each in moved],
    }


def _desk(root: Any, info: Any) -> dict[str, Any]:
    return {
        **selectors.desk_counts(),
        "rule": selectors.fraud_rule(info.context.now),
        "attribution": selectors.attribution_rule(info.context.now),
        "places": selectors.shared_places(),
    }


class DeskQuery:
    """Root fields of the reward desk."""

    reward_desk = query_field(
        RewardDeskType, _desk, permission=DESK, required=True, description="How much waits, and the rules."
    )
    reward_cases = query_field(
        connection(RewardCaseType),
        _cases,
        permission=DESK,
        state=graphene.Argument(InviteRewardState, description="Only rewards in this state."),
        description="Rewards that something speaks against, newest first.",
    )
    reward_case = query_field(
        RewardCaseDetailType,
        _case,
        permission=DESK,
        id=graphene.ID(required=True, description="The reward's id."),
        description="One case with its evidence and similar ones.",
    )
    fraud_backtest = query_field(
        FraudBacktestType,
        _backtest,
        permission=DESK,
        required=True,
        hold_from=graphene.Int(required=True, description="From which score on a person would look."),
        reject_from=graphene.Int(required=True, description="From which score on it would be refused."),
        description="What other thresholds would have done in the last ninety days.",
    )

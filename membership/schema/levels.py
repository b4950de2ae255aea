"""What the API shows of levels: what each asks and gives, and where somebody stands."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import graphene

from backend.core.clock import business_day
from backend.core.graphql import DateTime, MoneyType, ObjectType
from backend.core.languages import translate
from membership import rules, selectors
from membership.models import Birthday, TierMove, TierStep
from membership.ports import WhyStep
from membership.rules import Progress
from membership.schema.rewards import WhyStepType
from membership.wording import perks_of, title_of_move, way_to, why_move, why_progress


class TierType(ObjectType):
    """A level of membership: what it asks and what it gives."""

    key = graphene.String(required=True, description="The level's name for programs.")
    name = graphene.String(required=True, description="The level's name.")
    threshold = graphene.Field(MoneyType, required=True, description="Kept spending within the window it asks for.")
    orders_count = graphene.Int(required=True, description="Kept orders within the window it asks for.")
    way = graphene.String(required=True, description="What exactly it asks for, in one sentence.")
    perks = graphene.List(graphene.NonNull(graphene.String), required=True, description="What it gives.")
    multiplier = graphene.Float(required=True, description="How many times the basic points it earns.")

    def resolve_key(root: TierStep, info: Any) -> str:
        return root.tier_id

    def resolve_name(root: TierStep, info: Any) -> str:
        return translate(root.tier.names, info.context.viewer.locale)

    def resolve_threshold(root: TierStep, info: Any) -> int:
        return root.amount_minor

    def resolve_way(root: TierStep, info: Any) -> str:
        return way_to(root, window_days=root.policy.window_days)

    def resolve_perks(root: TierStep, info: Any) -> list[str]:
        return perks_of(root)

    def resolve_multiplier(root: TierStep, info: Any) -> float:
        return root.multiplier_bps / 10_000


class TierMoveType(ObjectType):
    """One decision about the viewer's level."""

    id = graphene.ID(required=True, description="The decision's id.")
    title = graphene.String(required=True, description="What was decided.")
    reason = graphene.String(required=True, description="REACHED, RENEWED or FELL.")
    at = graphene.Field(DateTime, required=True, description="When.")
    why = graphene.List(graphene.NonNull(WhyStepType), required=True, description="The facts and the rule.")

    def resolve_title(root: TierMove, info: Any) -> str:
        return title_of_move(root)

    def resolve_why(root: TierMove, info: Any) -> list[WhyStep]:
        return why_move(root)


class BirthdayType(ObjectType):
    """The viewer's birthday."""

    born_on = graphene.Date(required=True, description="The day of birth.")
    can_change_from = graphene.Field(DateTime, required=True, description="From when on it can be changed.")

    def resolve_can_change_from(root: Birthday, info: Any) -> datetime:
        return root.told_at + rules.YEAR


class MembershipType(ObjectType):
    """Where the viewer stands, what counts, and what is missing."""

    tier = graphene.Field(TierType, required=True, description="The level held.")
    next_tier = graphene.Field(TierType, description="The next level, if there is one.")
    progress = graphene.Float(required=True, description="The part of the way to the next level, from 0 to 1.")
    qualifying_amount = graphene.Field(MoneyType, required=True, description="Spending that counts.")
    pending_amount = graphene.Field(MoneyType, required=True, description="Spending that will count when it is kept.")
    needed_amount = graphene.Field(MoneyType, description="What is missing for the next level.")
    qualifying_orders = graphene.Int(required=True, description="Orders that count.")
    needed_orders = graphene.Int(description="Orders that are missing for the next level.")
    valid_until = graphene.Field(DateTime, description="Until when the level is held at least; empty on the first one.")
    is_soft_landing = graphene.Boolean(
        required=True, description="Whether the level is higher than what spending reaches, to soften a fall."
    )
    passes_left = graphene.Int(required=True, description="Orders of this month that the level still sends free.")
    birthday = graphene.Field(BirthdayType, description="The birthday, if it was told.")
    why = graphene.List(graphene.NonNull(WhyStepType), required=True, description="The orders behind the sums.")
    moves = graphene.List(
        graphene.NonNull(TierMoveType), required=True, description="What was decided about the level, newest first."
    )
    tiers = graphene.List(graphene.NonNull(TierType), required=True, description="All levels, lowest first.")

    def resolve_tier(root: Progress, info: Any) -> TierStep:
        return _with_policy(root, root.step)

    def resolve_next_tier(root: Progress, info: Any) -> TierStep | None:
        return _with_policy(root, root.next_step) if root.next_step else None

    def resolve_progress(root: Progress, info: Any) -> float:
        return root.share

    def resolve_qualifying_amount(root: Progress, info: Any) -> Any:
        return root.kept.amount

    def resolve_pending_amount(root: Progress, info: Any) -> Any:
        return root.pending.amount

    def resolve_needed_amount(root: Progress, info: Any) -> Any:
        return root.needed

    def resolve_qualifying_orders(root: Progress, info: Any) -> int:
        return root.kept.orders

    def resolve_valid_until(root: Progress, info: Any) -> datetime | None:
        until = root.member.valid_until if root.member else None
        return until + timedelta(days=root.policy.grace_days) if until else None

    def resolve_is_soft_landing(root: Progress, info: Any) -> bool:
        return bool(root.member and root.member.is_soft_landing)

    def resolve_passes_left(root: Progress, info: Any) -> int:
        month = business_day(info.context.now).replace(day=1)
        used = selectors.passes_used(info.context.viewer.id, month=month)
        return max(0, root.step.free_shipping_per_month - used)

    def resolve_birthday(root: Progress, info: Any) -> Birthday | None:
        return selectors.birthday_of(info.context.viewer.id)

    def resolve_why(root: Progress, info: Any) -> Sequence[WhyStep]:
        return why_progress(selectors.recent_spending(info.context.viewer.id, now=info.context.now))

    def resolve_moves(root: Progress, info: Any) -> list[TierMove]:
        return selectors.moves_of(info.context.viewer.id)

    def resolve_tiers(root: Progress, info: Any) -> list[TierStep]:
        return [_with_policy(root, step) for step in selectors.steps_of(root.policy)]


def _with_policy(progress: Progress, step: TierStep) -> TierStep:
    """Spare a step the question for its policy, which is read already."""
    step.policy = progress.policy
    return step

"""What the API shows of tiers and points."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import graphene

from backend.accounts.schema.types import ViewerType
from backend.checkout.schema.types import QuoteType
from backend.core.clock import business_day
from backend.core.graphql import DateTime, MoneyType, ObjectType, connection_field, extend, object_field
from backend.core.languages import translate
from backend.core.money import Money
from backend.core.paging import Page
from backend.orders.schema.loaders import load_for_orders
from backend.orders.schema.types import OrderType
from membership import rules, selectors
from membership.models import CountedSpending, LotState, PointLot, Tier
from membership.ports import WhyStep, point_cause
from membership.rules import Progress
from membership.wording import waiting_for, why_progress

SHOWN_DAYS = range(-3, 4)
REWARD_STATES = {
    LotState.PENDING: "PENDING",
    LotState.ACTIVE: "VESTED",
    LotState.EXPIRED: "VESTED",
    LotState.REVOKED: "REVERSED",
}
RewardState = graphene.Enum(
    "RewardState", [(name, name) for name in ("PENDING", "HELD", "VESTED", "REJECTED", "REVERSED")]
)


class WhyStepType(ObjectType):
    """One step from a cause to an amount."""

    label = graphene.String(required=True, description="What this step is about.")
    detail = graphene.String(required=True, description="What happened or was computed.")
    at = DateTime(description="When it happened.")


class RewardType(ObjectType):
    """Points promised for one cause, and why."""

    id = graphene.ID(required=True, description="The reward's id.")
    kind = graphene.String(required=True, description="The cause: order, invite_reward, …")
    title = graphene.String(required=True, description="The cause in a few words.")
    points = graphene.Int(required=True, description="How many points, less what was taken back.")
    state = graphene.Field(RewardState, required=True, description="Whether the points can be used.")
    why = graphene.List(graphene.NonNull(WhyStepType), required=True, description="How the sum came about.")
    vests_at = DateTime(description="When they become usable; empty until the parcel is delivered.")
    created_at = DateTime(required=True, description="When they were promised.")

    def resolve_kind(root: PointLot, info: Any) -> str:
        return root.cause

    def resolve_title(root: PointLot, info: Any) -> str:
        return title_of(root)

    def resolve_points(root: PointLot, info: Any) -> int:
        return root.earned - root.reversed

    def resolve_state(root: PointLot, info: Any) -> str:
        return REWARD_STATES[LotState(root.state)]

    def resolve_why(root: PointLot, info: Any) -> Sequence[WhyStep]:
        return why_of(root)


class PointEntryType(ObjectType):
    """One line of the points statement."""

    id = graphene.ID(required=True, description="The line's id.")
    title = graphene.String(required=True, description="The cause in a few words.")
    points = graphene.Int(required=True, description="How many points, less what was taken back.")
    state = graphene.String(required=True, description="PENDING, ACTIVE, EXPIRED or REVOKED.")
    state_label = graphene.String(required=True, description="The state in the reader's language.")
    vests_at = DateTime(description="When they become usable; empty until the parcel is delivered.")
    expires_at = DateTime(description="When they lapse.")
    why = graphene.List(graphene.NonNull(WhyStepType), required=True, description="How the sum came about.")
    at = DateTime(required=True, description="When they were promised.")

    def resolve_title(root: PointLot, info: Any) -> str:
        return title_of(root)

    def resolve_points(root: PointLot, info: Any) -> int:
        return root.earned - root.reversed

    def resolve_state_label(root: PointLot, info: Any) -> str:
        return str(LotState(root.state).label)

    def resolve_why(root: PointLot, info: Any) -> Sequence[WhyStep]:
        return why_of(root)

    def resolve_at(root: PointLot, info: Any) -> datetime:
        return root.created_at


class TierType(ObjectType):
    """A level of membership."""

    key = graphene.String(required=True, description="The level's name for programs.")
    name = graphene.String(required=True, description="The level's name.")
    threshold = graphene.Field(MoneyType, required=True, description="Kept spending within twelve months it asks for.")
    perks = graphene.List(graphene.NonNull(graphene.String), required=True, description="What it gives.")
    multiplier = graphene.Float(required=True, description="How many times the basic points it earns.")

    def resolve_name(root: Tier, info: Any) -> str:
        return translate(root.names, info.context.viewer.locale)

    def resolve_threshold(root: Tier, info: Any) -> int:
        return root.threshold_minor

    def resolve_perks(root: Tier, info: Any) -> list[str]:
        perks: list[str] = root.perks.get(info.context.viewer.locale, [])
        return perks

    def resolve_multiplier(root: Tier, info: Any) -> float:
        return root.multiplier_bps / 10_000


class MembershipType(ObjectType):
    """Where the viewer stands, what counts, and what is missing."""

    tier = graphene.Field(TierType, required=True, description="The level held.")
    next_tier = graphene.Field(TierType, description="The next level, if there is one.")
    progress = graphene.Float(required=True, description="The part of the way to the next level, from 0 to 1.")
    qualifying_amount = graphene.Field(MoneyType, required=True, description="Spending that counts.")
    pending_amount = graphene.Field(MoneyType, required=True, description="Spending that will count when it is kept.")
    needed_amount = graphene.Field(MoneyType, description="What is missing for the next level.")
    why = graphene.List(graphene.NonNull(WhyStepType), required=True, description="The orders behind the sums.")
    tiers = graphene.List(graphene.NonNull(TierType), required=True, description="All levels, lowest first.")

    def resolve_progress(root: Progress, info: Any) -> float:
        return root.share

    def resolve_qualifying_amount(root: Progress, info: Any) -> Any:
        return root.kept

    def resolve_pending_amount(root: Progress, info: Any) -> Any:
        return root.pending

    def resolve_needed_amount(root: Progress, info: Any) -> Any:
        return root.needed

    def resolve_why(root: Progress, info: Any) -> Sequence[WhyStep]:
        return why_progress(spending_of(info))

    def resolve_tiers(root: Progress, info: Any) -> list[Tier]:
        return selectors.tiers()


class PointsAccountType(ObjectType):
    """The viewer's points."""

    available = graphene.Int(required=True, description="Points that can be used.")
    pending = graphene.Int(required=True, description="Points that wait for a return window to end.")
    entries = connection_field(
        lambda: PointEntryType,
        lambda root, info, first, after=None: statement_page(info, first=first, after=after),
        personal=True,
        description="The statement, newest first.",
    )

    def resolve_available(root: Any, info: Any) -> int:
        return selectors.points_available(info.context.viewer.id, now=info.context.now).amount

    def resolve_pending(root: Any, info: Any) -> int:
        return selectors.points_pending(info.context.viewer.id)


@dataclass(frozen=True)
class Day:
    """One day of the calendar that is shown."""

    day: date
    is_here: bool
    points: int
    can_be_made_up: bool


class CheckInDayType(ObjectType):
    """One day of the week that is shown."""

    day = graphene.Date(required=True, description="The day of trade.")
    is_here = graphene.Boolean(required=True, description="Whether the viewer checked in.")
    points = graphene.Int(required=True, description="What the day earns, or would earn.")
    can_be_made_up = graphene.Boolean(required=True, description="Whether it was missed and can be made up now.")


class CheckInCalendarType(ObjectType):
    """Where the viewer stands with daily check-ins."""

    is_done_today = graphene.Boolean(required=True, description="Whether today is done.")
    streak = graphene.Int(required=True, description="Days in a row until now.")
    points_today = graphene.Int(required=True, description="What today earns.")
    make_ups_left = graphene.Int(required=True, description="Missed days that can still be made up this month.")
    days = graphene.List(
        graphene.NonNull(CheckInDayType), required=True, description="Three days back, today and three days ahead."
    )


def calendar_of(info: Any) -> dict[str, Any]:
    """The viewer's check-ins around today."""
    user_id, now = info.context.viewer.id, info.context.now
    today, rule = business_day(now), selectors.check_in_rule(now)
    here = selectors.days_checked_in(user_id, until=today)
    left = max(0, rule.make_ups_per_month - selectors.make_ups_used(user_id, month_of=today))
    streak = rules.streak_until(today, days=here) - (today not in here)

    def earns(ahead: int) -> int:
        run = streak + ahead + (today not in here)
        return rules.check_in_points(streak=max(run, 1), points=rule.points, bonuses=rule.bonuses).amount

    def shown(offset: int) -> Day:
        day = today + timedelta(days=offset)
        missed = offset < 0 and day not in here
        in_reach = -offset <= rule.make_up_within_days
        points = earns(offset) if offset >= 0 or day in here else rule.points
        return Day(day=day, is_here=day in here, points=points, can_be_made_up=missed and in_reach and left > 0)

    return {
        "is_done_today": today in here,
        "streak": streak,
        "points_today": earns(0),
        "make_ups_left": left,
        "days": [shown(offset) for offset in SHOWN_DAYS],
    }


def title_of(lot: PointLot) -> str:
    """Name the cause of a lot in the reader's language."""
    return str(point_cause(lot.cause).title(lot.facts))


def why_of(lot: PointLot) -> list[WhyStep]:
    """Tell how a lot came about and what follows."""
    return [*point_cause(lot.cause).explain(lot.facts, lot.earned), waiting_for(lot)]


def spending_of(info: Any) -> Sequence[CountedSpending]:
    """The viewer's orders that count."""
    return selectors.recent_spending(info.context.viewer.id, now=info.context.now)


def statement_page(info: Any, *, first: int, after: str | None) -> Page:
    """One page of the viewer's points statement."""
    return selectors.statement_page(info.context.viewer.id, first=first, after=after)


def rewards_of(info: Any) -> Callable[[Sequence[UUID]], Mapping[UUID, list[PointLot]]]:
    """Read the viewer's lots of many orders at once."""
    return lambda order_ids: selectors.lots_of_orders(user_id=info.context.viewer.id, order_ids=order_ids)


def points_to_earn(quote: Any, info: Any) -> int:
    """What the viewer would earn for the goods of a quote, without shipping."""
    goods = Money(quote.total_minor - quote.shipping_minor)
    points = selectors.points_to_earn(user_id=info.context.viewer.user_id, goods=goods, now=info.context.now)
    return points.amount


class UsablePointsType(ObjectType):
    """What the viewer's points may pay of a basket."""

    points = graphene.Int(required=True, description="How many points it takes.")
    amount = graphene.Field(MoneyType, required=True, description="What they pay.")


def usable_points(quote: Any, info: Any) -> dict[str, Any]:
    """What points may pay of a quote, whether the viewer uses them already or not."""
    viewer, now = info.context.viewer, info.context.now
    taken = next((each for each in quote.adjustments if each.kind == "points"), None)
    if taken is not None:
        return {"points": taken.facts["points"], "amount": taken.amount_minor}
    offer = selectors.points_for_basket(quote.priced, user_id=viewer.user_id, now=now)
    return {"points": offer.points, "amount": offer.minor}


extend(
    QuoteType,
    usable_points=object_field(
        UsablePointsType,
        usable_points,
        required=True,
        personal=True,
        description="What the viewer's points may pay of this basket.",
    ),
    points_to_earn=object_field(
        graphene.Int,
        points_to_earn,
        required=True,
        personal=True,
        description="The points that the viewer would earn for this basket, without shipping.",
    ),
)
extend(
    ViewerType,
    check_in=object_field(
        CheckInCalendarType,
        lambda root, info: calendar_of(info),
        required=True,
        personal=True,
        description="The viewer's daily check-ins.",
    ),
    membership=object_field(
        MembershipType,
        lambda root, info: selectors.progress_of(info.context.viewer.id, now=info.context.now),
        required=True,
        personal=True,
        description="The viewer's level and the way to the next.",
    ),
    points=object_field(
        PointsAccountType, lambda root, info: {}, required=True, personal=True, description="The viewer's points."
    ),
)
extend(
    OrderType,
    rewards=object_field(
        graphene.List(graphene.NonNull(RewardType)),
        lambda root, info: load_for_orders(root, info, "rewards", rewards_of(info)) or [],
        required=True,
        personal=True,
        size=3,
        description="Points that the viewer was promised for this order.",
    ),
)

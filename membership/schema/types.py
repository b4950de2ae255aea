"""What the API shows of tiers and points."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import graphene
from django.utils.translation import gettext as _

from backend.accounts.schema.types import ViewerType
from backend.checkout.schema.types import QuoteType
from backend.core.graphql import DateTime, MoneyType, ObjectType, connection_field, extend, object_field
from backend.core.money import Money
from backend.core.paging import Page
from backend.orders.schema.loaders import load_for_orders
from backend.orders.schema.types import OrderType
from backend.surveys.schema.types import SurveyType
from membership import rules, selectors
from membership.models import LotState, PointLot
from membership.ports import Moved, WhyStep
from membership.schema.deeds import BadgeStateType, TaskType
from membership.schema.levels import MembershipType
from membership.schema.rewards import RewardType, WhyStepType, title_of
from membership.schema.visits import CheckInCalendarType, calendar_of
from membership.selectors.deeds import thanks_rule
from membership.selectors.statement import Entry, SpendEntry
from membership.wording import moved_of, title_of_spend, why_lot, why_not_points, why_spend

__all__ = ["RewardType", "WhyStepType"]


PointMovedEnum = graphene.Enum(
    "PointMoved", [(each.value, each.value) for each in Moved], description="What moved points, in one word."
)


class PointEntryType(ObjectType):
    """One line of the points statement: points that came, or points that went."""

    id = graphene.ID(required=True, description="The line's id.")
    kind = graphene.String(required=True, description="LOT for points that came, SPEND for points that went.")
    title = graphene.String(required=True, description="The cause in a few words.")
    cause = graphene.Field(PointMovedEnum, required=True, description="What moved the points last, for a picture.")
    points = graphene.Int(required=True, description="How many; what was taken back or came back is taken off.")
    state = graphene.String(required=True, description="PENDING, ACTIVE, EXPIRED, REVOKED, or SPENT and RETURNED.")
    state_label = graphene.String(required=True, description="The state in the reader's language.")
    vests_at = DateTime(description="When they become usable; empty until the parcel is delivered.")
    expires_at = DateTime(description="The last second in which they can be used.")
    why = graphene.List(
        graphene.NonNull(WhyStepType),
        required=True,
        description="The event, the rule, the facts, the sum, and everything that happened since.",
    )
    at = DateTime(required=True, description="When they were promised or used.")

    def resolve_kind(root: Entry, info: Any) -> str:
        return "SPEND" if isinstance(root, SpendEntry) else "LOT"

    def resolve_title(root: Entry, info: Any) -> str:
        return title_of_spend(root) if isinstance(root, SpendEntry) else title_of(root.lot)

    def resolve_cause(root: Entry, info: Any) -> str:
        return moved_of(root).value

    def resolve_points(root: Entry, info: Any) -> int:
        if isinstance(root, SpendEntry):
            return root.spend.returned - root.spend.amount
        return root.lot.earned - root.lot.reversed

    def resolve_state(root: Entry, info: Any) -> str:
        if isinstance(root, SpendEntry):
            return "RETURNED" if root.spend.returned == root.spend.amount else "SPENT"
        return root.lot.state

    def resolve_state_label(root: Entry, info: Any) -> str:
        if isinstance(root, SpendEntry):
            return _("All came back") if root.spend.returned == root.spend.amount else _("Used")
        return str(LotState(root.lot.state).label)

    def resolve_vests_at(root: Entry, info: Any) -> datetime | None:
        return None if isinstance(root, SpendEntry) else root.lot.vests_at

    def resolve_expires_at(root: Entry, info: Any) -> datetime | None:
        ends = None if isinstance(root, SpendEntry) else root.lot.expires_at
        return ends - timedelta(seconds=1) if ends else None

    def resolve_why(root: Entry, info: Any) -> Sequence[WhyStep]:
        return why_spend(root) if isinstance(root, SpendEntry) else why_lot(root)


class ExpiringType(ObjectType):
    """The points that lapse next."""

    points = graphene.Int(required=True, description="How many.")
    on = graphene.Date(required=True, description="The last day on which they can be used.")


class PointsAccountType(ObjectType):
    """The viewer's points."""

    available = graphene.Int(required=True, description="Points that can be used.")
    pending = graphene.Int(required=True, description="Points that wait for a return window to end.")
    owed = graphene.Int(required=True, description="Points that had to go back after they were spent.")
    worth = graphene.Field(MoneyType, required=True, description="What the usable points would pay.")
    expiring = graphene.Field(ExpiringType, description="What lapses next, within thirty days.")
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

    def resolve_owed(root: Any, info: Any) -> int:
        return selectors.points_owed(info.context.viewer.id).amount

    def resolve_worth(root: Any, info: Any) -> Money:
        now = info.context.now
        points = selectors.points_available(info.context.viewer.id, now=now).amount
        return rules.money_worth(points, points_per_yuan=selectors.spending_rule(now).points_per_yuan)

    def resolve_expiring(root: Any, info: Any) -> dict[str, Any] | None:
        return selectors.next_expiry(info.context.viewer.id, now=info.context.now)


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
    why_not = graphene.String(description="Why none can be used here, and what to do about it; empty if some can.")


def usable_points(quote: Any, info: Any) -> dict[str, Any]:
    """What points may pay of a quote, whether the viewer uses them already or not."""
    viewer, now = info.context.viewer, info.context.now
    taken = next((each for each in quote.adjustments if each.kind == "points"), None)
    if taken is not None:
        return {"points": taken.facts["points"], "amount": taken.amount_minor}
    offer = selectors.points_for_basket(quote.priced, user_id=viewer.user_id, now=now)
    return {"points": offer.points, "amount": offer.minor, "why_not": _why_not(quote, viewer, offer, now)}


def _why_not(quote: Any, viewer: Any, offer: rules.PointsOffer, now: datetime) -> str | None:
    if offer.points:
        return None
    keeps_away = not any(quote.priced.admits("points", line.key) for line in quote.priced.lines if not line.is_gift)
    user_id = viewer.user_id
    if user_id is None or keeps_away:
        return why_not_points(is_signed_in=user_id is not None, keeps_away=keeps_away)
    return why_not_points(
        is_signed_in=True,
        keeps_away=False,
        pending=selectors.points_pending(user_id),
        owed=selectors.points_owed(user_id).amount,
    )


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
    tasks=object_field(
        graphene.List(graphene.NonNull(TaskType)),
        lambda root, info: selectors.tasks_of(info.context.viewer.id, now=info.context.now),
        required=True,
        personal=True,
        description="The viewer's tasks, those of newcomers first.",
    ),
    badges=object_field(
        graphene.List(graphene.NonNull(BadgeStateType)),
        lambda root, info: selectors.badges_of(info.context.viewer.id),
        required=True,
        personal=True,
        description="All badges, and which of them the viewer has.",
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
extend(
    SurveyType,
    points=object_field(
        graphene.Int,
        lambda row, info: thanks_rule("survey", now=info.context.now).points,
        required=True,
        description="The points that an answer earns.",
    ),
)

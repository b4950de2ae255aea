"""What the API shows of daily check-ins."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import graphene

from backend.core.clock import business_day
from backend.core.graphql import ObjectType
from membership import rules, selectors

SHOWN_DAYS = range(-3, 4)


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

"""One visit a day earns points; days in a row earn more."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.core.clock import business_day
from backend.core.rows import insert_row_once
from membership import rules, selectors
from membership.actions.give_points import promise_points
from membership.actions.hold_wallets import hold_wallets
from membership.actions.vest_points import vest_lot
from membership.errors import CheckedInAlready, DayCannotBeMadeUp, MakeUpsUsed
from membership.models import CheckIn


@transaction.atomic
def check_in(*, user_id: UUID, now: datetime, day: date | None = None) -> CheckIn:
    """Note that a person is here today, a day of trade in Shanghai wherever the person is, and give the points at once.

    With `day` a missed day is made up for, so that the days in a row stay unbroken; it earns no bonus.

    Raises: CheckedInAlready, DayCannotBeMadeUp, MakeUpsUsed.
    Emits: PointsPromised, PointsVested.
    """
    hold_wallets([user_id])
    today = business_day(now)
    if day is not None and day != today:
        _check_make_up(user_id, day, today=today, now=now)
        return _note(user_id, day, is_made_up=True, now=now)
    return _note(user_id, today, is_made_up=False, now=now)


def _check_make_up(user_id: UUID, day: date, *, today: date, now: datetime) -> None:
    rule = selectors.check_in_rule(now)
    if not today - timedelta(days=rule.make_up_within_days) <= day < today:
        raise DayCannotBeMadeUp(days=rule.make_up_within_days)
    if selectors.make_ups_used(user_id, month_of=today) >= rule.make_ups_per_month:
        raise MakeUpsUsed


def _note(user_id: UUID, day: date, *, is_made_up: bool, now: datetime) -> CheckIn:
    rule = selectors.check_in_rule(now)
    streak = rules.streak_until(day, days=selectors.days_checked_in(user_id, until=day))
    bonuses = {} if is_made_up else rule.bonuses
    points = rules.check_in_points(streak=streak, points=rule.points, bonuses=bonuses)
    visit = CheckIn(user_id=user_id, day=day, is_made_up=is_made_up, streak=streak, points=points.amount, at=now)
    if not insert_row_once(visit):
        raise CheckedInAlready
    lot = promise_points(
        user_id=user_id,
        points=points,
        cause="check_in",
        source=("check_in", visit.id),
        rule_version=f"check_in:{rule.version}",
        facts={
            "day": day.isoformat(),
            "streak": streak,
            "points": rule.points,
            "bonuses": bonuses,
            "is_made_up": is_made_up,
            "rule_version": rule.version,
            "at": now.isoformat(),
        },
        vests_at=now,
        now=now,
    )
    if lot is not None:
        vest_lot(lot, now=now)
    return visit

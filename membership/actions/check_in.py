"""One visit a day earns points; days in a row earn more."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.core.clock import business_day
from backend.core.money import Points
from backend.core.rows import insert_row_once
from membership import rules, selectors
from membership.actions.campaign_points import take_check_in_bonus
from membership.actions.give_points import promise_points
from membership.actions.hold_wallets import hold_wallets
from membership.actions.note_deed import note_deed
from membership.actions.vest_points import vest_at_once
from membership.errors import CheckedInAlready, DayCannotBeMadeUp, MakeUpsUsed
from membership.models import CheckIn

WEEK = 7


@transaction.atomic
def check_in(*, user_id: UUID, now: datetime, day: date | None = None) -> CheckIn:
    """Note that a person is here today, a day of trade in Shanghai wherever the person is, and give the points at once.

    With `day` a missed day is made up for, so that the days in a row stay unbroken; it earns no bonus.

    Raises: CheckedInAlready, DayCannotBeMadeUp, MakeUpsUsed.
    Emits: PointsPromised, PointsVested, TaskDone, BadgeEarned.
    """
    hold_wallets([user_id])
    today = business_day(now)
    if day is not None and day != today:
        _check_make_up(user_id, day, today=today, now=now)
        visit = _note(user_id, day, is_made_up=True, now=now)
    else:
        visit = _note(user_id, today, is_made_up=False, now=now)
    note_deed(user_id=user_id, fact="CHECK_IN", source_id=visit.pk, now=now)
    if visit.streak % WEEK == 0:
        note_deed(user_id=user_id, fact="WEEK_IN_A_ROW", source_id=visit.pk, now=now)
    return visit


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
    if CheckIn.objects.filter(user_id=user_id, day=day).exists():
        raise CheckedInAlready
    campaign = None if is_made_up else take_check_in_bonus(user_id=user_id, now=now)
    points = Points(points.amount + (campaign["points"] if campaign else 0))
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
            "campaign": campaign,
            "rule_version": rule.version,
            "at": now.isoformat(),
        },
        vests_at=now,
        now=now,
    )
    if lot is not None:
        vest_at_once(lot, now=now)
    return visit

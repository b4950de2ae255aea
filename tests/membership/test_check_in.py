"""One visit a day earns points, days in a row earn more, a missed day can be made up for."""

from datetime import date, timedelta

import pytest

from backend.core import clock
from membership import actions, rules, selectors
from membership.errors import CheckedInAlready, DayCannotBeMadeUp, MakeUpsUsed
from membership.models import CheckIn, PointLot
from tests.factories.catalogue import NOON
from tests.factories.membership import make_person
from tests.support.api import Api
from tests.support.races import all_at_once

BONUSES = {"3": 3, "7": 10}
CALENDAR = (
    "{ viewer { checkIn { isDoneToday streak pointsToday makeUpsLeft days { day isHere points canBeMadeUp } } } }"
)
CHECK_IN = "mutation ($input: CheckInInput!) { checkIn(input: $input) { points streak errors { code message } } }"


def come(person, *days_later: int) -> list[int]:
    return [actions.check_in(user_id=person.id, now=NOON + timedelta(days=day)).points for day in days_later]


@pytest.mark.django_db
def test_a_visit_earns_points_that_can_be_used_at_once():
    bob = make_person()

    assert come(bob, 0) == [2]

    assert selectors.points_available(bob.id, now=NOON).amount == 2
    assert selectors.lots_that_disagree() == []


@pytest.mark.django_db
def test_a_second_visit_of_the_day_is_refused_and_writes_nothing():
    bob = make_person()
    come(bob, 0)

    with pytest.raises(CheckedInAlready):
        come(bob, 0)

    assert (CheckIn.objects.count(), PointLot.objects.filter(cause="check_in").count()) == (1, 1)


@pytest.mark.django_db
def test_the_day_is_the_shops_day_and_travelling_does_not_double_it():
    bob = make_person()
    midnight = NOON.replace(hour=16, minute=0)
    actions.check_in(user_id=bob.id, now=midnight - timedelta(seconds=1))
    actions.check_in(user_id=bob.id, now=midnight)

    days = CheckIn.objects.order_by("day").values_list("day", flat=True)
    assert days[1] - days[0] == timedelta(days=1)


@pytest.mark.django_db
def test_days_in_a_row_bring_a_bonus_and_a_gap_starts_anew():
    bob = make_person()

    assert come(bob, 0, 1, 2, 3, 4, 5, 6, 7, 9) == [2, 2, 5, 2, 2, 2, 12, 2, 2]


@pytest.mark.django_db
def test_a_missed_day_is_made_up_for_once_a_month_and_keeps_the_run():
    bob, later = make_person(), NOON + timedelta(days=2)
    come(bob, 0, 2)
    missed = clock.business_day(NOON + timedelta(days=1))

    visit = actions.check_in(user_id=bob.id, day=missed, now=later)

    assert (visit.points, visit.streak, visit.is_made_up) == (2, 2, True)
    assert come(bob, 3) == [2]
    assert CheckIn.objects.get(day=clock.business_day(NOON + timedelta(days=3))).streak == 4
    with pytest.raises(MakeUpsUsed):
        actions.check_in(user_id=bob.id, day=clock.business_day(NOON - timedelta(days=1)), now=later)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-4, -400, 1])
def test_days_out_of_reach_cannot_be_made_up_for(days):
    bob = make_person()

    with pytest.raises(DayCannotBeMadeUp):
        actions.check_in(user_id=bob.id, day=clock.business_day(NOON) + timedelta(days=days), now=NOON)

    assert not CheckIn.objects.exists()


@pytest.mark.django_db
def test_the_calendar_says_what_today_earns_and_what_can_be_made_up():
    bob = make_person()
    come(bob, -3, -2)
    with clock.frozen(NOON):
        before = Api(bob)(CALENDAR)["viewer"]["checkIn"]
        payload = Api(bob).payload(CHECK_IN, input={})
        again = Api(bob, locale="zh-Hans").payload(CHECK_IN, input={})
        after = Api(bob)(CALENDAR)["viewer"]["checkIn"]

    assert (before["isDoneToday"], before["streak"], before["makeUpsLeft"]) == (False, 0, 1)
    assert [day["canBeMadeUp"] for day in before["days"]] == [False, False, True, False, False, False, False]
    assert (payload["points"], payload["streak"]) == (2, 1)
    assert again["errors"][0]["code"] == "CHECKED_IN_ALREADY"
    assert (after["isDoneToday"], after["streak"]) == (True, 1)


def test_two_tabs_at_the_same_instant_check_in_once(fresh_database):
    bob = make_person()

    outcome = all_at_once(12, lambda _: actions.check_in(user_id=bob.id, now=NOON))

    assert (len(outcome.answers), {type(each) for each in outcome.raised}) == (1, {CheckedInAlready})
    assert selectors.points_available(bob.id, now=NOON).amount == 2


def test_the_longest_run_starts_over():
    points = [rules.check_in_points(streak=day, points=2, bonuses=BONUSES).amount for day in range(1, 15)]

    assert points == [2, 2, 5, 2, 2, 2, 12] * 2


def test_a_streak_counts_the_day_itself():
    day = date(2026, 3, 10)

    assert rules.streak_until(day, days={date(2026, 3, 9), date(2026, 3, 7)}) == 2

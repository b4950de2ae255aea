"""What this app does by the clock."""

from collections.abc import Callable

from celery import shared_task

from backend.core import clock
from membership import actions


@shared_task(name="membership.vest", ignore_result=True)
def vest() -> None:
    """Let points and spending vest whose return window is over."""
    _until_done(lambda: actions.vest_points(now=clock.now()))
    _until_done(lambda: actions.vest_spending(now=clock.now()))


@shared_task(name="membership.expire_points", ignore_result=True)
def expire_points() -> None:
    """Let points lapse whose last day is over, and tell of those whose day comes."""
    _until_done(lambda: actions.expire_points(now=clock.now()))
    _until_done(lambda: actions.tell_of_expiry(now=clock.now()))


@shared_task(name="membership.review_tiers", ignore_result=True)
def review_tiers() -> None:
    """Lift who fulfils a step already, and decide about those whose term is over."""
    _until_done(lambda: actions.raise_members(now=clock.now()))
    _until_done(lambda: actions.review_members(now=clock.now()))


@shared_task(name="membership.give_birthday_gifts", ignore_result=True)
def give_birthday_gifts() -> None:
    """Give the gifts of the day."""
    _until_done(lambda: actions.give_birthday_gifts(now=clock.now()))


def _until_done(work: Callable[[], int]) -> None:
    while work():
        pass


SCHEDULE = {
    "membership.vest": {"task": "membership.vest", "schedule": 60.0},
    "membership.expire_points": {"task": "membership.expire_points", "schedule": 900.0},
    "membership.review_tiers": {"task": "membership.review_tiers", "schedule": 900.0},
    "membership.give_birthday_gifts": {"task": "membership.give_birthday_gifts", "schedule": 900.0},
}

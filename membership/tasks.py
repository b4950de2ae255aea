"""What this app does by the clock."""

from celery import shared_task

from backend.core import clock
from membership import actions


@shared_task(name="membership.vest", ignore_result=True)
def vest() -> None:
    """Let points and spending vest whose return window is over."""
    now = clock.now()
    while actions.vest_points(now=now):
        pass
    while actions.vest_spending(now=now):
        pass


@shared_task(name="membership.expire_points", ignore_result=True)
def expire_points() -> None:
    """Let points lapse whose time is over."""
    now = clock.now()
    while actions.expire_points(now=now):
        pass


SCHEDULE = {
    "membership.vest": {"task": "membership.vest", "schedule": 60.0},
    "membership.expire_points": {"task": "membership.expire_points", "schedule": 3600.0},
}

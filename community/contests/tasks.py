"""What contests do by the clock."""

from celery import shared_task

from backend.core import clock
from community.contests import actions


@shared_task(name="contests.judge", ignore_result=True)
def judge() -> None:
    """Judge the contests that are over."""
    actions.judge_due_contests(now=clock.now())


SCHEDULE = {"contests.judge": {"task": "contests.judge", "schedule": 120.0}}

"""Work that after-sales do on their own: keeping what was promised about time."""

from celery import shared_task

from backend.aftersales.actions import keep_deadlines
from backend.core import clock

KEEP_DEADLINES = "aftersales.keep_deadlines"


@shared_task(name=KEEP_DEADLINES, ignore_result=True)
def keep() -> int:
    """Move the cases whose time is over."""
    return keep_deadlines(now=clock.now())


SCHEDULE = {KEEP_DEADLINES: {"task": KEEP_DEADLINES, "schedule": 60.0}}

"""What happens to trade-ins by themselves: keeping what was promised about time."""

from celery import shared_task

from backend.core import clock
from backend.tradein.actions import keep_deadlines

KEEP_DEADLINES = "tradein.keep_deadlines"
SCHEDULE = {KEEP_DEADLINES: {"task": KEEP_DEADLINES, "schedule": 60.0}}


@shared_task(name=KEEP_DEADLINES, ignore_result=True)
def keep() -> int:
    """Move the trade-ins whose time is over."""
    return keep_deadlines(now=clock.now())

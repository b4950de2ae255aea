"""What flash sales do by the clock. Whoever comes earlier than the clock finds the same: windows are judged on read."""

from celery import shared_task

from backend.core import clock
from backend.flash import actions


@shared_task(name="flash.keep_time", ignore_result=True)
def keep_time() -> None:
    """Stock the sales that open, close those whose time is over, remind, and serve the lines."""
    now = clock.now()
    actions.open_due_sales(now=now)
    actions.close_due_sales(now=now)
    actions.remind_due(now=now)
    actions.serve_all_waiting(now=now)


SCHEDULE = {"flash.keep_time": {"task": "flash.keep_time", "schedule": 5.0}}

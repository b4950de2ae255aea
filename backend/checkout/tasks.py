"""Work that checkout does on its own: closing orders whose time to pay is over."""

from celery import shared_task

from backend.checkout.actions import close_overdue_orders
from backend.core import clock

CLOSE_OVERDUE = "checkout.close_overdue_orders"


@shared_task(name=CLOSE_OVERDUE, ignore_result=True)
def close_overdue() -> int:
    """Close the unpaid orders whose time is over."""
    return close_overdue_orders(now=clock.now())


SCHEDULE = {CLOSE_OVERDUE: {"task": CLOSE_OVERDUE, "schedule": 10.0}}

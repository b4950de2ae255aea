"""Work that fulfilment does on its own: completing orders that were kept."""

from celery import shared_task

from backend.core import clock
from backend.fulfilment.actions import complete_due_orders

COMPLETE = "fulfilment.complete_due_orders"


@shared_task(name=COMPLETE, ignore_result=True)
def complete_due() -> int:
    """Complete the orders whose time to send something back is over."""
    return complete_due_orders(now=clock.now())


SCHEDULE = {COMPLETE: {"task": COMPLETE, "schedule": 300.0}}

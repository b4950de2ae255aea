"""Work that fulfilment does on its own: numbers, silent parcels, alarms, delays, and completing what was kept."""

from celery import shared_task

from backend.core import clock
from backend.fulfilment.actions import (
    alert_overdue_orders,
    ask_about_silent_parcels,
    complete_due_orders,
    foresee_delays,
    request_labels,
)

COMPLETE = "fulfilment.complete_due_orders"
LABELS = "fulfilment.request_labels"
SILENCE = "fulfilment.ask_about_silent_parcels"
ALERTS = "fulfilment.alert_overdue_orders"
FORESEE = "fulfilment.foresee_delays"


@shared_task(name=COMPLETE, ignore_result=True)
def complete_due() -> int:
    """Complete the orders whose time to send something back is over."""
    return complete_due_orders(now=clock.now())


@shared_task(name=LABELS, ignore_result=True)
def request() -> int:
    """Ask the carriers for the numbers that are missing."""
    return request_labels(clock=clock.now)


@shared_task(name=SILENCE, ignore_result=True)
def ask() -> int:
    """Ask the carriers about parcels of which nothing was heard."""
    return ask_about_silent_parcels(clock=clock.now)


@shared_task(name=ALERTS, ignore_result=True)
def alert() -> int:
    """Raise the alarm for orders that should have left."""
    return alert_overdue_orders(now=clock.now())


@shared_task(name=FORESEE, ignore_result=True)
def foresee() -> int:
    """Tell of parcels that will probably be late."""
    return foresee_delays(now=clock.now())


SCHEDULE = {
    COMPLETE: {"task": COMPLETE, "schedule": 300.0},
    LABELS: {"task": LABELS, "schedule": 5.0},
    SILENCE: {"task": SILENCE, "schedule": 60.0},
    ALERTS: {"task": ALERTS, "schedule": 60.0},
    FORESEE: {"task": FORESEE, "schedule": 900.0},
}

"""Work that payments do on their own: held money, refunds, watching how many payments fail, forgetting."""

from celery import shared_task

from backend.core import clock
from backend.payments.actions import (
    forget_tries,
    submit_due_authorisations,
    submit_due_refunds,
    watch_failure_rate,
    watch_refunds,
)
from backend.payments.handlers import SETTLE_AUTHORISATIONS, SUBMIT_REFUNDS

WATCH_FAILURES = "payments.watch_failures"
WATCH_REFUNDS = "payments.watch_refunds"
FORGET_TRIES = "payments.forget_tries"


@shared_task(name=SUBMIT_REFUNDS, ignore_result=True)
def submit_refunds() -> int:
    """Ask for every refund whose time has come."""
    return submit_due_refunds(clock=clock.now)


@shared_task(name=SETTLE_AUTHORISATIONS, ignore_result=True)
def settle_authorisations() -> int:
    """Take or release all held money that is due."""
    return submit_due_authorisations(clock=clock.now)


@shared_task(name=WATCH_FAILURES, ignore_result=True)
def watch_failures() -> int:
    """Look at how many payments fail."""
    return watch_failure_rate(now=clock.now())


@shared_task(name=WATCH_REFUNDS, ignore_result=True)
def watch_stuck_refunds() -> int:
    """Look whether a refund is stuck, or a transfer back late."""
    return watch_refunds(now=clock.now())


@shared_task(name=FORGET_TRIES, ignore_result=True)
def forget_old_tries() -> int:
    """Delete what the risk monitor remembered long enough."""
    return forget_tries(now=clock.now())


SCHEDULE = {
    SETTLE_AUTHORISATIONS: {"task": SETTLE_AUTHORISATIONS, "schedule": 10.0},
    SUBMIT_REFUNDS: {"task": SUBMIT_REFUNDS, "schedule": 10.0},
    WATCH_FAILURES: {"task": WATCH_FAILURES, "schedule": 60.0},
    WATCH_REFUNDS: {"task": WATCH_REFUNDS, "schedule": 60.0},
    FORGET_TRIES: {"task": FORGET_TRIES, "schedule": 3600.0},
}

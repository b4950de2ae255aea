"""Work that payments do on their own: asking providers for refunds that are due."""

from celery import shared_task

from backend.core import clock
from backend.payments.actions import submit_due_refunds
from backend.payments.waking import SUBMIT_REFUNDS


@shared_task(name=SUBMIT_REFUNDS, ignore_result=True)
def submit_refunds() -> int:
    """Ask for every refund whose time has come."""
    return submit_due_refunds(clock=clock.now)


SCHEDULE = {SUBMIT_REFUNDS: {"task": SUBMIT_REFUNDS, "schedule": 10.0}}

"""Work about people that nobody waits for."""

from celery import shared_task

from backend.accounts.actions import forget_unproven
from backend.core.clock import now

SCHEDULE = {"forget-unproven-accounts": {"task": "accounts.forget_unproven", "schedule": 3600.0}}


@shared_task(name="accounts.forget_unproven", ignore_result=True)
def forget_unproven_accounts() -> int:
    """Delete accounts whose email or phone was never proven."""
    return forget_unproven(now=now())

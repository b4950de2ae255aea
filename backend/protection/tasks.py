"""What happens to protection plans by itself: their time runs out."""

from celery import shared_task

from backend.core import clock
from backend.protection.actions import expire_coverages

EXPIRE = "protection.expire"
SCHEDULE = {EXPIRE: {"task": EXPIRE, "schedule": 3600.0}}


@shared_task(name=EXPIRE, ignore_result=True)
def expire() -> int:
    """Note the plans whose time is over."""
    return expire_coverages(now=clock.now())

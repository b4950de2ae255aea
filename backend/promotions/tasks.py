"""What promotions does by the clock."""

from __future__ import annotations

from celery import shared_task

from backend.core import clock
from backend.promotions.actions import expire_coupons, notice_expiring, work_off_batch

GIVE, EXPIRE = "promotions.give_coupons", "promotions.expire_coupons"


@shared_task(name=GIVE, ignore_result=True)
def give_coupons() -> None:
    """Work open batches off."""
    while work_off_batch(now=clock.now()):
        pass


@shared_task(name=EXPIRE, ignore_result=True)
def expire() -> None:
    """Let coupons lapse, and tell of those that soon will."""
    now = clock.now()
    while expire_coupons(now=now):
        pass
    while notice_expiring(now=now):
        pass


SCHEDULE = {
    GIVE: {"task": GIVE, "schedule": 15.0},
    EXPIRE: {"task": EXPIRE, "schedule": 600.0},
}

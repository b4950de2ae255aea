"""Work that carts do on their own."""

from celery import shared_task

from backend.cart.actions import forget_old_carts
from backend.core import clock

FORGET = "cart.forget_old_carts"


@shared_task(name=FORGET, ignore_result=True)
def forget_carts() -> int:
    """Delete the carts of browsers that never came back."""
    return forget_old_carts(now=clock.now())


SCHEDULE = {FORGET: {"task": FORGET, "schedule": 3600.0}}

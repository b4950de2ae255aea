"""What is due every day: reference prices that have grown old are forgotten."""

from datetime import timedelta

from celery import shared_task

from backend.catalogue.actions import drop_old_reference_prices
from backend.core import clock

KEPT = timedelta(days=60)
HOURLY = 3600.0


@shared_task(name="catalogue.drop_old_reference_prices", ignore_result=True)
def drop_old_references() -> int:
    """Forget reference prices of more than sixty days ago; the present price has stood long enough by itself."""
    now = clock.now()
    return drop_old_reference_prices(before=now - KEPT, now=now)


SCHEDULE = {
    "catalogue.drop_old_reference_prices": {"task": "catalogue.drop_old_reference_prices", "schedule": HOURLY},
}

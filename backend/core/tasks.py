"""The work that Celery finds under this app's name, and when it is due."""

from datetime import timedelta

from celery import shared_task

from backend.core import clock
from backend.core.idempotency import forget_keys
from backend.core.outbox.tasks import DELIVER, deliver_outbox

__all__ = ["SCHEDULE", "deliver_outbox", "forget_old_keys"]

KEYS_KEPT = timedelta(days=60)


@shared_task(name="core.forget_old_keys", ignore_result=True)
def forget_old_keys() -> int:
    """Delete idempotency keys that nobody will send again."""
    return forget_keys(older_than=clock.now() - KEYS_KEPT)


SCHEDULE = {
    "core.sweep_outbox": {"task": DELIVER, "schedule": 60.0},
    "core.forget_old_keys": {"task": "core.forget_old_keys", "schedule": 86_400.0},
}

"""The work that Celery finds under this app's name."""

from backend.core.outbox.tasks import deliver_outbox

__all__ = ["deliver_outbox"]

SCHEDULE = {
    "core.sweep_outbox": {"task": "core.deliver_outbox", "schedule": 60.0},
}

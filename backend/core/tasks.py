"""The work that Celery finds under this app's name."""

from backend.core.outbox.tasks import deliver_outbox

__all__ = ["deliver_outbox"]

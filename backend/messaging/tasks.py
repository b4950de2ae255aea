"""Work that nobody waits for: sending what is due."""

from celery import shared_task

from backend.core.clock import now
from backend.messaging import gateway
from backend.messaging.actions import send_due_messages
from backend.messaging.handlers import SEND_TASK

SWEEP_SECONDS = 5.0
SCHEDULE = {"send-due-messages": {"task": SEND_TASK, "schedule": SWEEP_SECONDS}}


@shared_task(name=SEND_TASK, ignore_result=True)
def send_messages() -> int:
    """Send mail and text messages that are due; woken by each new one, and by a sweep."""
    return send_due_messages(send=gateway.send, now=now())

"""Delivery as work for Celery. The broker only says "look now"; the facts are in the database."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from backend.core.outbox.relay import deliver_pending

logger = logging.getLogger(__name__)

AT_ONCE = 500


@shared_task(name="core.deliver_outbox", ignore_result=True)
def deliver_outbox() -> int:
    """Deliver open events; called after each commit that emitted, and by a sweep."""
    delivered = deliver_pending(limit=AT_ONCE)
    if delivered >= AT_ONCE:
        wake()
    return delivered


def wake() -> None:
    """Ask a worker to deliver now. A dead broker only makes it later: the sweep finds the rows."""
    try:
        deliver_outbox.apply_async(retry=False, ignore_result=True)
    except (OperationalError, OSError) as problem:
        logger.warning("The broker does not answer; the sweep will deliver: %s", problem)

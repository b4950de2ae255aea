"""Asking a worker to look at the refunds now, by the name of the task."""

import logging

from celery import current_app

SUBMIT_REFUNDS = "payments.submit_refunds"
logger = logging.getLogger(__name__)


def wake_refunds() -> None:
    """Ask a worker to submit what is due. A dead broker only makes it later: the schedule finds the rows."""
    try:
        current_app.send_task(SUBMIT_REFUNDS, retry=False, ignore_result=True)
    except Exception as problem:  # noqa: BLE001
        logger.warning("The broker does not answer; the schedule will find the refunds: %s", problem)

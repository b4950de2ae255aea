"""Asking a worker to make pictures now, by the name of the task."""

import logging

from celery import current_app

MAKE_PICTURES = "core.make_pictures"
logger = logging.getLogger(__name__)


def wake_makers() -> None:
    """Ask a worker to make what is due. A dead broker only makes it later: the schedule finds the rows."""
    try:
        current_app.send_task(MAKE_PICTURES, retry=False, ignore_result=True)
    except Exception as problem:  # noqa: BLE001
        logger.warning("The broker does not answer; the schedule will find the pictures: %s", problem)

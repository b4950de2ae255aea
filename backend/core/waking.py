"""Asking a worker to look at its rows now, by the name of the task."""

import logging

from celery import current_app

logger = logging.getLogger(__name__)


def wake_task(name: str) -> None:
    """Ask a worker to run a task that a schedule calls anyway. A dead broker only makes it later."""
    try:
        current_app.send_task(name, retry=False, ignore_result=True)
    except Exception as problem:  # noqa: BLE001 - whatever fails here, the schedule finds the rows
        logger.warning("The broker does not answer; the schedule will call %s: %s", name, problem)

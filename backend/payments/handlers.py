"""Reactions of payments: a refund that was decided wakes the worker that asks the provider."""

import logging

from backend.payments.events import RefundNeedsHelp, RefundRequested
from backend.payments.waking import wake_refunds

logger = logging.getLogger(__name__)


def ask_for_refund(event: RefundRequested) -> None:
    """Wake the worker. The refund's own row says when it is due, so a lost call only makes it later."""
    wake_refunds()


def alarm_about_refund(event: RefundNeedsHelp) -> None:
    """Put a refund that a person must look at into the log that is watched."""
    logger.error("Refund %s of order %s needs a person: %s", event.refund_id, event.order_id, event.problem)

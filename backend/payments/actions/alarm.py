"""Alarms about payments: opened once, closed when it is over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from backend.core.locks import advisory_lock
from backend.core.outbox import emit
from backend.payments.events import PaymentAlertOpened
from backend.payments.models import PaymentAlert
from backend.payments.rules.risk import FAILURE_LIMIT_BPS, WINDOW, failure_bps
from backend.payments.selectors.refunds import stuck_refunds
from backend.payments.selectors.risk import failure_counts

FAILURE_RATE, REFUND_STUCK, STATEMENT_DIFFERS = "failure_rate", "refund_stuck", "statement_differs"


@transaction.atomic
def watch_failure_rate(*, now: datetime) -> int:
    """Look at how many payments fail, and open or close the alarm; answer the rate in basis points.

    Emits: PaymentAlertOpened.
    """
    tried, failed = failure_counts(since=now - WINDOW, until=now)
    rate = failure_bps(tried=tried, failed=failed)
    if rate > FAILURE_LIMIT_BPS:
        open_alert(kind=FAILURE_RATE, evidence={"tried": tried, "failed": failed, "bps": rate}, now=now)
    else:
        close_alert(kind=FAILURE_RATE, now=now)
    return rate


@transaction.atomic
def watch_refunds(*, now: datetime) -> int:
    """Raise the alarm while refunds are stuck, and end it when none is; say how many are.

    A refund that a person sends by bank is their work, and stuck only when its time is over.

    Emits: PaymentAlertOpened.
    """
    stuck = stuck_refunds(now=now).count()
    if stuck:
        open_alert(kind=REFUND_STUCK, evidence={"stuck": stuck}, now=now)
    else:
        close_alert(kind=REFUND_STUCK, now=now)
    return stuck


@transaction.atomic
def open_alert(*, kind: str, evidence: Mapping[str, Any], now: datetime) -> bool:
    """Raise an alarm, unless the same one is open already.

    Emits: PaymentAlertOpened.
    """
    advisory_lock("payments.alert", kind)
    if PaymentAlert.objects.filter(kind=kind, closed_at=None).exists():
        return False
    alert = PaymentAlert.objects.create(kind=kind, level="P0", evidence=dict(evidence), opened_at=now)
    emit(PaymentAlertOpened(alert_id=alert.id, kind=kind, level=alert.level, at=now))
    return True


@transaction.atomic
def close_alert(*, kind: str, now: datetime) -> bool:
    """Say that an alarm is over."""
    return bool(PaymentAlert.objects.filter(kind=kind, closed_at=None).update(closed_at=now))

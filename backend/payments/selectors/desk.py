"""What the payments desk reads."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from backend.core.paging import Page, keyset_page
from backend.payments.models import HoldState, Payment, PaymentAlert, ProviderEvent, RiskHold
from backend.payments.rules.risk import FAILURE_LIMIT_BPS, WINDOW, failure_bps
from backend.payments.selectors.payments import HELD
from backend.payments.selectors.refunds import refunds_by_hand, stuck_refunds
from backend.payments.selectors.risk import failure_counts, failures_by_hour

OPEN_HOLDS = (HoldState.REVIEW, HoldState.CONFIRM)


def payments_found(*, query: str, state: str | None, first: int | None, after: str | None) -> Page:
    """Payments by order number, reference or the provider's number; all of them for an empty query.

    Raises: InvalidInput.
    """
    rows = Payment.objects.select_related("order")
    wanted = query.strip()
    if wanted:
        rows = rows.filter(Q(order__number__istartswith=wanted) | Q(reference=wanted) | Q(provider_reference=wanted))
    if state:
        rows = rows.filter(state=state)
    return keyset_page(rows, order=("-created_at", "-id"), first=first, after=after)


def events_held(*, is_reviewed: bool, first: int | None, after: str | None) -> Page:
    """Provider messages that changed nothing: those that wait for a person, or those that were read.

    Raises: InvalidInput.
    """
    rows = ProviderEvent.objects.filter(verdict__in=HELD, reviewed_at__isnull=not is_reviewed)
    return keyset_page(rows, order=("-received_at", "-id"), first=first, after=after)


def risk_holds(*, is_open: bool, first: int | None, after: str | None) -> Page:
    """Payments that look unusual: those that wait, or those that were decided.

    Raises: InvalidInput.
    """
    rows = RiskHold.objects.select_related("payment__order")
    rows = rows.filter(state__in=OPEN_HOLDS) if is_open else rows.exclude(state__in=OPEN_HOLDS)
    return keyset_page(rows, order=("-made_at", "-id"), first=first, after=after)


def payment_health(*, now: datetime) -> dict[str, Any]:
    """How payments do: the rate of failure now and by the hour, the alarms, and how much waits for people."""
    tried, failed = failure_counts(since=now - WINDOW, until=now)
    return {
        "tried": tried,
        "failed": failed,
        "failure_bps": failure_bps(tried=tried, failed=failed),
        "limit_bps": FAILURE_LIMIT_BPS,
        "hours": failures_by_hour(now=now),
        "alerts": list(PaymentAlert.objects.filter(closed_at=None).order_by("-opened_at")[:20]),
        "events_waiting": ProviderEvent.objects.filter(verdict__in=HELD, reviewed_at=None).count(),
        "refunds_waiting": stuck_refunds(now=now).count(),
        "refunds_to_send": refunds_by_hand().count(),
        "holds_waiting": RiskHold.objects.filter(state=HoldState.REVIEW).count(),
    }


def hold_of(payment: Payment) -> RiskHold | None:
    """What a payment waits for, if it looked unusual."""
    return RiskHold.objects.filter(payment_id=payment.pk).first()

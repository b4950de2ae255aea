"""Recent facts around one payment, and how many payments fail."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F

from backend.payments.models import HoldState, Payment, PaymentTry, Refund, RiskHold
from backend.payments.rules.risk import TRUSTED_FOR, RiskFacts, digests_of

DAY, HOUR, MINUTES, WEEK = timedelta(days=1), timedelta(hours=1), timedelta(minutes=10), timedelta(days=7)
LOOKED_BACK = 20

FAILURES = """
SELECT count(*) FROM payments_providerevent told
JOIN payments_payment payment ON payment.reference = told.reference
JOIN orders_order owner ON owner.id = payment.order_id
WHERE told.kind = 'payment.failed' AND told.is_authentic AND told.received_at > %s AND owner.buyer_id = %s
"""
TRIED = """
SELECT count(*), count(*) FILTER (WHERE NOT is_paid) FROM (
    SELECT reference, bool_or(kind <> 'payment.failed') AS is_paid FROM payments_providerevent
    WHERE is_authentic AND kind IN ('payment.failed', 'payment.succeeded', 'payment.authorised')
      AND received_at > %s AND received_at <= %s
    GROUP BY reference
) AS tried
"""
BY_HOUR = """
SELECT step.at, count(tried.reference), count(tried.reference) FILTER (WHERE NOT tried.is_paid)
FROM generate_series(
    date_trunc('hour', %(now)s::timestamptz) - interval '23 hours', %(now)s, interval '1 hour'
) step(at)
LEFT JOIN LATERAL (
    SELECT reference, bool_or(kind <> 'payment.failed') AS is_paid FROM payments_providerevent
    WHERE is_authentic AND kind IN ('payment.failed', 'payment.succeeded', 'payment.authorised')
      AND received_at >= step.at AND received_at < step.at + interval '1 hour'
    GROUP BY reference
) tried ON TRUE GROUP BY step.at ORDER BY step.at
"""


def risk_facts(payment: Payment, *, buyer_id: UUID, device: str, address: str, now: datetime) -> RiskFacts:
    """What happened lately around this payment. Identifiers are compared as digests."""
    of_buyer = PaymentTry.objects.filter(buyer_id=buyer_id)
    at_once = Refund.objects.filter(
        order__buyer_id=buyer_id,
        requested_at__gt=now - WEEK,
        requested_at__lt=F("payment__captured_at") + HOUR,
        reason="cancelled_by_buyer",
    )
    return RiskFacts(
        amount_minor=payment.amount_minor,
        paid_minor=_paid_lately(buyer_id),
        buyers_on_device=_buyers("device", _digests(device, now), buyer_id=buyer_id, since=now - DAY),
        buyers_at_address=_buyers("address", _digests(address, now), buyer_id=buyer_id, since=now - HOUR),
        payers_of_buyer=of_buyer.filter(at__gt=now - DAY).exclude(payer="").values("payer").distinct().count(),
        failures=_number(FAILURES, [now - MINUTES, buyer_id]),
        refunds_at_once=at_once.count(),
    )


def is_trusted(*, buyer_id: UUID, now: datetime, needs_review: bool) -> bool:
    """Whether somebody, or for small findings the buyer's own word, cleared this buyer lately."""
    cleared = RiskHold.objects.filter(buyer_id=buyer_id, state=HoldState.RELEASED, decided_at__gt=now - TRUSTED_FOR)
    if needs_review:
        cleared = cleared.exclude(decided_by=F("buyer"))
    return cleared.exists()


def failure_counts(*, since: datetime, until: datetime) -> tuple[int, int]:
    """How many payments were tried in a time, and how many of them were not paid in it."""
    with connection.cursor() as cursor:
        cursor.execute(TRIED, [since, until])
        tried, failed = cursor.fetchone()
    return int(tried), int(failed)


def failures_by_hour(*, now: datetime) -> list[dict[str, Any]]:
    """The last day, hour by hour."""
    with connection.cursor() as cursor:
        cursor.execute(BY_HOUR, {"now": now})
        return [{"at": at, "tried": tried, "failed": failed} for at, tried, failed in cursor.fetchall()]


def _digests(value: str, now: datetime) -> list[str]:
    return digests_of(value, secret=settings.SECRET_KEY, now=now)


def _buyers(column: str, digests: Sequence[str], *, buyer_id: UUID, since: datetime) -> int:
    """How many people, this one included, tried to pay from there."""
    if not digests:
        return 0
    others = PaymentTry.objects.filter(**{f"{column}__in": digests}, at__gt=since).exclude(buyer_id=buyer_id)
    return 1 + others.values("buyer_id").distinct().count()


def _paid_lately(buyer_id: UUID) -> list[int]:
    paid = Payment.objects.filter(order__buyer_id=buyer_id, settles_order=True, captured_minor__gt=0)
    return list(paid.order_by("-captured_at").values_list("captured_minor", flat=True)[:LOOKED_BACK])


def _number(statement: str, values: Sequence[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])

"""Reads of the counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, TypedDict
from uuid import UUID

from django.db import connection
from django.db.models import Max, QuerySet, Sum

from backend.core.outbox.models import OutboxEvent
from backend.insights import rules
from backend.insights.models import HourlyFact, KnownBuyer
from backend.insights.ports import gauges

WATCHED = timedelta(days=14)
SLOWEST_OUTBOX_SECONDS = 30

SERIES = """
SELECT step.at, COALESCE(sum(fact.value), 0)::bigint
FROM generate_series(date_trunc(%(unit)s, %(first)s::timestamptz, 'Asia/Shanghai'), %(last)s, %(step)s) AS step(at)
LEFT JOIN insights_hourlyfact fact ON fact.hour >= step.at AND fact.hour < step.at + %(step)s
    AND fact.metric = %(metric)s AND fact.campaign_id IS NOT DISTINCT FROM %(campaign)s::uuid
GROUP BY step.at ORDER BY step.at
"""


class MetricRow(TypedDict):
    """One number with its words."""

    key: str
    label: str
    value: int
    unit: str


class InvariantRow(MetricRow):
    """One number that must be right."""

    is_healthy: bool


def totals(campaign_id: UUID | None, metrics: Iterable[str] = rules.SHOWN_TOTALS) -> list[MetricRow]:
    """What has been counted altogether, for a campaign or for the whole shop."""
    found = dict(_facts(campaign_id).values_list("metric").annotate(total=Sum("value")))
    return [metric_row(rules.METRICS[key], found.get(key, 0)) for key in metrics]


def totals_of(campaign_ids: Iterable[UUID]) -> dict[UUID, list[MetricRow]]:
    """The totals of several campaigns, in one statement."""
    wanted = list(campaign_ids)
    counted = HourlyFact.objects.filter(campaign_id__in=wanted).values_list("campaign_id", "metric")
    found: dict[UUID, dict[str, int]] = {campaign_id: {} for campaign_id in wanted}
    for campaign_id, metric, total in counted.annotate(total=Sum("value")).order_by():
        found[campaign_id][metric] = total
    return {
        campaign_id: [metric_row(rules.METRICS[key], values.get(key, 0)) for key in rules.SHOWN_TOTALS]
        for campaign_id, values in found.items()
    }


def newest_of(campaign_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """The newest hour that holds anything, for several campaigns in one statement."""
    facts = HourlyFact.objects.filter(campaign_id__in=list(campaign_ids)).values_list("campaign_id")
    return dict(facts.annotate(newest=Max("hour")).order_by())


def funnel(campaign_id: UUID | None) -> list[MetricRow]:
    """From a visit to a confirmed order."""
    return totals(campaign_id, rules.FUNNEL)


def series(campaign_id: UUID | None, *, now: datetime) -> list[dict[str, Any]]:
    """The chart lines: by hour for a short span, by day for a long one, at most two weeks."""
    first = _facts(campaign_id).order_by("hour").values_list("hour", flat=True).first() or now
    first = max(first, now - WATCHED)
    step = rules.step_for(first=first, last=now)
    return [
        {"key": key, "label": str(rules.METRICS[key].label), "points": _points(campaign_id, key, first, now, step)}
        for key in rules.SHOWN_SERIES
    ]


def counted_until(campaign_id: UUID | None, *, now: datetime) -> datetime:
    """The newest hour that holds anything; now when nothing was counted yet."""
    newest: datetime | None = _facts(campaign_id).aggregate(newest=Max("hour"))["newest"]
    return newest or now


def buyers_count() -> int:
    """How many people have a confirmed order."""
    return KnownBuyer.objects.count()


def outbox_lag_seconds(now: datetime) -> int:
    """How old the oldest event is that was not delivered yet."""
    oldest = (
        OutboxEvent.objects.filter(done_at=None, parked_at=None)
        .order_by("position")
        .values_list("emitted_at", flat=True)
    )
    first = oldest.first()
    return max(0, int((now - first).total_seconds())) if first else 0


def invariants(campaign_id: UUID | None, *, now: datetime) -> list[InvariantRow]:
    """Every gauge, read now."""
    rows: list[InvariantRow] = []
    for gauge in gauges():
        value = gauge.read(campaign_id, now)
        rows.append(
            {
                "key": gauge.key,
                "label": str(gauge.label),
                "value": value,
                "unit": gauge.unit,
                "is_healthy": gauge.is_healthy(value),
            }
        )
    return rows


def metric_row(metric: rules.Metric, value: int) -> MetricRow:
    """One number with its words, in the reader's language."""
    return {"key": metric.key, "label": str(metric.label), "value": int(value), "unit": metric.unit}


def _facts(campaign_id: UUID | None) -> QuerySet[HourlyFact]:
    return HourlyFact.objects.filter(campaign_id=campaign_id)


def _points(
    campaign_id: UUID | None, metric: str, first: datetime, last: datetime, step: timedelta
) -> list[dict[str, Any]]:
    parameters: dict[str, Any] = {
        "unit": "hour" if step < timedelta(days=1) else "day",
        "first": first,
        "last": last,
        "step": step,
        "metric": metric,
        "campaign": campaign_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(SERIES, parameters)
        return [{"at": at, "value": value} for at, value in cursor.fetchall()]

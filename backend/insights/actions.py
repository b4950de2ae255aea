"""Counting what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from backend.core.ids import new_id
from backend.insights import rules
from backend.insights.models import KnownBuyer, KnownSubject

ADD = """
INSERT INTO insights_hourlyfact AS fact (id, campaign_id, metric, hour, value) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (campaign_id, metric, hour) DO UPDATE SET value = fact.value + EXCLUDED.value
"""


@transaction.atomic
def count_event(*, name: str, payload: Mapping[str, Any], emitted_at: datetime) -> UUID | None:
    """Count one event for the shop and for its campaign, and answer that campaign.

    The relay calls it once per event: the count and the note that it was counted commit together.
    """
    campaign_id = _campaign_of(name, payload)
    at = rules.happened_at(payload, emitted_at)
    if name == "OrderConfirmed":
        KnownBuyer.objects.get_or_create(buyer_id=UUID(str(payload["buyer_id"])), defaults={"first_at": at})
    hour = rules.hour_of(at)
    for metric, value in sorted(rules.counts_of(name, payload).items()):
        for counted_for in sorted({None, campaign_id}, key=str):
            _add(counted_for, metric, hour, value)
    return campaign_id


def _campaign_of(name: str, payload: Mapping[str, Any]) -> UUID | None:
    campaign_id = rules.named_campaign(name, payload)
    if (subject_id := rules.introduced(name, payload)) is not None and campaign_id is not None:
        KnownSubject.objects.bulk_create(
            [KnownSubject(subject_id=subject_id, campaign_id=campaign_id)], ignore_conflicts=True
        )
    if campaign_id is None and (subject_id := rules.referred(name, payload)) is not None:
        return KnownSubject.objects.filter(pk=subject_id).values_list("campaign_id", flat=True).first()
    return campaign_id


def _add(campaign_id: UUID | None, metric: str, hour: datetime, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ADD, [new_id(), campaign_id, metric, hour, value])

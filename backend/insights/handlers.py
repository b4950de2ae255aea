"""Reactions to every event: it is counted, and whoever watches the campaign is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.core.realtime import publish
from backend.insights.actions import count_event
from backend.insights.rules import counts_of

WHOLE_SHOP = "all"


def count_everything(*, name: str, payload: dict[str, Any], event_id: UUID, at: datetime) -> None:
    """Count an event, and hint those who watch."""
    campaign_id = count_event(name=name, payload=payload, emitted_at=at)
    if not counts_of(name, payload):
        return
    version = int(at.timestamp() * 1000)
    for watched in filter(None, (campaign_id, WHOLE_SHOP)):
        publish(f"campaign:{watched}", {"id": str(watched), "version": version})

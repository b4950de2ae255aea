"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig

from backend.core.outbox import subscribe_all
from backend.insights.ports import register_gauge


class InsightsConfig(AppConfig):
    """Live numbers."""

    name = "backend.insights"
    label = "insights"

    def ready(self) -> None:
        """Count every event, and show how late events are."""
        subscribe_all("backend.insights.handlers.count_everything")
        register_gauge("backend.insights.gauges.OUTBOX_LAG")

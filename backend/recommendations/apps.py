"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string

from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.search.events import PersonalOrderSwitched


class RecommendationsConfig(AppConfig):
    name = "backend.recommendations"
    label = "recommendations"

    def ready(self) -> None:
        """Share the switch of one's own order with search."""
        register(import_string("backend.recommendations.privacy.PicksPrivacy")())
        subscribe(PersonalOrderSwitched, "backend.recommendations.handlers.follow_switch")

"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.fulfilment.ports import use_standings
from backend.messaging.kinds import register_kind
from backend.quality.events import ImprovementGiven, ServiceNoteWritten


class QualityConfig(AppConfig):
    name = "backend.quality"
    label = "quality"

    def ready(self) -> None:
        """Say which carriers are taken where, and tell people what they were given."""
        use_standings("backend.quality.selectors.carriers.standings_in_force")
        subscribe(ImprovementGiven, "backend.quality.handlers.tell_owner")
        subscribe(ServiceNoteWritten, "backend.quality.handlers.tell_agent")
        register(import_string("backend.quality.privacy.QualityPrivacy")())
        register_kind(
            "improvement_given",
            title=_("Something to make better is yours"),
            body=_("Case %(number)s waits for you until %(day)s."),
        )
        register_kind(
            "service_noted",
            title=_("Somebody looked at your service"),
            body=_("There is a note about one of your cases: %(words)s"),
        )

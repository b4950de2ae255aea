"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.fulfilment.events import DeliveredSurveyDue
from backend.messaging.kinds import register_kind
from backend.surveys.events import SurveyOffered


class SurveysConfig(AppConfig):
    name = "backend.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Ask after deliveries, and tell people that they are asked."""
        register(import_string("backend.surveys.privacy.SurveysPrivacy")())
        subscribe(DeliveredSurveyDue, "backend.surveys.handlers.ask_about_delivery")
        subscribe(SurveyOffered, "backend.surveys.handlers.tell_of_survey")
        register_kind(
            "survey_offered",
            title=_("How was the delivery?"),
            body=_("Three taps tell us how the carrier did. There are points for it."),
        )

"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.messaging.kinds import register_kind
from backend.search.ports import register_source
from backend.support.events import HelpArticleSaved, SuggestionAdopted, TicketAnswered


class SupportConfig(AppConfig):
    name = "backend.support"
    label = "support"

    def ready(self) -> None:
        """Let articles be found, and tell people of answers."""
        register_source("help", "backend.support.selectors.sources.Articles")
        register(import_string("backend.support.privacy.SupportPrivacy")())
        subscribe(HelpArticleSaved, "backend.support.handlers.index_article")
        subscribe(TicketAnswered, "backend.support.handlers.tell_of_answer")
        subscribe(SuggestionAdopted, "backend.support.handlers.thank_for_suggestion")
        register_kind(
            "support_answered",
            title=_("We have answered you"),
            body=_("There is an answer to your question %(number)s."),
        )
        register_kind(
            "support_adopted",
            title=_("We take up your suggestion"),
            body=_("Thank you: what you suggested in %(number)s will be done."),
        )

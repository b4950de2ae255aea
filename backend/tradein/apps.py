"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.messaging.kinds import register_kind
from backend.tradein.events import TradeInMoved

KINDS = {
    "trade_in_received": (_("Your old thing has arrived"), _("We look at %(thing)s now and tell you what we find.")),
    "trade_in_lowered": (
        _("Please look at our new price"),
        _("After inspection we offer %(amount)s for %(thing)s. Answer within seven days, or it comes back to you."),
    ),
    "trade_in_credited": (_("Store credit for your old thing"), _("%(amount)s for %(thing)s is in your wallet.")),
    "trade_in_going_back": (_("Your old thing comes back"), _("We send %(thing)s back to you, free of charge.")),
    "trade_in_closed": (
        _("Your trade-in is closed"),
        _("%(thing)s did not come within ten days. Ask for a new offer whenever you like."),
    ),
}


class TradeInConfig(AppConfig):
    name = "backend.tradein"
    label = "tradein"

    def ready(self) -> None:
        """Tell people what becomes of their things."""
        register(import_string("backend.tradein.privacy.TradeInPrivacy")())
        subscribe(TradeInMoved, "backend.tradein.handlers.tell_person")
        for kind, (title, body) in KINDS.items():
            register_kind(kind, title=title, body=body)

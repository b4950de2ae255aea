"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from backend.catalogue.events import ProductChanged
from backend.core.outbox import subscribe
from backend.messaging.kinds import register_kind


class CartConfig(AppConfig):
    name = "backend.cart"
    label = "cart"

    def ready(self) -> None:
        """Hear of prices, and say how the news of a lower one reads."""
        subscribe(ProductChanged, "backend.cart.handlers.tell_of_price")
        register_kind(
            "price_dropped",
            title=_("Something you like costs less"),
            body=_("%(product)s is %(price)s now, %(saved)s less than when you saved it."),
        )

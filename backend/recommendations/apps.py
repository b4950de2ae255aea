"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string

from backend.cart.events import PutInCart
from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.orders.events import OrderPaid
from backend.search.events import PersonalOrderSwitched


class RecommendationsConfig(AppConfig):
    name = "backend.recommendations"
    label = "recommendations"

    def ready(self) -> None:
        """Share the switch of one's own order with search, and tell search what came of what it found."""
        register(import_string("backend.recommendations.privacy.PicksPrivacy")())
        subscribe(PersonalOrderSwitched, "backend.recommendations.handlers.follow_switch")
        subscribe(PutInCart, "backend.recommendations.handlers.tell_of_cart")
        subscribe(OrderPaid, "backend.recommendations.handlers.tell_of_order")

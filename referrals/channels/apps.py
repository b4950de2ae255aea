"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string

from backend.accounts.events import PersonSignedUp
from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.orders.events import OrderPaid, OrderRefunded
from backend.payments.events import AuthorisationLost, AuthorisationVoided


class ChannelsConfig(AppConfig):
    """Links of the growth team."""

    name = "referrals.channels"
    # Django's channels already goes by the short name.
    label = "growth_channels"

    def ready(self) -> None:
        """Hear of new people, of orders and of money that goes back."""
        register(import_string("referrals.channels.privacy.ChannelsPrivacy")())
        keep = import_string("referrals.invites.ports.register_visit_keeper")
        keep("referrals.channels.actions.adopt_visits.adopt_visits")
        subscribe(PersonSignedUp, "referrals.channels.handlers.credit_who_signed_up")
        subscribe(OrderPaid, "referrals.channels.handlers.credit_paid_order")
        subscribe(OrderRefunded, "referrals.channels.handlers.take_back_refund")
        subscribe(AuthorisationVoided, "referrals.channels.handlers.take_back_released")
        subscribe(AuthorisationLost, "referrals.channels.handlers.take_back_lost")

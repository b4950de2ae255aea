"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string

from backend.core.outbox import subscribe
from backend.payments.events import RefundNeedsHelp, RefundRequested


class PaymentsConfig(AppConfig):
    name = "backend.payments"
    label = "payments"

    def ready(self) -> None:
        """Make the providers known and listen to what is decided about refunds."""
        # Models are ready only now, so what imports them is imported by its path.
        provider = import_string("backend.payments.providers.sandbox.SandboxProvider")
        register = import_string("backend.payments.ports.register_provider")
        register(
            provider(
                url=settings.PROVIDER_URL, public_url=settings.PROVIDER_PUBLIC_URL, secrets=settings.PROVIDER_SECRETS
            )
        )
        subscribe(RefundRequested, "backend.payments.handlers.ask_for_refund")
        subscribe(RefundNeedsHelp, "backend.payments.handlers.alarm_about_refund")

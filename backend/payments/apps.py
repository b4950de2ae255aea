"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string

from backend.accounts.events import PasskeyAdded, PasskeyLooksCopied, PasskeyRemoved
from backend.core.outbox import subscribe
from backend.insights.ports import register_gauge
from backend.payments.events import (
    AuthorisationDecided,
    PaymentAlertOpened,
    PaymentHeldForReview,
    RefundNeedsHelp,
    RefundRequested,
    RiskDecided,
    StoreCreditGranted,
)
from backend.payments.notices import register_notices
from backend.promotions.adjustments import register_source


class PaymentsConfig(AppConfig):
    name = "backend.payments"
    label = "payments"

    def ready(self) -> None:
        """Make the providers known and listen to what is decided about refunds."""
        # Models are ready only now, so what imports them is imported by its path.
        import_string("backend.payments.providers.configured.register_configured")()
        register_source("backend.payments.actions.credit_source.StoreCreditSource")
        subscribe(AuthorisationDecided, "backend.payments.handlers.settle_authorisation")
        subscribe(RefundRequested, "backend.payments.handlers.ask_for_refund")
        subscribe(RefundNeedsHelp, "backend.payments.handlers.alarm_about_refund")
        subscribe(PaymentAlertOpened, "backend.payments.handlers.tell_staff_of_alert")
        subscribe(PaymentHeldForReview, "backend.payments.handlers.tell_staff_of_hold")
        subscribe(RiskDecided, "backend.payments.handlers.tell_buyer_of_decision")
        subscribe(StoreCreditGranted, "backend.payments.handlers.tell_of_credit")
        for happened in (PasskeyAdded, PasskeyRemoved, PasskeyLooksCopied):
            subscribe(happened, "backend.payments.handlers.tell_of_passkey")
        for gauge in ("FAILURE_RATE", "STUCK_REFUNDS", "OPEN_DIFFERENCES"):
            register_gauge(f"backend.payments.gauges.{gauge}")
        register_notices()

"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.aftersales.events import AfterSaleClosed, LinesRefunded
from backend.aftersales.ports import fill_repair_cover
from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.messaging.kinds import register_kind
from backend.orders.events import OrderClosed, OrderPaid, OrderRefunded
from backend.protection.events import CoverageActivated, CoverageEnded

HERE = "backend.protection.handlers"


class ProtectionConfig(AppConfig):
    name = "backend.protection"
    label = "protection"

    def ready(self) -> None:
        """Follow the payment of plans and the return of pieces, and answer aftersales what is covered."""
        fill_repair_cover("backend.protection.covering.PlanCover")
        register(import_string("backend.protection.privacy.ProtectionPrivacy")())
        subscribe(OrderPaid, f"{HERE}.activate_paid")
        subscribe(OrderClosed, f"{HERE}.drop_closed")
        subscribe(OrderRefunded, f"{HERE}.end_refunded")
        subscribe(LinesRefunded, f"{HERE}.end_returned")
        subscribe(AfterSaleClosed, f"{HERE}.give_repair_back")
        subscribe(CoverageActivated, f"{HERE}.tell_of_activation")
        subscribe(CoverageEnded, f"{HERE}.tell_of_end")
        register_kind(
            "protection_active",
            title=_("Your protection plan is in force"),
            body=_("%(plan)s for %(thing)s covers you until %(until)s."),
        )
        register_kind(
            "protection_ended",
            title=_("A protection plan has ended"),
            body=_("%(plan)s for %(thing)s ended early. %(amount)s goes back to you."),
        )

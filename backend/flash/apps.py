"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig

from backend.core.outbox import subscribe
from backend.flash.events import FlashPiecesBack, FlashSaleMoved
from backend.flash.notices import register_notices
from backend.insights.ports import register_gauge
from backend.promotions.adjustments import register_source
from backend.promotions.events import CampaignSaved
from backend.promotions.ports import register_rule_kind


class FlashConfig(AppConfig):
    """Flash sales."""

    name = "backend.flash"
    label = "flash"

    def ready(self) -> None:
        """Fill the ports of promotions and of the cockpit, and hear what happens."""
        register_rule_kind("backend.flash.actions.flash_price.FLASH_PRICE")
        register_source("backend.flash.actions.price_source.FlashPriceSource")
        register_notices()
        for gauge in ("OVERSOLD", "MISCOUNTED"):
            register_gauge(f"backend.flash.gauges.{gauge}")
        subscribe(FlashSaleMoved, "backend.flash.handlers.refresh_sale")
        subscribe(FlashPiecesBack, "backend.flash.handlers.serve_line")
        subscribe(CampaignSaved, "backend.flash.handlers.follow_campaign")

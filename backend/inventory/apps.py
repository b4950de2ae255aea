"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig

from backend.catalogue.ports import add_variant_part
from backend.core.outbox import subscribe
from backend.inventory.events import AvailabilityChanged

# The same number that `rules.shown` gives; a test holds the two together.
AVAILABLE = (
    "COALESCE((SELECT GREATEST(0, LEAST(99, stock.on_hand - stock.reserved))"
    " FROM inventory_stockitem stock WHERE stock.variant_id = variant.id), 0)"
)


class InventoryConfig(AppConfig):
    name = "backend.inventory"
    label = "inventory"

    def ready(self) -> None:
        """Put the number of pieces beside each variant and keep it true."""
        add_variant_part("available", AVAILABLE)
        subscribe(AvailabilityChanged, "backend.inventory.handlers.refresh_availability")

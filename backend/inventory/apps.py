"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig

from backend.catalogue.events import VariantStockImported
from backend.catalogue.ports import add_variant_part
from backend.core.outbox import subscribe
from backend.inventory.events import AvailabilityChanged, StockImported
from backend.inventory.notices import register_notices

# The same number that `rules.shown` gives; a test holds the two together.
AVAILABLE = (
    "COALESCE((SELECT GREATEST(0, LEAST(99, stock.on_hand - stock.reserved))"
    " FROM inventory_stockitem stock WHERE stock.variant_id = variant.id), 0)"
)


class InventoryConfig(AppConfig):
    name = "backend.inventory"
    label = "inventory"

    def ready(self) -> None:
        """Put the number of pieces beside each variant and keep it true; tell those who wait."""
        add_variant_part("available", AVAILABLE)
        register_notices()
        subscribe(AvailabilityChanged, "backend.inventory.handlers.refresh_availability")
        subscribe(AvailabilityChanged, "backend.inventory.handlers.tell_those_who_wait")
        subscribe(StockImported, "backend.inventory.handlers.refresh_imported")
        subscribe(VariantStockImported, "backend.inventory.handlers.set_imported")

"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig

from backend.catalogue.events import VariantStockImported
from backend.catalogue.ports import add_product_condition, add_variant_part
from backend.core.outbox import subscribe
from backend.inventory.events import AvailabilityChanged, StockImported
from backend.inventory.notices import register_notices

# The same number that `rules.shown` gives; a test holds the two together.
AVAILABLE = (
    "COALESCE((SELECT GREATEST(0, LEAST(99, stock.on_hand - stock.reserved))"
    " FROM inventory_stockitem stock WHERE stock.variant_id = variant.id), 0)"
)
# Whether a product, the row of `catalogue_product`, can be had at this moment.
IN_STOCK = (
    "EXISTS (SELECT FROM catalogue_variant offered JOIN inventory_stockitem stock ON stock.variant_id = offered.id"
    " WHERE offered.product_id = product.id AND offered.is_offered AND stock.on_hand > stock.reserved)"
)


class InventoryConfig(AppConfig):
    name = "backend.inventory"
    label = "inventory"

    def ready(self) -> None:
        """Put the number of pieces beside each variant and keep it true, let lists ask for it; tell those who wait."""
        add_variant_part("available", AVAILABLE)
        add_product_condition("in_stock", IN_STOCK)
        register_notices()
        subscribe(AvailabilityChanged, "backend.inventory.handlers.refresh_availability")
        subscribe(AvailabilityChanged, "backend.inventory.handlers.tell_those_who_wait")
        subscribe(StockImported, "backend.inventory.handlers.refresh_imported")
        subscribe(VariantStockImported, "backend.inventory.handlers.set_imported")

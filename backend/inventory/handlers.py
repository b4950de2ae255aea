"""Reactions of the stock room: shared answers with another number are thrown away, those who wait are told."""

from backend.catalogue.events import VariantStockImported
from backend.catalogue.selectors import cache_keys_of
from backend.core.freshness import bump
from backend.core.realtime import publish
from backend.inventory import actions, selectors
from backend.inventory.events import AvailabilityChanged, StockImported

MOST_HINTS = 200


def refresh_availability(event: AvailabilityChanged) -> None:
    """Make the page of the product and the lists new, and tell whoever looks at it."""
    bump(*cache_keys_of([event.product_id]))
    version = int(event.at.timestamp() * 1000)
    publish(f"product:{event.product_id}", {"id": str(event.product_id), "version": version})


def tell_those_who_wait(event: AvailabilityChanged) -> None:
    """Whoever waits for this variant hears that it is there again."""
    if event.available > 0:
        actions.tell_watchers(variant_id=event.variant_id, now=event.at)


def refresh_imported(event: StockImported) -> None:
    """Make the pages of all products of a file new."""
    products = selectors.products_of_import(event.import_id)
    bump(*cache_keys_of(products))
    version = int(event.at.timestamp() * 1000)
    for product_id in products[:MOST_HINTS]:
        publish(f"product:{product_id}", {"id": str(product_id), "version": version})


def set_imported(event: VariantStockImported) -> None:
    """Set on hand what a table of products said, once per piece of the table."""
    rows = "".join(f"{sku},{pieces},set\n" for sku, pieces in zip(event.skus, event.quantities, strict=True))
    actions.import_stock(
        content=f"sku,quantity,mode\n{rows}".encode(),
        name=f"catalogue {event.import_id}",
        actor_id=event.imported_by,
        key=event.delivery_id,
        now=event.at,
    )

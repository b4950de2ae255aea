"""Reactions of the stock room: shared answers with another number in them are thrown away."""

from backend.catalogue.selectors import cache_keys_of
from backend.core.freshness import bump
from backend.core.realtime import publish
from backend.inventory.events import AvailabilityChanged


def refresh_availability(event: AvailabilityChanged) -> None:
    """Make the page of the product and the lists new, and tell whoever looks at it."""
    bump(*cache_keys_of([event.product_id]))
    version = int(event.at.timestamp() * 1000)
    publish(f"product:{event.product_id}", {"id": str(event.product_id), "version": version})

"""Reactions of the shop window: shared answers that are no longer true are thrown away."""

from backend.catalogue.events import BannerChanged, CategoryChanged, ProductChanged, ProductPublished, ProductRetired
from backend.catalogue.selectors import cache_keys_of
from backend.catalogue.selectors.keys import LISTS
from backend.core.freshness import bump
from backend.core.realtime import publish


def refresh_product(event: ProductPublished | ProductChanged | ProductRetired) -> None:
    """Make the page of the product and all lists new, and tell whoever looks at it."""
    bump(*cache_keys_of([event.product_id]))
    publish(f"product:{event.product_id}", {"id": str(event.product_id), "version": version_of(event)})


def refresh_lists(event: CategoryChanged | BannerChanged) -> None:
    """Make home, categories and lists new. Product pages show the category too, but never a banner."""
    bump(LISTS)


def version_of(event: ProductPublished | ProductChanged | ProductRetired) -> int:
    """A number that grows with each change: the milliseconds of its time."""
    return int(event.at.timestamp() * 1000)

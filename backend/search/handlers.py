"""Reactions of search: the index follows the shelf."""

from backend.catalogue.events import ProductChanged, ProductPublished
from backend.search.actions import index_product


def follow_product(event: ProductPublished | ProductChanged) -> None:
    """Write down anew what the product is found by."""
    index_product(product_id=event.product_id)

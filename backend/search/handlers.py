"""Reactions of search: the index follows the shelf."""

from backend.catalogue.events import CategoryChanged, ProductChanged, ProductPublished, ProductRetired
from backend.search.actions.indexing import index_subjects
from backend.search.selectors.goods import KIND, products_on_shelf


def follow_product(event: ProductPublished | ProductChanged | ProductRetired) -> None:
    """Write down anew what the product is found by, or forget it."""
    index_subjects(kind=KIND, subject_ids=[event.product_id])


def follow_shelf(event: CategoryChanged) -> None:
    """Write down anew what stands on a shelf, since its name is among what the products are found by."""
    index_subjects(kind=KIND, subject_ids=products_on_shelf(event.category_id))

"""Reads of the shop window. The hot ones are one statement each and give plain rows."""

from backend.catalogue.selectors.keys import cache_keys_of, slugs_of, title_of
from backend.catalogue.selectors.lists import PRODUCT_CHILDREN, ProductWish, product_page, product_row, product_rows
from backend.catalogue.selectors.shelves import brand_rows, category_rows, home_row
from backend.catalogue.selectors.variants import SellableVariant, sellable_variants

__all__ = [
    "PRODUCT_CHILDREN",
    "ProductWish",
    "SellableVariant",
    "brand_rows",
    "cache_keys_of",
    "category_rows",
    "home_row",
    "product_page",
    "product_row",
    "product_rows",
    "sellable_variants",
    "slugs_of",
    "title_of",
]

"""Reads of flash sales."""

from backend.flash.selectors.lookups import (
    STANDING,
    is_known_household,
    items_waited_for,
    offered_to_others,
    products_of_sale,
    sale_by_id,
    sales_to_remind_of,
    token_item,
)
from backend.flash.selectors.pages import (
    desk_sales,
    flash_of_product,
    mine_in_sales,
    products_with_flash,
    sales_of_days,
)
from backend.flash.selectors.sums import miscounted_items, oversold

__all__ = [
    "STANDING",
    "desk_sales",
    "flash_of_product",
    "is_known_household",
    "items_waited_for",
    "mine_in_sales",
    "miscounted_items",
    "offered_to_others",
    "oversold",
    "products_of_sale",
    "products_with_flash",
    "sale_by_id",
    "sales_of_days",
    "sales_to_remind_of",
    "token_item",
]

"""Reactions of carts and favourites to what happens on the shelf."""

from backend.cart.actions import tell_of_lower_price
from backend.catalogue.events import ProductChanged


def tell_of_price(event: ProductChanged) -> None:
    """Whoever remembers the product hears that it costs less than on the day they remembered it."""
    tell_of_lower_price(product_id=event.product_id, now=event.at)

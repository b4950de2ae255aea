"""Every write to a cart and to favourites."""

from backend.cart.actions.add_to_cart import add_to_cart, put_all_in_cart
from backend.cart.actions.change_lines import change_cart_line, select_cart_lines
from backend.cart.actions.holding import forget_old_carts
from backend.cart.actions.keep_favourites import add_favourite, move_to_favourites, remove_favourite
from backend.cart.actions.merge_cart import merge_cart
from backend.cart.actions.remove_lines import remove_cart_lines, take_ordered, undo_removal
from backend.cart.actions.tell_of_prices import tell_of_lower_price

__all__ = [
    "add_favourite",
    "add_to_cart",
    "change_cart_line",
    "forget_old_carts",
    "merge_cart",
    "move_to_favourites",
    "put_all_in_cart",
    "remove_cart_lines",
    "remove_favourite",
    "select_cart_lines",
    "take_ordered",
    "tell_of_lower_price",
    "undo_removal",
]

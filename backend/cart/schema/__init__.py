"""Carts and favourites as shoppers see them."""

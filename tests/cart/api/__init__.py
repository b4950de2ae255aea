"""Carts through the API."""

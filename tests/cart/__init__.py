"""Tests of carts and favourites."""

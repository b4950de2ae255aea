"""Prices, orders and payments as shoppers ask for them."""

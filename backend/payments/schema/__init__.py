"""Payments and refunds as the API shows them."""

"""Campaigns as the growth team sees them."""

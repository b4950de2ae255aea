"""Parcels as the API shows them."""

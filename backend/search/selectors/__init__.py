"""Reads of search: what a query means, what it finds, what to suggest, what the staff see."""

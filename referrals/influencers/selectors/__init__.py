"""Reads of the creator programme."""

"""Reads of protection plans."""

"""Reads of quality: carriers, figures that ask for a person, service, improvement cases."""

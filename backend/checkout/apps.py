"""Wiring of the app: it hears nothing; the sources of adjustments register themselves with it."""

from __future__ import annotations

from django.apps import AppConfig


class CheckoutConfig(AppConfig):
    name = "backend.checkout"
    label = "checkout"

"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig


class PromotionsConfig(AppConfig):
    name = "backend.promotions"
    label = "promotions"

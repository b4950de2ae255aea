"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig

from backend.catalogue.events import BannerChanged, CategoryChanged, ProductChanged, ProductPublished, ProductRetired
from backend.core.outbox import subscribe


class CatalogueConfig(AppConfig):
    name = "backend.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Keep shared answers true."""
        for event_type in (ProductPublished, ProductChanged, ProductRetired):
            subscribe(event_type, "backend.catalogue.handlers.refresh_product")
        for shelf_event in (CategoryChanged, BannerChanged):
            subscribe(shelf_event, "backend.catalogue.handlers.refresh_lists")

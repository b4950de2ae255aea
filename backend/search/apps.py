"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig

from backend.catalogue.events import ProductChanged, ProductPublished
from backend.catalogue.ports import add_home_part, use_matcher
from backend.core.outbox import subscribe
from backend.search.selectors import hot_searches_sql, matching_products


class SearchConfig(AppConfig):
    name = "backend.search"
    label = "search"

    def ready(self) -> None:
        """Let lists be narrowed by words, and follow the shelf before shared answers are thrown away."""
        use_matcher(matching_products)
        add_home_part("hot_searches", hot_searches_sql)
        for event_type in (ProductPublished, ProductChanged):
            subscribe(event_type, "backend.search.handlers.follow_product")

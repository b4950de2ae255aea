"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string

from backend.catalogue.events import CategoryChanged, ProductChanged, ProductPublished, ProductRetired
from backend.catalogue.ports import add_home_part, use_matcher
from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.search.ports import register_source
from backend.search.selectors.matching import hot_searches_sql, matching_products


class SearchConfig(AppConfig):
    name = "backend.search"
    label = "search"

    def ready(self) -> None:
        """Let lists be narrowed by words, and follow the shelf before shared answers are thrown away."""
        register_source("product", "backend.search.selectors.goods.Goods")
        register(import_string("backend.search.privacy.SearchPrivacy")())
        use_matcher(matching_products)
        add_home_part("hot_searches", hot_searches_sql)
        for event_type in (ProductPublished, ProductChanged, ProductRetired):
            subscribe(event_type, "backend.search.handlers.follow_product")
        subscribe(CategoryChanged, "backend.search.handlers.follow_shelf")

"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from backend.catalogue.events import (
    BannerChanged,
    CategoryChanged,
    ImportMoved,
    InformationReportAnswered,
    InformationReported,
    ProductChanged,
    ProductPublished,
    ProductRetired,
    RevisionMoved,
)
from backend.core.outbox import subscribe
from backend.messaging.kinds import register_kind


class CatalogueConfig(AppConfig):
    name = "backend.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Keep shared answers true."""
        for event_type in (ProductPublished, ProductChanged, ProductRetired):
            subscribe(event_type, "backend.catalogue.handlers.refresh_product")
        for shelf_event in (CategoryChanged, BannerChanged):
            subscribe(shelf_event, "backend.catalogue.handlers.refresh_lists")
        subscribe(RevisionMoved, "backend.catalogue.handlers.tell_editor")
        subscribe(InformationReportAnswered, "backend.catalogue.handlers.tell_reporter")
        subscribe(ImportMoved, "backend.catalogue.handlers.read_table")
        for desk_event in (RevisionMoved, InformationReported, InformationReportAnswered, ImportMoved):
            subscribe(desk_event, "backend.catalogue.handlers.hint_desk")
        register_kinds()


def register_kinds() -> None:
    """What editors and shoppers are told."""
    register_kind(
        "revision_returned",
        title=_("A product came back from review"),
        body=_("%(product)s: %(reason)s"),
    )
    register_kind(
        "revision_published",
        title=_("A product is on the shelf"),
        body=_("%(product)s passed all three checks; shoppers see it now."),
    )
    register_kind(
        "information_corrected",
        title=_("You were right, thank you"),
        body=_("%(product)s: %(answer)s"),
    )
    register_kind(
        "information_checked",
        title=_("We have checked what you reported"),
        body=_("%(product)s: %(answer)s"),
    )

"""Reactions of the shop window: shared answers that are no longer true are thrown away."""

from backend.catalogue.actions import read_next_piece
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
from backend.catalogue.models import RevisionState
from backend.catalogue.selectors import cache_keys_of, slugs_of, title_of
from backend.catalogue.selectors.keys import LISTS
from backend.core.freshness import bump
from backend.core.realtime import publish
from backend.messaging.actions import notify

AnyMoment = (
    ProductPublished
    | ProductChanged
    | ProductRetired
    | RevisionMoved
    | InformationReported
    | InformationReportAnswered
    | ImportMoved
)


def refresh_product(event: ProductPublished | ProductChanged | ProductRetired) -> None:
    """Make the page of the product and all lists new, and tell whoever looks at it."""
    bump(*cache_keys_of([event.product_id]))
    publish(f"product:{event.product_id}", {"id": str(event.product_id), "version": version_of(event)})


def refresh_lists(event: CategoryChanged | BannerChanged) -> None:
    """Make home, categories and lists new. Product pages show the category too, but never a banner."""
    bump(LISTS)


def tell_editor(event: RevisionMoved) -> None:
    """Whoever handed a revision in hears when it comes back or stands on the shelf."""
    kinds = {RevisionState.RETURNED: "revision_returned", RevisionState.PUBLISHED: "revision_published"}
    kind = kinds.get(RevisionState(event.state))
    if kind is None or event.submitted_by is None:
        return
    notify(
        user_id=event.submitted_by,
        kind=kind,
        params={"product": title_of(event.product_id), "reason": event.reason},
        url=f"/growth/products/{event.product_id}",
        dedupe_key=f"revision:{event.revision_id}:{event.state}:{version_of(event)}",
        now=event.at,
    )


def tell_reporter(event: InformationReportAnswered) -> None:
    """Whoever reported something hears what was found."""
    product_id = event.product_id
    notify(
        user_id=event.reporter_id,
        kind="information_corrected" if event.was_right else "information_checked",
        params={"product": title_of(product_id), "answer": event.answer},
        url=f"/p/{slugs_of([product_id])[product_id]}",
        dedupe_key=f"information_report:{event.report_id}",
        now=event.at,
    )


def read_table(event: ImportMoved) -> None:
    """Read the next piece of a table; each piece tells of the one after it."""
    if not event.is_ended:
        read_next_piece(import_id=event.import_id, now=event.at)


def hint_desk(event: RevisionMoved | InformationReported | InformationReportAnswered | ImportMoved) -> None:
    """Tell the desks of the console that something is new."""
    publish("merchandising", {"version": version_of(event)})


def version_of(event: AnyMoment) -> int:
    """A number that grows with each change: the milliseconds of its time."""
    return int(event.at.timestamp() * 1000)

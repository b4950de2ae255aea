"""Which placements stand on a page of finds, and how they do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from backend.catalogue.ports import product_conditions
from backend.core.paging import Page
from backend.search.models import Placement
from backend.search.rules.placing import FIRST_PLACE, keys_within, places_for
from backend.search.selectors.finding import Asked, Finds, narrowed_by

# The words must stand in the name, the shelf or the short facts: a placement is never a guess.
_RUNNING = """
SELECT placement.id, placement.product_id FROM search_placement placement
JOIN search_searchdocument document ON document.kind = 'product' AND document.subject_id = placement.product_id
JOIN catalogue_product product ON product.id = placement.product_id
LEFT JOIN catalogue_category shelf ON shelf.id = placement.category_id
WHERE placement.stopped_at IS NULL AND placement.starts_at <= %s AND placement.ends_at > %s
    AND (placement.openings_limit IS NULL OR placement.openings_count < placement.openings_limit)
    AND (placement.asked && %s::varchar[] OR shelf.slug = ANY(%s))
    AND document.head @@ %s::tsquery AND NOT document.head @@ %s::tsquery
    AND NOT placement.product_id = ANY(%s) AND {live} AND {narrowed}
ORDER BY placement.openings_count, placement.id LIMIT 20"""
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Placed:
    """One placement and its place on the page, from one."""

    placement_id: UUID
    product_id: UUID
    place: int


def placements_among(found: Finds, page: Page, asked: Asked, *, now: datetime) -> list[Placed]:
    """What stands between the finds of a first page by relevance, as its viewer sees it: it fits every word, can be
    had, and is none of the finds that stand above the first place anyway. A find further down is lifted."""
    above = [row["subject_id"] for row in page.nodes[: FIRST_PLACE - 1]]
    places = places_for(len(page.edges))
    is_first = asked.after is None and asked.sort == "RELEVANCE" and asked.kind == "product"
    if not places or not is_first or not found.wish.groups or found.help not in {"NONE", "FEW"}:
        return []
    flags, values = narrowed_by(asked.narrowing, found.wish).flags(product_conditions)
    statement = _RUNNING.format(live=product_conditions["in_stock"], narrowed=" AND ".join(flags.values()))
    parameters: list[Any] = [now, now, keys_within(found.wish), page.nodes[0]["categories"]]
    parameters += [found.wish.needs_all(), found.wish.left_out, above, *values]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = {product_id: placement_id for placement_id, product_id in reversed(cursor.fetchall())}
    chosen = list(reversed(rows.items()))[: len(places)]
    return [
        Placed(placement_id, product_id, place)
        for (product_id, placement_id), place in zip(chosen, places, strict=False)
    ]


def without_placed(page: Page, placed: Collection[Placed]) -> Page:
    """The page without the finds that stand on it as placements, so that nothing is shown twice."""
    ids = {each.product_id for each in placed}
    return replace(page, edges=[edge for edge in page.edges if edge.node["subject_id"] not in ids])


def listed_placements() -> QuerySet[Placement]:
    """The placements of the desk, those that end last first."""
    return Placement.objects.select_related("category").order_by("-ends_at", "-id")[:MOST_LISTED]


def state_of(placement: Placement, *, now: datetime) -> str:
    """How a placement stands."""
    if placement.stopped_at:
        return "STOPPED"
    if placement.ends_at <= now:
        return "ENDED"
    if placement.openings_limit is not None and placement.openings_count >= placement.openings_limit:
        return "SPENT"
    return "WAITING" if placement.starts_at > now else "RUNNING"


def placed_rows(placed: Collection[Placed], rows: Mapping[UUID, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Placements with the rows of their products."""
    return [
        {"id": each.placement_id, "place": each.place, "product": rows[each.product_id]}
        for each in placed
        if each.product_id in rows
    ]

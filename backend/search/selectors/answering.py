"""The whole answer to a search: finds in the viewer's order, the rows they show, and what is said about them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.catalogue.models import AttributeDefinition, Brand, Category
from backend.catalogue.selectors import product_rows
from backend.core.languages import translate
from backend.core.paging import Edge, Page
from backend.search.rules.folding import in_script
from backend.search.selectors.finding import MOST_FINDS, Asked, finds
from backend.search.selectors.personal import Reason, in_viewers_order
from backend.search.selectors.placing import Placed, placed_rows, placements_among, without_placed


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Who looks, and what of each product is shown."""

    locale: str
    person_id: UUID | None
    children: Collection[str] = ()


def search_answer(*, text: str, asked: Asked, seen_by: Viewpoint, now: datetime) -> dict[str, Any]:
    """What a viewer finds with these words, as one row.

    Raises: InvalidInput.
    """
    found = finds(text=text, asked=asked, now=now)
    page, reasons, is_personal = in_viewers_order(found, asked, seen_by.person_id)
    wish = found.wish
    placed = placements_among(found, page, asked, now=now)
    page = without_placed(page, placed)
    return {
        "words": text,
        "is_first": asked.after is None,
        "shown_for": in_script(wish.text, seen_by.locale) if wish.corrections else None,
        "corrections": [
            {"typed": each.typed, "meant": in_script(each.meant[0], seen_by.locale)} for each in wish.corrections
        ],
        "help": found.help,
        "also_for": [in_script(each.typed, seen_by.locale) for each in found.also],
        "count": found.count,
        "is_more": found.found_count >= MOST_FINDS,
        "exact_count": found.exact_count,
        "count_without_filter": found.found_count,
        "lowest_price": wish.lowest,
        "highest_price": wish.highest,
        "least_rating": wish.rating_min,
        "least_sold": wish.sold_min,
        "left_out": [in_script(each, seen_by.locale) for each in wish.refused],
        "sponsored": _placed(placed, seen_by),
        "finds": _filled(page, reasons, seen_by),
        "is_personal": is_personal,
        "counts": _named(found.counts, seen_by.locale) if asked.has_counts else None,
    }


def _placed(placed: Sequence[Placed], seen_by: Viewpoint) -> list[dict[str, Any]]:
    """The placements of this page with their products."""
    if not placed:
        return []
    ids = [each.product_id for each in placed]
    return placed_rows(placed, product_rows(product_ids=ids, locale=seen_by.locale, children=seen_by.children))


def _filled(page: Page, reasons: Mapping[UUID, Reason], seen_by: Viewpoint) -> Page:
    """The page with the rows of its products; what left the shelf a moment ago is left out."""
    rows = product_rows(
        product_ids=[node["subject_id"] for node in page.nodes], locale=seen_by.locale, children=seen_by.children
    )
    because = product_rows(product_ids={each.product_id for each in reasons.values()}, locale=seen_by.locale)
    edges = []
    for edge in page.edges:
        product_id = edge.node["subject_id"]
        reason = reasons.get(product_id)
        seen = because.get(reason.product_id) if reason else None
        if product_id in rows:
            why = {"kind": reason.kind, "product": seen} if reason and seen else None
            edges.append(Edge(node={"product": rows[product_id], "why": why}, cursor=edge.cursor))
    return replace(page, edges=edges)


def _named(counts: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """The counts with the names that a shopper reads."""
    shelves = dict(Category.objects.filter(slug__in=_values(counts["categories"])).values_list("slug", "name"))
    brands = dict(Brand.objects.filter(slug__in=_values(counts["brands"])).values_list("slug", "name"))
    return {
        **counts,
        "categories": _choices(counts["categories"], shelves, locale),
        "brands": _choices(counts["brands"], brands, locale),
        "attributes": _attributes(counts["attributes"], locale),
    }


def _values(counted: list[dict[str, Any]]) -> list[str]:
    return [each["value"] for each in counted]


def _choices(counted: list[dict[str, Any]], names: Mapping[str, Any], locale: str) -> list[dict[str, Any]]:
    return [{**each, "label": translate(names[each["value"]], locale)} for each in counted if each["value"] in names]


def _attributes(counted: list[dict[str, Any]], locale: str) -> list[dict[str, Any]]:
    """Values by attribute. A key that two shelves define is shown under the name that comes first."""
    keys = {each["value"].partition("=")[0] for each in counted}
    found: dict[str, dict[str, Any]] = {}
    for definition in AttributeDefinition.objects.filter(key__in=keys).order_by("position", "id"):
        named = found.setdefault(
            definition.key, {"key": definition.key, "label": translate(definition.name, locale), "labels": {}}
        )
        for choice in definition.choices:
            named["labels"].setdefault(f"{definition.key}={choice['key']}", translate(choice["label"], locale))
        if definition.type == "BOOLEAN":
            named["labels"].setdefault(f"{definition.key}=yes", translate(definition.name, locale))
    for named in found.values():
        labels = named.pop("labels")
        named["values"] = [{**each, "label": labels[each["value"]]} for each in counted if each["value"] in labels]
    return [named for named in found.values() if named["values"]]

"""Products of suggestions and of what was learnt, read with one statement."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from backend.catalogue.schema.loaders import preload_products, product_of
from backend.search.models import Learnt, Need, Placement
from backend.search.rules.needs import own_needs
from backend.search.rules.scoring import WHOLE
from backend.search.selectors.placing import state_of
from backend.search.selectors.suggesting import Suggestion


def suggested_rows(info: Any, found: Sequence[Suggestion]) -> list[dict[str, Any]]:
    """Suggestions as rows; a product brings its own name."""
    preload_products(info, [each.product_id for each in found if each.product_id])
    rows: list[dict[str, Any]] = []
    for each in found:
        product = product_of(info, each.product_id)
        if product or not each.product_id:
            rows.append({"kind": each.kind, "text": product["title"] if product else each.text, "product": product})
    return rows


def learnt_rows(info: Any, found: Sequence[Learnt]) -> list[dict[str, Any]]:
    """What was learnt, with the products that are still on the shelf."""
    preload_products(info, [each.product_id for each in found])
    return [
        {
            "product": product,
            "step": each.worth / WHOLE,
            "lift": each.lift,
            "expected": each.expected,
            "people_shown": each.people_shown,
            "people_opened": each.people_opened,
            "people_carted": each.people_carted,
            "people_bought": each.people_bought,
        }
        for each in found
        if (product := product_of(info, each.product_id))
    ]


def need_row(need: Need) -> dict[str, Any]:
    """A need that the staff wrote."""
    return {
        "code": need.code,
        "kind": need.kind,
        "says": need.says,
        "finds": need.finds,
        "shelves": need.shelves,
        "attributes": need.attributes,
        "is_on": need.is_on,
        "is_own": True,
        "is_shipped": need.code in own_needs(),
    }


def need_rows(found: Sequence[Need], kind: str) -> list[dict[str, Any]]:
    """The needs of one kind: those that the staff wrote first, then the shipped ones that nothing replaces."""
    written = {need.code for need in found}
    shipped = [
        {**asdict(need), "is_on": True, "is_own": False, "is_shipped": True}
        for need in own_needs().values()
        if need.kind == kind and need.code not in written
    ]
    return [need_row(need) for need in found if need.kind == kind] + shipped


def placement_rows(info: Any, found: Sequence[Placement]) -> list[dict[str, Any]]:
    """Placements as the desk shows them, with their products read at once."""
    preload_products(info, [each.product_id for each in found])
    return [placement_row(each, now=info.context.now) for each in found]


def placement_row(placement: Placement, *, now: datetime) -> dict[str, Any]:
    """One placement."""
    return {
        "id": placement.pk,
        "product_id": placement.product_id,
        "words": placement.words,
        "category": placement.category.slug if placement.category else None,
        "starts_at": placement.starts_at,
        "ends_at": placement.ends_at,
        "openings_limit": placement.openings_limit,
        "openings_count": placement.openings_count,
        "state": state_of(placement, now=now),
    }

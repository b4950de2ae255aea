"""Products of suggestions, read with one statement."""

from collections.abc import Sequence
from typing import Any

from backend.catalogue.schema.loaders import preload_products, product_of
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

"""The right input of everything that is done in the warehouse."""

from __future__ import annotations

from typing import Any

from backend.catalogue.models import Variant


def inputs_of(ids: dict[str, str], key: dict[str, str]) -> dict[str, dict[str, Any]]:
    """One input for each mutation."""
    sku = Variant.objects.get(pk=ids["variant"]).sku
    return {
        "setStoragePlace": {"variantId": ids["variant"], "aisle": 3, "bay": 12, "shelf": 2},
        "takeDelivery": {
            "supplier": "桐庐竹器厂",
            "noteNumber": "SH-1",
            "lines": [{"sku": sku, "quantity": 10}],
            **key,
        },
        "inspectDeliveryLine": {"lineId": ids["key"], "defects": 0, "note": "完好"},
    }

"""The number beside each variant."""

from typing import Any

import graphene

from backend.catalogue.schema.types import VariantType
from backend.core.graphql import extend, object_field
from backend.inventory.rules import shown
from backend.inventory.selectors import available_of


def resolve_available(variant: Any, info: Any) -> int:
    """Read the number that came with the row, or count for a variant that came alone."""
    if isinstance(variant, dict) and "available" in variant:
        return int(variant["available"])
    pk = variant["id"] if isinstance(variant, dict) else variant.pk
    return shown(available_of([pk])[pk])


extend(
    VariantType,
    available=object_field(
        graphene.Int,
        resolve_available,
        required=True,
        description="How many can be bought now; 99 stands for 99 or more.",
    ),
)

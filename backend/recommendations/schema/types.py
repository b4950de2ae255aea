"""Types of picks."""

from collections.abc import Collection, Sequence
from typing import Any

import graphene

from backend.catalogue.schema.types import ProductType
from backend.catalogue.selectors import product_rows
from backend.core.graphql import ObjectType, object_field
from backend.recommendations.rules import Candidate

PickReason = graphene.Enum(
    "PickReason",
    [(name, name) for name in ("BOUGHT", "SEEN", "LIKED", "ALIKE", "POPULAR")],
    description="What speaks for a pick: something bought, opened or liked; a likeness; or that others like it.",
)


class PickType(ObjectType):
    """One thing that is suggested, and why."""

    product = graphene.Field(ProductType, required=True, description="The product.")
    reason = graphene.Field(PickReason, required=True, description="What speaks for it.")
    because = graphene.Field(ProductType, description="The product that leads to it.")


class PicksType(ObjectType):
    """Some suggestions."""

    items = graphene.List(graphene.NonNull(PickType), required=True, description="The picks, the best first.")
    is_personal = object_field(
        graphene.Boolean,
        lambda row, info: row["is_personal"],
        required=True,
        personal=True,
        description="Whether they follow from what the viewer did.",
    )


class ProductPicksType(ObjectType):
    """What goes together with a product."""

    together = graphene.List(graphene.NonNull(PickType), required=True, description="Bought by the same people.")
    also = graphene.List(
        graphene.NonNull(PickType), required=True, description="Opened by the same people, or much alike."
    )


def pick_rows(candidates: Sequence[Candidate], *, locale: str, children: Collection[str]) -> list[dict[str, Any]]:
    """Picks with the rows of their products, in one statement, and of what led to them in another."""
    rows = product_rows(product_ids=[each.product_id for each in candidates], locale=locale, children=children)
    because = product_rows(product_ids=[each.of_id for each in candidates if each.of_id], locale=locale)
    return [
        {
            "product": rows[each.product_id],
            "reason": each.because,
            "because": because.get(each.of_id) if each.of_id else None,
        }
        for each in candidates
        if each.product_id in rows
    ]

"""What can be asked about picks."""

from typing import Any

import graphene

from backend.catalogue.schema.asking import asked_fields
from backend.core.graphql import CacheRule, anyone, as_uuid, query_field
from backend.recommendations.models import Tie
from backend.recommendations.schema.types import PicksType, PickType, ProductPicksType, pick_rows
from backend.recommendations.selectors import beside_product, beside_products, picks_for

MOST = 24


def resolve_picks(root: Any, info: Any, first: int, without: list[Any] | None = None) -> dict[str, Any]:
    """Picks for the viewer."""
    viewer = info.context.viewer
    chosen, is_personal = picks_for(
        person_id=viewer.user_id,
        without=[as_uuid(each) for each in without or []],
        first=min(first, MOST),
        now=info.context.now,
    )
    children = asked_fields(info, "items", "product")
    return {"items": pick_rows(chosen, locale=viewer.locale, children=children), "is_personal": is_personal}


def resolve_product_picks(root: Any, info: Any, product_id: Any, first: int) -> dict[str, Any]:
    """What goes together with a product."""
    locale = info.context.viewer.locale
    together = beside_product(product_id=product_id, tie=Tie.BOUGHT, first=min(first, MOST))
    also = beside_product(product_id=product_id, tie=Tie.SEEN, first=min(first, MOST))
    return {
        "together": pick_rows(together, locale=locale, children=asked_fields(info, "together", "product")),
        "also": pick_rows(also, locale=locale, children=asked_fields(info, "also", "product")),
    }


def resolve_beside(root: Any, info: Any, product_ids: list[Any], first: int) -> list[dict[str, Any]]:
    """What goes together with several products."""
    ids = [as_uuid(each) for each in product_ids]
    chosen = beside_products(product_ids=ids, first=min(first, MOST), now=info.context.now)
    return pick_rows(chosen, locale=info.context.viewer.locale, children=asked_fields(info, "product"))


_FIRST = {"first": graphene.Int(description="How many, 1 to 24; 20 if not said.")}


class Query:
    """The root fields of picks."""

    picks = query_field(
        PicksType,
        resolve_picks,
        permission=anyone,
        required=True,
        weight=5,
        without=graphene.List(graphene.NonNull(graphene.ID), description="What is shown already."),
        **_FIRST,
        description="What the viewer may like, and why; what others like for who has done nothing yet.",
    )
    product_picks = query_field(
        ProductPicksType,
        resolve_product_picks,
        permission=anyone,
        public_cache=CacheRule(("product:{product_id}",)),
        required=True,
        weight=5,
        product_id=graphene.ID(required=True, description="The product."),
        **_FIRST,
        description="What goes together with a product.",
    )
    picks_beside = query_field(
        graphene.List(graphene.NonNull(PickType)),
        resolve_beside,
        permission=anyone,
        required=True,
        size=12,
        weight=5,
        product_ids=graphene.List(
            graphene.NonNull(graphene.ID), required=True, description="The products, such as those of a cart."
        ),
        **_FIRST,
        description="What goes together with several products, none of them again.",
    )

"""Why things come back, shown at the desk that writes their pages."""

from typing import Any

import graphene

from backend.aftersales.models import CaseReason
from backend.aftersales.rules.returning import OF_THE_PAGE, WATCHED
from backend.aftersales.selectors.returns import ProductReturns, product_returns
from backend.catalogue.schema.desk_types import GoodsDetailType
from backend.core.graphql import DateTime, ObjectType, extend, object_field, query_field, role, translate


class ReturnReasonType(ObjectType):
    """How many pieces came back for one reason."""

    reason = graphene.String(required=True, description="The reason's key.")
    label = object_field(
        graphene.String, lambda row, info: str(CaseReason(row["reason"]).label), required=True, description="In words."
    )
    pieces = graphene.Int(required=True, description="How many pieces.")
    is_of_the_page = object_field(
        graphene.Boolean,
        lambda row, info: row["reason"] in OF_THE_PAGE,
        required=True,
        description="Whether better words, pictures or sizes could have spared it.",
    )


class ProductReturnsType(ObjectType):
    """What came back of a product in ninety days, and why."""

    product_id = graphene.ID(required=True, description="The product.")
    slug = graphene.String(required=True, description="Its name in addresses.")
    title = object_field(
        graphene.String,
        lambda row, info: translate(row.title, info.context.viewer.locale),
        required=True,
        description="Its title.",
    )
    days = object_field(
        graphene.Int, lambda row, info: WATCHED.days, required=True, description="Over how many days it is counted."
    )
    sold = graphene.Int(required=True, description="Pieces that were paid for in that time.")
    back = graphene.Int(required=True, description="Pieces of those that were asked to go back.")
    reasons = object_field(
        graphene.List(graphene.NonNull(ReturnReasonType)),
        lambda row, info: [{"reason": reason, "pieces": count} for reason, count in row.reasons],
        required=True,
        size=6,
        description="Why, the most frequent first.",
    )
    of_the_page = graphene.Int(required=True, description="Those that did not fit or were not as described.")
    sold_since_mended = graphene.Int(required=True, description="Pieces bought since the page was mended last.")
    back_since_mended = graphene.Int(required=True, description="Of those, what did not fit or was not as described.")
    mended_at = DateTime(description="When the page was mended last; empty if never.")
    is_marked = graphene.Boolean(required=True, description="Whether the page should be mended.")


def resolve_of_product(root: Any, info: Any) -> ProductReturns | None:
    """What came back of one product."""
    return next(iter(product_returns(product_id=root.pk, now=info.context.now)), None)


class ReturnsQuery:
    """What comes back."""

    product_returns = query_field(
        graphene.List(graphene.NonNull(ProductReturnsType)),
        lambda root, info: product_returns(now=info.context.now),
        permission=role("growth"),
        required=True,
        size=50,
        weight=5,
        description="Products of which something came back in ninety days, fifty at most, the most misleading first.",
    )


extend(
    GoodsDetailType,
    returns=object_field(
        ProductReturnsType, resolve_of_product, description="What came back of it in ninety days; empty if nothing did."
    ),
)

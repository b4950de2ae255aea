"""What can be asked about stock."""

from typing import Any

import graphene

from backend.core.graphql import connection, query_field, role, signed_in
from backend.inventory import selectors
from backend.inventory.schema.inbound import InboundDeliveryType, remember_deliveries
from backend.inventory.schema.types import (
    StockCountsType,
    StockImportType,
    StockMovementType,
    StockRowType,
    WhichStockEnum,
    preload_actors,
)

MOST_WORDS = 60


def _rows(root: Any, info: Any, first: int, after: str | None = None, words: str = "", which: Any = None) -> Any:
    return selectors.stock_rows(
        words=(words or "").strip()[:MOST_WORDS],
        which=which.value if which else "ALL",
        locale=info.context.viewer.locale,
        first=first,
        after=after,
    )


class Query:
    """The root fields of the stock room."""

    stock_rows = query_field(
        connection(StockRowType),
        _rows,
        permission=role("growth"),
        words=graphene.String(description="Words in the stock number or the name."),
        which=graphene.Argument(WhichStockEnum, description="Which variants."),
        description="Variants with their numbers, the fewest first.",
    )
    stock_counts = query_field(
        StockCountsType,
        lambda root, info: selectors.stock_counts(),
        permission=role("growth"),
        required=True,
        description="How many variants are low, gone and wanted.",
    )
    stock_movements = query_field(
        connection(StockMovementType),
        lambda root, info, first, variant_id, after=None: preload_actors(
            selectors.movements_of(variant_id=variant_id, first=first, after=after), info
        ),
        permission=role("growth"),
        variant_id=graphene.ID(required=True, description="The variant."),
        description="What changed the number of a variant, newest first.",
    )
    stock_imports = query_field(
        connection(StockImportType),
        lambda root, info, first, after=None: selectors.stock_imports(first=first, after=after),
        permission=role("growth"),
        description="Files of stock numbers, newest first.",
    )
    inbound_deliveries = query_field(
        connection(InboundDeliveryType),
        lambda root, info, first, waiting=False, after=None: remember_deliveries(
            selectors.inbound_deliveries(is_waiting=bool(waiting), first=first, after=after), info
        ),
        permission=role("growth", "support"),
        waiting=graphene.Boolean(description="Only what nobody has looked at yet."),
        description="What suppliers brought, newest first.",
    )
    watched_variants = query_field(
        graphene.List(graphene.NonNull(graphene.ID)),
        lambda root, info, product_id: [
            str(each) for each in selectors.watched_variants(user_id=info.context.viewer.id, product_id=product_id)
        ],
        permission=signed_in,
        required=True,
        product_id=graphene.ID(required=True, description="The product."),
        description="The variants of a product that the viewer waits for.",
    )

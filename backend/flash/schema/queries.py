"""What can be asked about flash sales."""

from typing import Any

import graphene

from backend.core.errors import InvalidInput
from backend.core.graphql import anyone, query_field, role, signed_in
from backend.flash import selectors
from backend.flash.schema.types import FlashDeskType, FlashSaleType, MyFlashType, with_products
from backend.promotions.ports import buyer_facts

MOST_ASKED = 30


def _sales(root: Any, info: Any) -> list[dict[str, Any]]:
    sales = selectors.sales_of_days(locale=info.context.viewer.locale, now=info.context.now)
    return with_products(sales, info)


def _of_product(root: Any, info: Any, product_id: Any) -> dict[str, Any] | None:
    found = selectors.flash_of_product(product_id=product_id, locale=info.context.viewer.locale, now=info.context.now)
    return with_products([found], info)[0] if found else None


def _mine(root: Any, info: Any, sale_ids: Any) -> list[dict[str, Any]]:
    if len(sale_ids) > MOST_ASKED:
        raise InvalidInput("saleIds")
    viewer = info.context.viewer
    return selectors.mine_in_sales(
        user_id=viewer.id, tier=buyer_facts(viewer.id).tier, sale_ids=sale_ids, now=info.context.now
    )


def _desk(root: Any, info: Any) -> dict[str, Any]:
    now = info.context.now
    return {
        "sales": with_products(selectors.desk_sales(now=now), info),
        "oversold": selectors.oversold(),
        "miscounted": len(selectors.miscounted_items()),
        "server_now": now,
    }


class Query:
    """The root fields of flash sales."""

    flash_sales = query_field(
        graphene.List(graphene.NonNull(FlashSaleType)),
        _sales,
        permission=anyone,
        required=True,
        description="The sales around today, in the order of their beginning.",
    )
    flash_of_product = query_field(
        FlashSaleType,
        _of_product,
        permission=anyone,
        product_id=graphene.ID(required=True, description="The product."),
        description="The sale that a product stands in now or within a day.",
    )
    my_flash = query_field(
        graphene.List(graphene.NonNull(MyFlashType)),
        _mine,
        permission=signed_in,
        required=True,
        sale_ids=graphene.List(graphene.NonNull(graphene.ID), required=True, description="The sales, at most thirty."),
        description="What the viewer has to do with sales.",
    )
    flash_desk = query_field(
        FlashDeskType,
        _desk,
        permission=role("growth"),
        required=True,
        description="The newest sales with everything that is counted.",
    )

"""The types of flash sales, and what they add to a product."""

from typing import Any

import graphene
import orjson

from backend.catalogue.schema.loaders import preload_products, product_of
from backend.catalogue.schema.types import ProductType
from backend.core.graphql import DateTime, MoneyType, ObjectType, extend, object_field
from backend.core.languages import translate
from backend.flash.rules import STATES
from backend.flash.selectors import products_with_flash

FlashStateEnum = graphene.Enum(
    "FlashState", [(state, state) for state in STATES], description="Where a sale stands, judged at this moment."
)


class FlashEarlyType(ObjectType):
    """A tier that may begin earlier."""

    tier = graphene.String(required=True, description="The key of the tier.")
    at = graphene.Field(DateTime, required=True, description="When it may begin.")


class FlashItemType(ObjectType):
    """One variant in a sale."""

    id = graphene.ID(required=True, description="Its id.")
    variant_id = graphene.ID(required=True, description="The variant.")
    kind = object_field(
        graphene.String,
        lambda row, info: translate(_texts(row["kind"]), info.context.viewer.locale),
        required=True,
        description="The chosen values in words; empty if there is no choice.",
    )
    product = object_field(
        ProductType,
        lambda row, info: product_of(info, row["product_id"]),
        description="The product; empty when it is no longer on the shelf.",
    )
    price = object_field(MoneyType, lambda row, info: row["price_minor"], required=True, description="The flash price.")
    single_price = object_field(
        MoneyType, lambda row, info: row["single_minor"], required=True, description="The price of buying normally."
    )
    whole = graphene.Int(required=True, description="How many pieces the sale has of it.")
    left = graphene.Int(required=True, description="How many are free now.")
    reserved = graphene.Int(required=True, description="How many wait for their payment and may come back.")
    state = graphene.Field(FlashStateEnum, required=True, description="Where this variant stands.")
    waiting = graphene.Int(required=True, description="How many people stand in line for it.")


class FlashSaleType(ObjectType):
    """One flash sale."""

    id = graphene.ID(required=True, description="Its id.")
    name = graphene.String(required=True, description="Its name in the reader's language.")
    starts_at = graphene.Field(DateTime, required=True, description="When it begins for everybody.")
    ends_at = graphene.Field(DateTime, required=True, description="When it is over.")
    early = graphene.List(
        graphene.NonNull(FlashEarlyType),
        required=True,
        description="Tiers that may begin earlier, the first one first.",
    )
    per_person = graphene.Int(required=True, description="How many one person may take.")
    is_paused = graphene.Boolean(required=True, description="Whether the shop has paused it.")
    state = graphene.Field(FlashStateEnum, required=True, description="Where it stands now.")
    items = graphene.List(graphene.NonNull(FlashItemType), required=True, description="What is sold, in order.")
    server_now = object_field(
        DateTime, lambda row, info: row["now"], required=True, description="The time of the server; countdowns use it."
    )


class FlashPlaceType(ObjectType):
    """The viewer's place in the line for one variant."""

    variant_id = graphene.ID(required=True, description="The variant.")
    ahead = graphene.Int(required=True, description="How many stand before.")


class FlashOfferType(ObjectType):
    """A piece that came back and is kept for the viewer for a short while."""

    variant_id = graphene.ID(required=True, description="The variant.")
    until = graphene.Field(DateTime, required=True, description="Until when.")


class MyFlashType(ObjectType):
    """What the viewer has to do with one sale."""

    sale_id = graphene.ID(required=True, description="The sale.")
    is_reminded = graphene.Boolean(required=True, description="Whether a reminder is set.")
    opens_at = graphene.Field(DateTime, required=True, description="When it opens for the viewer.")
    waiting = graphene.List(graphene.NonNull(FlashPlaceType), required=True, description="Where the viewer waits.")
    offered = graphene.List(graphene.NonNull(FlashOfferType), required=True, description="What is kept for the viewer.")
    order_id = graphene.ID(description="The viewer's order in this sale, if there is one.")


class FlashDeskItemType(ObjectType):
    """One variant of a sale with everything that is counted."""

    id = graphene.ID(required=True, description="Its id.")
    variant_id = graphene.ID(required=True, description="The variant.")
    product = object_field(
        ProductType, lambda row, info: product_of(info, row["product_id"]), description="The product, if on the shelf."
    )
    kind = object_field(
        graphene.String,
        lambda row, info: translate(_texts(row["kind"]), info.context.viewer.locale),
        required=True,
        description="The chosen values in words.",
    )
    price = object_field(MoneyType, lambda row, info: row["price_minor"], required=True, description="The flash price.")
    planned = graphene.Int(required=True, description="How many the rule wants.")
    quota = graphene.Int(required=True, description="How many were taken out of stock.")
    available = graphene.Int(required=True, description="How many are free.")
    reserved = graphene.Int(required=True, description="How many wait for their payment.")
    sold = graphene.Int(required=True, description="How many are paid.")
    returned = graphene.Int(required=True, description="How many went back to stock.")
    waiting = graphene.Int(required=True, description="How many stand in line.")
    tokens = graphene.Int(required=True, description="How many tokens were given.")
    flagged = graphene.Int(required=True, description="How many orders share an address with another.")


class FlashDeskSaleType(ObjectType):
    """One sale as the growth team sees it."""

    id = graphene.ID(required=True, description="Its id.")
    campaign_id = graphene.ID(required=True, description="Its campaign.")
    name = object_field(
        graphene.String,
        lambda row, info: translate(row["name"], info.context.viewer.locale),
        required=True,
        description="Its name in the reader's language.",
    )
    starts_at = graphene.Field(DateTime, required=True, description="When it begins.")
    ends_at = graphene.Field(DateTime, required=True, description="When it is over.")
    opens_at = graphene.Field(DateTime, required=True, description="When its pieces are taken out of stock.")
    per_person = graphene.Int(required=True, description="How many one person may take.")
    is_paused = graphene.Boolean(required=True, description="Whether its campaign is paused.")
    state = graphene.Field(FlashStateEnum, required=True, description="Where it stands now.")
    items = graphene.List(graphene.NonNull(FlashDeskItemType), required=True, description="What is sold, in order.")


class FlashDeskType(ObjectType):
    """The desk of the flash sales."""

    sales = graphene.List(graphene.NonNull(FlashDeskSaleType), required=True, description="The newest first.")
    oversold = graphene.Int(required=True, description="Variants with more orders than pieces: none, ever.")
    miscounted = graphene.Int(required=True, description="Variants whose pieces do not add up: none, ever.")
    server_now = graphene.Field(DateTime, required=True, description="The time of the server.")


def with_products(sales: list[dict[str, Any]], info: Any) -> list[dict[str, Any]]:
    """Read the products of all sales at once."""
    preload_products(info, [item["product_id"] for sale in sales for item in sale["items"]])
    return sales


def _has_flash(row: dict[str, Any], info: Any) -> bool:
    found = row["batch"].load("flash", lambda ids: products_with_flash(ids, now=info.context.now))
    return row["id"] in found


def _texts(column: Any) -> Any:
    return orjson.loads(column) if isinstance(column, str | bytes) else column


extend(
    ProductType,
    has_flash=object_field(
        graphene.Boolean,
        _has_flash,
        required=True,
        description="Whether it stands in a flash sale now or within a day; ask for the sale itself then.",
    ),
)

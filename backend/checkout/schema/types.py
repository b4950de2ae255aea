"""The types of a price, and what they add to an order."""

from typing import Any

import graphene

from backend.checkout.basket import OfferedAdjustment
from backend.checkout.models import OrderAdjustment
from backend.checkout.selectors import adjustments_of, pictures_by_id
from backend.core.graphql import MoneyType, ObjectType, PictureType, extend, object_field
from backend.core.languages import translate
from backend.core.pictures import picture_urls
from backend.orders.schema.loaders import load_for_orders
from backend.orders.schema.types import OrderType


def _text(name: str, description: str) -> Any:
    return object_field(
        graphene.String,
        lambda row, info: translate(getattr(row, name), info.context.viewer.locale),
        required=True,
        description=description,
    )


def _sentences(row: OfferedAdjustment | OrderAdjustment, info: Any) -> list[str]:
    return [translate(sentence, info.context.viewer.locale) for sentence in row.explanation]


def _picture(row: Any, info: Any) -> dict[str, Any] | None:
    """The picture of a line; the first one asked for reads those of all lines."""
    loaders = info.context.loaders
    if "checkout.pictures" not in loaders:
        loaders["checkout.pictures"] = pictures_by_id(loaders["checkout.picture_ids"])
    found = loaders["checkout.pictures"].get(row.picture_id)
    return picture_urls(found) if found else None


def remember_pictures(lines: Any, info: Any) -> None:
    """Note which pictures one statement will read if any is asked for."""
    info.context.loaders["checkout.picture_ids"] = [line.picture_id for line in lines if line.picture_id]


class QuoteLineType(ObjectType):
    """One variant in a priced basket."""

    variant_id = graphene.ID(required=True, description="The variant.")
    product_slug = graphene.String(required=True, description="The product's name in addresses.")
    title = _text("title", "The name of the product.")
    option_title = _text("option_title", "The chosen options.")
    picture = object_field(PictureType, _picture, description="The picture of the variant.")
    quantity = graphene.Int(required=True, description="How many.")
    unit_price = object_field(
        MoneyType, lambda row, info: row.unit_minor, required=True, description="The price of one, before discounts."
    )
    total = object_field(
        MoneyType,
        lambda row, info: row.unit_minor * row.quantity,
        required=True,
        description="The line before discounts.",
    )


class QuoteAdjustmentType(ObjectType):
    """Something that was taken off, and why."""

    kind = graphene.String(required=True, description="What took it off, such as group_price.")
    label = _text("label", "Its name in the reader's language.")
    amount = object_field(
        MoneyType, lambda row, info: row.amount_minor, required=True, description="How much was taken off."
    )
    explanation = object_field(
        graphene.List(graphene.NonNull(graphene.String)),
        _sentences,
        required=True,
        size=5,
        description="How it came about, one sentence after the other.",
    )


class QuoteType(ObjectType):
    """What a basket costs now."""

    hash = graphene.String(required=True, description="Send it with placeOrder to agree to exactly this price.")
    lines = graphene.List(graphene.NonNull(QuoteLineType), required=True, description="What is in the basket.")
    items_total = object_field(
        MoneyType, lambda row, info: row.items_minor, required=True, description="The lines before discounts."
    )
    adjustments = graphene.List(
        graphene.NonNull(QuoteAdjustmentType), required=True, description="What is taken off, and why."
    )
    shipping = object_field(
        MoneyType, lambda row, info: row.shipping_minor, required=True, description="What sending costs."
    )
    total = object_field(
        MoneyType, lambda row, info: row.total_minor, required=True, description="What the buyer pays."
    )


extend(
    OrderType,
    adjustments=object_field(
        graphene.List(graphene.NonNull(QuoteAdjustmentType)),
        lambda row, info: load_for_orders(row, info, "adjustments", adjustments_of) or [],
        required=True,
        size=3,
        description="What was taken off, and why.",
    ),
)

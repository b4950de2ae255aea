"""The types of orders. Their values are the rows that the selectors give."""

from typing import Any

import graphene

from backend.accounts.schema.types import ViewerType
from backend.core.graphql import (
    JSON,
    DateTime,
    MoneyType,
    ObjectType,
    PictureType,
    connection_field,
    extend,
    object_field,
)
from backend.core.languages import translate
from backend.core.pictures import picture_urls
from backend.orders.models import OrderState
from backend.orders.rules import FILTERS, masked_address, timeline
from backend.orders.selectors import orders_of

OrderStateEnum = graphene.Enum(
    "OrderState",
    [(state.value, state.value) for state in OrderState],
    description="Where an order stands.",
)
OrderFilterState = graphene.Enum(
    "OrderFilterState", [(name, name) for name in FILTERS], description="The filters of a shopper's order list."
)


class TimelineStepType(ObjectType):
    """One step on the way of an order or a group."""

    key = graphene.String(required=True, description="The name of the step.")
    label = graphene.String(required=True, description="The step in the reader's language.")
    at = graphene.Field(DateTime, description="When it happened; empty while it lies ahead.")
    is_done = graphene.Boolean(required=True, description="Whether it has happened.")


class OrderLineType(ObjectType):
    """One thing in an order, as it was named and priced on that day."""

    id = graphene.ID(required=True, description="The line's id.")
    title = object_field(
        graphene.String,
        lambda row, info: translate(row["title"], info.context.viewer.locale),
        required=True,
        description="The name of the product.",
    )
    option_title = object_field(
        graphene.String,
        lambda row, info: translate(row["option_title"], info.context.viewer.locale),
        required=True,
        description="The chosen options.",
    )
    picture = object_field(
        PictureType,
        lambda row, info: picture_urls(row["picture"]) if row["picture"] else None,
        description="The picture of what was ordered.",
    )
    product_id = graphene.ID(required=True, description="The product's id.")
    variant_id = graphene.ID(required=True, description="The variant's id.")
    product_slug = graphene.String(required=True, description="The product's name in addresses.")
    quantity = graphene.Int(required=True, description="How many.")
    unit_price = object_field(
        MoneyType, lambda row, info: row["unit_minor"], required=True, description="The price of one, before discounts."
    )
    total = object_field(
        MoneyType, lambda row, info: row["total_minor"], required=True, description="What the line costs."
    )


def _money(column: str, description: str) -> Any:
    return object_field(
        MoneyType,
        lambda row, info: {"minor": row[column], "currency": row["currency"]},
        required=True,
        description=description,
    )


class OrderType(ObjectType):
    """An order of one buyer."""

    id = graphene.ID(required=True, description="The order's id.")
    number = graphene.String(required=True, description="The number that people can read aloud.")
    state = object_field(
        OrderStateEnum, lambda row, info: row["shown_state"].value, required=True, description="Where it stands."
    )
    state_label = object_field(
        graphene.String,
        lambda row, info: str(row["shown_state"].label),
        required=True,
        description="Where it stands, in the reader's language.",
    )
    kind = graphene.String(required=True, description="`single`, `group` or `service`.")
    service = object_field(
        graphene.String,
        lambda row, info: translate(row["service"], info.context.viewer.locale) if row["service"] else None,
        description="What an order of a service is for; empty for goods.",
    )
    created_at = object_field(
        DateTime, lambda row, info: row["placed_at"], required=True, description="When it was placed."
    )
    pay_deadline_at = graphene.Field(DateTime, description="Until when it can be paid.")
    paid_at = graphene.Field(DateTime, description="When the money arrived, or was held.")
    captures_later = graphene.Boolean(
        required=True, description="Whether its money is taken only when its group is full, where it can be held."
    )
    close_reason = graphene.String(description="Why it was closed or cancelled, as a code.")
    lines = graphene.List(graphene.NonNull(OrderLineType), required=True, description="What was ordered.")
    items_total = _money("items_minor", "The lines before discounts.")
    discount = _money("discount_minor", "What was taken off.")
    shipping = _money("shipping_minor", "What sending costs.")
    total = _money("total_minor", "What the buyer pays.")
    address = object_field(
        JSON,
        lambda row, info: (
            row["address"] if row["buyer_id"] == info.context.viewer.user_id else masked_address(row["address"])
        ),
        required=True,
        personal=True,
        description="Where it goes, as it was when ordered; only the buyer sees all of it.",
    )
    note = object_field(
        graphene.String, lambda row, info: row["note"], required=True, description="What the buyer wrote with it."
    )
    timeline = object_field(
        graphene.List(graphene.NonNull(TimelineStepType)),
        lambda row, info: timeline(row),
        required=True,
        size=7,
        description="Its steps, those behind and those ahead.",
    )


extend(
    ViewerType,
    orders=connection_field(
        OrderType,
        lambda root, info, first, after=None, state=None, words=None: orders_of(
            buyer_id=info.context.viewer.id,
            state=state and state.value,
            first=first,
            after=after,
            now=info.context.now,
            words=words or "",
        ),
        state=graphene.Argument(OrderFilterState, description="Only these."),
        words=graphene.String(description="A number, or the name of a product."),
        personal=True,
        description="The viewer's own orders, newest first.",
    ),
)

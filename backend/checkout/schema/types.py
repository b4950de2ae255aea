"""The types of a price, and what they add to an order."""

import graphene

from backend.cart.schema.types import QuoteAdjustmentType, money_field, picture_of, text_field
from backend.checkout.selectors import adjustments_of, invoices_of
from backend.core.graphql import DateTime, MoneyType, ObjectType, PictureType, extend, object_field
from backend.orders.schema.loaders import load_for_orders
from backend.orders.schema.types import OrderType


class QuoteLineType(ObjectType):
    """One variant in a priced basket."""

    variant_id = graphene.ID(required=True, description="The variant.")
    product_slug = graphene.String(required=True, description="The product's name in addresses.")
    title = text_field("title", "The name of the product.")
    option_title = text_field("option_title", "The chosen options.")
    picture = object_field(PictureType, picture_of, description="The picture of the variant.")
    quantity = graphene.Int(required=True, description="How many.")
    is_gift = graphene.Boolean(required=True, description="Whether it comes as a gift.")
    unit_price = object_field(
        MoneyType, lambda row, info: row.unit_minor, required=True, description="The price of one, before discounts."
    )
    total = object_field(
        MoneyType,
        lambda row, info: row.unit_minor * row.quantity,
        required=True,
        description="The line before discounts.",
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
    total = object_field(MoneyType, lambda row, info: row.total_minor, required=True, description="The price.")
    tendered = money_field("tendered_minor", "What store credit pays of it.")
    payable = money_field("payable_minor", "What is left to pay.")
    free_shipping_from = money_field("free_shipping_from_minor", "From which amount sending there is free.")


class InvoiceType(ObjectType):
    """One issued invoice, or the note that takes part of one back."""

    id = graphene.ID(required=True, description="Its id.")
    number = graphene.String(required=True, description="Its number.")
    kind = graphene.String(required=True, description="INVOICE or CREDIT_NOTE.")
    total = money_field("total_minor", "What it is about; below zero for a credit note.")
    issued_at = graphene.Field(DateTime, required=True, description="When it was issued.")
    url = object_field(
        graphene.String,
        lambda row, info: f"/invoices/{row.id}.pdf",
        required=True,
        description="Where its owner downloads it.",
    )


class OrderInvoiceType(ObjectType):
    """Which invoice was wished for an order, and what was issued."""

    way = object_field(
        graphene.String, lambda row, info: row["wish"].way, required=True, description="ELECTRONIC or PAPER."
    )
    title = object_field(
        graphene.String, lambda row, info: row["wish"].title, required=True, description="The name on it."
    )
    tax_number = object_field(
        graphene.String, lambda row, info: row["wish"].tax_number, required=True, description="Empty for a person."
    )
    documents = graphene.List(
        graphene.NonNull(InvoiceType), required=True, description="What was issued, oldest first."
    )


extend(
    OrderType,
    invoice=object_field(
        OrderInvoiceType,
        lambda row, info: (
            load_for_orders(row, info, "invoices", invoices_of)
            if row["buyer_id"] == info.context.viewer.user_id
            else None
        ),
        personal=True,
        description="The buyer's invoice; null if none was wished for.",
    ),
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

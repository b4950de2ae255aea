"""The types of choosing: what can be asked for, and what it would come to."""

from typing import Any

import graphene

from backend.aftersales import wording
from backend.aftersales.schema.types import AfterSaleReasonEnum, AfterSaleStepType, AfterSaleTypeEnum
from backend.aftersales.selectors.choices import TypeChoice
from backend.core.graphql import DateTime, MoneyType, ObjectType, PictureType, object_field
from backend.core.languages import translate
from backend.core.pictures import picture_urls


class AfterSaleVariantType(ObjectType):
    """A kind of the same product that is in stock."""

    id = graphene.ID(required=True, description="The variant's id.")
    title = object_field(
        graphene.String,
        lambda row, info: translate(row.title, info.context.viewer.locale),
        required=True,
        description="Its options.",
    )


def _text(column: str, description: str) -> Any:
    return object_field(
        graphene.String,
        lambda row, info: translate(getattr(row.line, column), info.context.viewer.locale),
        required=True,
        description=description,
    )


class AfterSaleLineChoiceType(ObjectType):
    """One line of an order, and how many pieces of it can still be returned."""

    id = object_field(graphene.ID, lambda row, info: row.line.id, required=True, description="The order line's id.")
    title = _text("title", "The name of the product.")
    option_title = _text("option_title", "The chosen options.")
    picture = object_field(
        PictureType,
        lambda row, info: picture_urls(row.line.picture) if row.line.picture else None,
        description="The picture of what was ordered.",
    )
    quantity = object_field(
        graphene.Int, lambda row, info: row.line.quantity, required=True, description="How many were bought."
    )
    left_quantity = graphene.Int(required=True, description="How many can still be returned.")
    left = object_field(
        MoneyType, lambda row, info: row.left_minor, required=True, description="What was paid for those."
    )
    is_gift = object_field(
        graphene.Boolean, lambda row, info: row.line.is_gift, required=True, description="Whether it came as a gift."
    )
    variants = object_field(
        graphene.List(graphene.NonNull(AfterSaleVariantType)),
        lambda row, info: list(row.variants),
        required=True,
        size=5,
        description="What it could be exchanged for.",
    )


class AfterSaleReasonChoiceType(ObjectType):
    """A reason that fits."""

    reason = graphene.Field(AfterSaleReasonEnum, required=True, description="The reason.")
    label = graphene.String(required=True, description="The reason in words.")
    is_fault = graphene.Boolean(required=True, description="Whether the fault is the shop's.")


class AfterSaleTypeChoiceType(ObjectType):
    """One way to ask."""

    type = object_field(AfterSaleTypeEnum, lambda row, info: row.type.value, required=True, description="The way.")
    label = object_field(graphene.String, lambda row, info: str(row.type.label), required=True, description="In words.")
    text = object_field(
        graphene.String,
        lambda row, info: str(wording.TYPE_TEXTS[row.type]),
        required=True,
        description="What happens, in a sentence.",
    )
    is_open = graphene.Boolean(required=True, description="Whether it can be asked for now.")
    ends_at = graphene.Field(DateTime, description="Until when; empty while the parcel has not arrived.")
    reasons = object_field(
        graphene.List(graphene.NonNull(AfterSaleReasonChoiceType)),
        lambda row, info: reasons_of(row),
        required=True,
        size=6,
        description="The reasons that can be given now.",
    )


def reasons_of(choice: TypeChoice) -> list[dict[str, Any]]:
    """The reasons of a way with their words."""
    return [
        {"reason": each.value, "label": str(each.label), "is_fault": wording.is_fault(each)} for each in choice.reasons
    ]


class AfterSaleChoicesType(ObjectType):
    """Everything that can be asked for about one order."""

    order_id = object_field(graphene.ID, lambda row, info: row.order.id, required=True, description="The order's id.")
    order_number = object_field(
        graphene.String, lambda row, info: row.order.number, required=True, description="The order's number."
    )
    lines = object_field(
        graphene.List(graphene.NonNull(AfterSaleLineChoiceType)),
        lambda row, info: list(row.lines),
        required=True,
        size=5,
        description="The lines of the order.",
    )
    types = object_field(
        graphene.List(graphene.NonNull(AfterSaleTypeChoiceType)),
        lambda row, info: list(row.types),
        required=True,
        size=6,
        description="The ways to ask.",
    )


class AfterSalePreviewType(ObjectType):
    """What a choice would come to, before it is confirmed."""

    total = object_field(
        MoneyType, lambda row, info: row.sum.total_minor, required=True, description="What would go back."
    )
    shipping = object_field(
        MoneyType, lambda row, info: row.sum.shipping_minor, required=True, description="The part that sending cost."
    )
    subsidy = object_field(
        MoneyType,
        lambda row, info: row.subsidy_minor,
        required=True,
        description="What the shop would pay as store credit towards sending back.",
    )
    steps = object_field(
        graphene.List(graphene.NonNull(AfterSaleStepType)),
        lambda row, info: list(row.steps),
        required=True,
        size=5,
        description="How the sum comes about.",
    )

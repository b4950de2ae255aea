"""How buyers are protected: what the shop is, how it takes money, and what became of requests for money back."""

from typing import Any

import graphene
from django.conf import settings

from backend.aftersales.rules import windows
from backend.aftersales.selectors.record import FEWEST, SPAN, refund_record
from backend.core.graphql import DateTime, ObjectType, anyone, object_field, query_field, translate
from backend.payments.ports import offered_providers


class WayToPayType(ObjectType):
    """A way to pay that is really set up."""

    name = graphene.String(required=True, description="Its name.")
    label = object_field(
        graphene.String,
        lambda row, info: translate(row.label, info.context.viewer.locale),
        required=True,
        description="What buyers call it.",
    )
    is_practice = object_field(
        graphene.Boolean,
        lambda row, info: row.name == "sandbox",
        required=True,
        description="Whether it only practises and moves no money.",
    )


class RefundRecordType(ObjectType):
    """Requests for money back that ended lately. The figures stay empty while there are too few."""

    finished = graphene.Int(required=True, description="How many ended.")
    granted_share = graphene.Float(description="The share that got money back, 0 to 1.")
    median_hours = graphene.Float(description="Half of those who got money had it within so many hours of asking.")
    answer_minutes = graphene.Float(description="Half of all were answered within so many minutes.")
    days = object_field(graphene.Int, lambda row, info: SPAN.days, required=True, description="Over how many days.")
    fewest = object_field(
        graphene.Int, lambda row, info: FEWEST, required=True, description="How many there must be for the figures."
    )


class BuyerProtectionType(ObjectType):
    """How buyers are protected, from what is set up and from rows."""

    as_of = DateTime(required=True, description="When the figures were read.")
    is_encrypted = graphene.Boolean(required=True, description="Whether the shop is reached over HTTPS only.")
    legal_name = graphene.String(required=True, description="Whose shop it is.")
    licence_number = graphene.String(required=True, description="The number of its licence; empty if none is set.")
    record_number = graphene.String(required=True, description="The number of its website's record; empty if none.")
    ways_to_pay = graphene.List(
        graphene.NonNull(WayToPayType), required=True, description="The ways to pay that are set up."
    )
    no_reason_days = graphene.Int(required=True, description="Days from receipt to send back without a reason.")
    quality_days = graphene.Int(required=True, description="Days from receipt to report a fault.")
    repair_days = graphene.Int(required=True, description="Days from receipt in which the shop repairs.")
    price_days = graphene.Int(required=True, description="Days in which a fallen price is made good.")
    refunds = graphene.Field(RefundRecordType, required=True, description="What became of requests for money back.")


def resolve_protection(root: Any, info: Any) -> dict[str, Any]:
    """What is set up and what the rows say now."""
    return {
        "as_of": info.context.now,
        "is_encrypted": settings.SITE_URL.startswith("https://"),
        "legal_name": settings.SHOP_LEGAL_NAME,
        "licence_number": settings.SHOP_LICENCE_NUMBER,
        "record_number": settings.SHOP_RECORD_NUMBER,
        "ways_to_pay": offered_providers(),
        "no_reason_days": windows.NO_REASON_DAYS,
        "quality_days": windows.QUALITY_DAYS,
        "repair_days": windows.REPAIR_DAYS,
        "price_days": windows.PRICE_DAYS,
        "refunds": refund_record(now=info.context.now),
    }


class ProtectionQuery:
    """How buyers are protected."""

    buyer_protection = query_field(
        BuyerProtectionType,
        resolve_protection,
        permission=anyone,
        required=True,
        weight=5,
        description="How buyers are protected: what is set up, what is promised, and what became of it.",
    )

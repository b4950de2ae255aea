"""The types of payments and refunds, and what they add to an order."""

from typing import Any
from urllib.parse import urlsplit

import graphene
from django.conf import settings

from backend.core.graphql import DateTime, MoneyType, ObjectType, extend, object_field
from backend.core.languages import translate
from backend.orders.rules import reason_label
from backend.orders.schema.loaders import load_for_orders
from backend.orders.schema.types import OrderType
from backend.payments.models import Payment, PaymentState
from backend.payments.ports import PaymentOrder, provider_named
from backend.payments.selectors import latest_payments, order_subject, refunds_of


def pay_url(payment: Payment, info: Any) -> str | None:
    """The address where the buyer pays, on the host that the browser uses; nothing once it cannot be paid."""
    now, viewer = info.context.now, info.context.viewer
    provider = provider_named(payment.provider)
    if (
        provider is None
        or payment.state not in (PaymentState.CREATED, PaymentState.FAILED)
        or now >= payment.expires_at
    ):
        return None
    site = info.context.request.site or settings.SITE_URL
    order = PaymentOrder(
        reference=payment.reference,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        subject=translate(order_subject(order_id=payment.order_id), viewer.locale),
        expires_at=payment.expires_at,
        return_url=f"{site}/pay/{payment.order_id}",
        locale=viewer.locale,
    )
    return provider.pay_url(order, shop_host=urlsplit(site).netloc)


class PaymentType(ObjectType):
    """The payment of an order."""

    id = graphene.ID(required=True, description="The payment's id.")
    state = graphene.String(required=True, description="CREATED, SUCCEEDED, FAILED, EXPIRED or a refunded state.")
    amount = object_field(
        MoneyType,
        lambda row, info: {"minor": row.amount_minor, "currency": row.currency},
        required=True,
        description="What is to be paid.",
    )
    pay_url = object_field(
        graphene.String, pay_url, personal=True, description="Where to pay; empty once it cannot be paid any more."
    )
    expires_at = graphene.Field(DateTime, description="Until when it can be paid.")


class RefundType(ObjectType):
    """Money of an order that goes back."""

    id = graphene.ID(required=True, description="The refund's id.")
    amount = object_field(
        MoneyType,
        lambda row, info: {"minor": row.amount_minor, "currency": row.currency},
        required=True,
        description="How much goes back.",
    )
    state = graphene.String(required=True, description="APPROVED, SUBMITTED, FAILED, MANUAL or SUCCEEDED.")
    state_label = object_field(
        graphene.String,
        lambda row, info: row.get_state_display(),
        required=True,
        description="How far it has come, in the reader's language.",
    )
    reason = object_field(
        graphene.String, lambda row, info: reason_label(row.reason), required=True, description="Why it goes back."
    )
    created_at = object_field(
        DateTime, lambda row, info: row.requested_at, required=True, description="When it was decided."
    )
    settled_at = graphene.Field(DateTime, description="When it arrived.")


extend(
    OrderType,
    payment=object_field(
        PaymentType,
        lambda row, info: load_for_orders(row, info, "payment", latest_payments),
        personal=True,
        description="The payment that settled the order, or the newest one.",
    ),
    refunds=object_field(
        graphene.List(graphene.NonNull(RefundType)),
        lambda row, info: load_for_orders(row, info, "refunds", refunds_of) or [],
        required=True,
        size=3,
        personal=True,
        description="The money that went or goes back.",
    ),
)

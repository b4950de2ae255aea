"""The types of payments and refunds, and what they add to an order."""

from typing import Any

import graphene
from django.conf import settings

from backend.core.graphql import DateTime, MoneyType, ObjectType, extend, object_field
from backend.core.languages import translate
from backend.orders.rules import reason_label
from backend.orders.schema.loaders import load_for_orders
from backend.orders.schema.types import OrderType
from backend.payments.models import HoldState, Payment, PaymentState
from backend.payments.ports import InsideApp, provider_named
from backend.payments.selectors import chosen_provider, latest_payments, refunds_of
from backend.payments.selectors.desk import hold_of
from backend.payments.wording import finding_text


def pay_url(payment: Payment, info: Any) -> str | None:
    """The door to the pay page, on the host that the browser uses; nothing once it cannot be paid."""
    is_open = payment.state in (PaymentState.CREATED, PaymentState.FAILED)
    if provider_named(payment.provider) is None or not is_open or info.context.now >= payment.expires_at:
        return None
    return f"{info.context.request.site or settings.SITE_URL}/payments/go/{payment.id}"


def transfer_terms(payment: Payment, info: Any) -> Any:
    """Where to send the money by bank; nothing once it is not waited for."""
    provider = provider_named(payment.provider)
    is_open = payment.state in (PaymentState.CREATED, PaymentState.FAILED) and info.context.now < payment.expires_at
    return provider.transfer if provider is not None and is_open else None


def pay_sheet(payment: Payment, info: Any) -> Any:
    """What the app needs to show the sheet; nothing once it cannot be paid, or where no sheet is made for it."""
    provider, until = provider_named(payment.provider), payment.session_until
    is_open = payment.state in (PaymentState.CREATED, PaymentState.FAILED) and info.context.now < payment.expires_at
    if not isinstance(provider, InsideApp) or not is_open or not payment.session_id:
        return None
    return provider.sheet(session_id=payment.session_id) if until is not None and info.context.now < until else None


class PaymentProviderType(ObjectType):
    """A way to pay."""

    name = graphene.String(required=True, description="Its name, to choose it by.")
    label = object_field(
        graphene.String,
        lambda row, info: translate(row.label, info.context.viewer.locale),
        required=True,
        description="What buyers call it.",
    )
    note = object_field(
        graphene.String,
        lambda row, info: translate(row.note, info.context.viewer.locale),
        required=True,
        description="A few words about it.",
    )
    can_hold = object_field(
        graphene.Boolean,
        lambda row, info: row.authorises_for is not None,
        required=True,
        description="Whether it can hold money first and take it later.",
    )
    from_amount = object_field(
        MoneyType,
        lambda row, info: row.transfer.from_minor if row.transfer else None,
        description="From which amount on a single order can be paid so; empty if any order can.",
    )
    waits_days = object_field(
        graphene.Int,
        lambda row, info: row.transfer.within.days if row.transfer else None,
        description="For how many days an order waits for the money; empty if it does not wait longer than usual.",
    )
    is_chosen = object_field(
        graphene.Boolean,
        lambda row, info: row.name == _chosen(info),
        personal=True,
        required=True,
        description="Whether the buyer paid so the last time.",
    )


def _chosen(info: Any) -> str:
    loaders = info.context.loaders
    if "payments.chosen" not in loaders:
        loaders["payments.chosen"] = chosen_provider(buyer_id=info.context.viewer.id)
    return str(loaders["payments.chosen"])


class TransferType(ObjectType):
    """Where to send the money of a payment by bank, and what to write."""

    holder = graphene.String(required=True, description="Whose account it is.")
    number = graphene.String(required=True, description="The number of the account.")
    bank = graphene.String(required=True, description="The bank and its branch.")
    code = graphene.String(required=True, description="The bank's own number, for transfers from abroad; may be empty.")


class PaySheetType(ObjectType):
    """What WeChat's own browser needs to show the sheet on which the buyer pays, in WeChat's words."""

    app_id = graphene.String(required=True, description="The app of the shop.")
    time_stamp = graphene.String(required=True, description="When it was signed, in seconds.")
    nonce = graphene.String(required=True, description="A word used once.")
    package = graphene.String(required=True, description="Which payment it is.")
    sign_type = graphene.String(required=True, description="How it was signed.")
    signature = graphene.String(required=True, description="The shop's signature over all of it.")


class PaymentHoldType(ObjectType):
    """Why a payment waits before it can be paid."""

    state = graphene.String(required=True, description="CONFIRM, REVIEW, RELEASED or REFUSED.")
    reasons = object_field(
        graphene.List(graphene.NonNull(graphene.String)),
        lambda row, info: [finding_text(finding) for finding in row.evidence],
        required=True,
        size=8,
        description="What looked unusual.",
    )
    note = object_field(
        graphene.String,
        lambda row, info: row.note if row.state == HoldState.REFUSED else "",
        required=True,
        description="Why it was refused, if it was.",
    )


class PaymentType(ObjectType):
    """The payment of an order."""

    id = graphene.ID(required=True, description="The payment's id.")
    state = graphene.String(
        required=True,
        description="CREATED, AUTHORISED (held), SUCCEEDED, FAILED, EXPIRED, VOIDED (released) or a refunded state.",
    )
    provider = graphene.String(required=True, description="The way it is paid.")
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
    reference = graphene.String(required=True, description="Our name for it; the purpose of a transfer.")
    transfer = object_field(
        TransferType, transfer_terms, personal=True, description="Where to send the money, if it is a bank transfer."
    )
    sheet = object_field(
        PaySheetType, pay_sheet, personal=True, description="What to show inside WeChat, if it is paid there."
    )
    hold = object_field(
        PaymentHoldType,
        lambda row, info: hold_of(row),
        personal=True,
        description="What it waits for if it looked unusual.",
    )


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

"""What shoppers can do about their orders."""

from datetime import datetime
from typing import Any

import graphene
from django.conf import settings

from backend.checkout import errors
from backend.checkout.actions import cancel_order, change_order_address, pay_order, place_order, wish_for_invoice
from backend.checkout.schema.inputs import (
    InvoiceInput,
    LineInput,
    SlotInput,
    choices_of,
    invoice_for,
    wanted_lines,
    wishes_of,
)
from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from backend.flash import errors as flash
from backend.fulfilment.errors import SlotNotOffered
from backend.inventory.errors import OutOfStock
from backend.orders.errors import OrderNotCancellable
from backend.orders.schema.types import OrderType
from backend.orders.selectors import visible_order
from backend.payments.errors import CreditNeedsProof, OrderNotPayable, StoreCreditChanged
from backend.payments.schema.types import PaymentType
from backend.payments.selectors import chosen_provider
from backend.promotions import errors as promotions

SOURCES_REFUSE = (
    promotions.BudgetExhausted,
    promotions.OfferTaken,
    promotions.OfferUsedUp,
    promotions.CouponNotUsable,
    promotions.CouponsDoNotCombine,
    promotions.CouponUsedUp,
    flash.FlashAlreadyBought,
    flash.FlashLimit,
    flash.FlashNotForYou,
    flash.FlashNotOpen,
    flash.FlashOver,
    flash.FlashPaused,
    flash.FlashSoldOut,
    flash.FlashTokenRefused,
    StoreCreditChanged,
)


class PlaceOrder(Mutation):
    """Place an order at the agreed price and open its payment."""

    class Input:
        lines = graphene.List(graphene.NonNull(LineInput), required=True, description="What is ordered.")
        address_id = graphene.ID(description="Where it goes.")
        coupon_ids = graphene.List(graphene.NonNull(graphene.ID), description="The coupons to use, at most ten.")
        use_points = graphene.Boolean(description="Whether points pay as much as they may.")
        use_store_credit = graphene.Boolean(description="Whether store credit pays as much as it can.")
        flash_token = graphene.String(description="The right to buy one piece of a flash sale.")
        note = graphene.String(description="What the buyer wants to tell, at most 200 letters.")
        invoice = InvoiceInput(description="The invoice that the buyer would like.")
        delivery = SlotInput(description="When the buyer would like the parcel.")
        from_cart = graphene.Boolean(description="Whether what is ordered leaves the cart.")
        quote_hash = graphene.String(required=True, description="The hash of the quote that the buyer agreed to.")
        via = graphene.String(description="The share link through which the buyer came.")
        idempotency_key = graphene.ID(required=True, description="The same key places one order.")

    errors = (
        errors.PriceChanged,
        OutOfStock,
        errors.BasketEmpty,
        errors.ProductUnavailable,
        errors.AddressNeeded,
        OrderNotPayable,
        CreditNeedsProof,
        SlotNotOffered,
        *SOURCES_REFUSE,
    )
    permission = signed_in
    order = graphene.Field(OrderType, description="The new order.")
    payment = graphene.Field(PaymentType, description="The payment that waits for the buyer.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Place it."""
        placed = place_order(
            buyer_id=viewer.id,
            lines=wanted_lines(input.lines),
            address_id=input.address_id,
            choices=choices_of(input),
            quote_hash=input.quote_hash,
            via=(input.via or "")[:40],
            provider=chosen_provider(buyer_id=viewer.id),
            wishes=wishes_of(input),
            leaves_cart=bool(input.from_cart),
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"order": _row(placed.order.id, viewer, now), "payment": placed.payment}


class PayOrder(Mutation):
    """Open a payment for an order that was placed before, or find the open one."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")

    errors = (OrderNotPayable,)
    permission = signed_in
    payment = graphene.Field(PaymentType, description="The payment that waits for the buyer.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Open it."""
        payment = pay_order(order_id=input.order_id, buyer_id=viewer.id, provider=settings.PAYMENT_PROVIDER, now=now)
        return {"payment": payment}


class CancelOrder(Mutation):
    """Give up an order that was not paid, or a paid one that is not packed yet."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")
        idempotency_key = graphene.ID(required=True, description="The same key cancels once.")

    errors = (OrderNotCancellable,)
    permission = signed_in
    order = graphene.Field(OrderType, description="The order as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Give it up."""
        order = cancel_order(
            order_id=input.order_id, buyer_id=viewer.id, idempotency_key=input.idempotency_key, now=now
        )
        return {"order": _row(order.id, viewer, now)}


class RequestInvoice(Mutation):
    """Ask for an invoice for one's own order, until 90 days after it was paid."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")
        way = graphene.String(required=True, description="ELECTRONIC or PAPER.")
        title = graphene.String(required=True, description="The name on it, 2 to 80 letters.")
        tax_number = graphene.String(description="The number of a company; left out for a person.")

    errors = (errors.InvoiceTooLate, errors.InvoiceAlreadyIssued)
    permission = signed_in
    order = graphene.Field(OrderType, description="The order.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Ask for it."""
        wish_for_invoice(order_id=input.order_id, buyer_id=viewer.id, wanted=invoice_for(input), now=now)
        return {"order": _row(input.order_id, viewer, now)}


class ChangeOrderAddress(Mutation):
    """Send an order to another of one's addresses, as long as nobody packs it."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")
        address_id = graphene.ID(required=True, description="Where it goes instead.")

    errors = (errors.AddressFixed, errors.ShippingDiffers)
    permission = signed_in
    order = graphene.Field(OrderType, description="The order as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Change it."""
        change_order_address(order_id=input.order_id, buyer_id=viewer.id, address_id=input.address_id, now=now)
        return {"order": _row(input.order_id, viewer, now)}


class Mutations:
    """The mutations of checkout."""

    place_order = PlaceOrder.field()
    pay_order = PayOrder.field()
    cancel_order = CancelOrder.field()
    change_order_address = ChangeOrderAddress.field()
    request_invoice = RequestInvoice.field()


def _row(order_id: Any, viewer: Viewer, now: datetime) -> dict[str, Any]:
    return visible_order(order_id=order_id, viewer_id=viewer.id, sees_all=False, now=now)

"""What shoppers can do about their orders."""

from datetime import datetime
from typing import Any

import graphene
from django.conf import settings

from backend.checkout import errors
from backend.checkout.actions import cancel_order, pay_order, place_order
from backend.checkout.schema.inputs import LineInput, wanted_lines
from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from backend.inventory.errors import OutOfStock
from backend.orders.errors import OrderNotCancellable
from backend.orders.schema.types import OrderType
from backend.orders.selectors import visible_order
from backend.payments.errors import OrderNotPayable
from backend.payments.schema.types import PaymentType


class PlaceOrder(Mutation):
    """Place an order at the agreed price and open its payment."""

    class Input:
        lines = graphene.List(graphene.NonNull(LineInput), required=True, description="What is ordered.")
        address_id = graphene.ID(description="Where it goes.")
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
            choices={},
            quote_hash=input.quote_hash,
            via=(input.via or "")[:40],
            provider=settings.PAYMENT_PROVIDER,
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


class Mutations:
    """The mutations of checkout."""

    place_order = PlaceOrder.field()
    pay_order = PayOrder.field()
    cancel_order = CancelOrder.field()


def _row(order_id: Any, viewer: Viewer, now: datetime) -> dict[str, Any]:
    return visible_order(order_id=order_id, viewer_id=viewer.id, sees_all=False, now=now)

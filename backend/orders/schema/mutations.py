"""What shoppers can do about orders that are over."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from backend.orders.actions import buy_again, hide_order
from backend.orders.errors import OrderStillOpen


class HideOrder(Mutation):
    """Put an order that is over out of one's list."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")

    errors = (OrderStillOpen,)
    permission = signed_in
    hidden_id = graphene.ID(description="The order that is out of sight now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Hide it."""
        return {"hidden_id": hide_order(order_id=input.order_id, buyer_id=viewer.id, now=now)}


class BuyAgain(Mutation):
    """Put what was ordered into the cart again, as far as it can be had."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")

    permission = signed_in
    missing_count = graphene.Int(description="How many kinds could not be had.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Put it in."""
        return {"missing_count": buy_again(order_id=input.order_id, buyer_id=viewer.id, now=now)}


class Mutations:
    """The mutations of orders."""

    hide_order = HideOrder.field()
    buy_again = BuyAgain.field()

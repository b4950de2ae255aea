"""What support does with parcels, and how a buyer confirms one."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, role, signed_in
from backend.fulfilment.actions import confirm_receipt, deliver_order, ship_order
from backend.orders.errors import OrderMoved
from backend.orders.schema.types import OrderType
from backend.orders.selectors import visible_order


class ShipOrder(Mutation):
    """Send the parcel of a confirmed order."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")

    errors = (OrderMoved,)
    permission = role("support")
    order = graphene.Field(OrderType, description="The order as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Send it."""
        order = ship_order(order_id=input.order_id, actor_id=viewer.id, now=now)
        return {"order": _row(order.id, viewer, now)}


class DeliverOrder(Mutation):
    """Record that the parcel was handed over."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")

    errors = (OrderMoved,)
    permission = role("support")
    order = graphene.Field(OrderType, description="The order as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Record it."""
        order = deliver_order(order_id=input.order_id, actor_id=viewer.id, now=now)
        return {"order": _row(order.id, viewer, now)}


class ConfirmReceipt(Mutation):
    """Say that the parcel has arrived and all is well."""

    class Input:
        order_id = graphene.ID(required=True, description="The viewer's order.")

    errors = (OrderMoved,)
    permission = signed_in
    order = graphene.Field(OrderType, description="The order as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Confirm it."""
        order = confirm_receipt(order_id=input.order_id, buyer_id=viewer.id, now=now)
        return {"order": _row(order.id, viewer, now)}


class Mutations:
    """The mutations of fulfilment."""

    ship_order = ShipOrder.field()
    deliver_order = DeliverOrder.field()
    confirm_receipt = ConfirmReceipt.field()


def _row(order_id: Any, viewer: Viewer, now: datetime) -> dict[str, Any]:
    return visible_order(order_id=order_id, viewer_id=viewer.id, sees_all=viewer.is_staff, now=now)

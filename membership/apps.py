"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig

from backend.core.outbox import subscribe
from backend.orders.events import OrderConfirmed, OrderDelivered, OrderRefunded
from membership.events import PointsPromised, PointsVested, TierReached
from membership.ports import register_point_cause


class MembershipConfig(AppConfig):
    """Who a person is to us."""

    name = "membership"
    label = "membership"

    def ready(self) -> None:
        """Hear of orders, and know the points for shopping."""
        register_point_cause("order", "membership.causes.OrderPoints")
        subscribe(OrderConfirmed, "membership.handlers.count_confirmed_order")
        subscribe(OrderDelivered, "membership.handlers.start_clock_of_delivered_order")
        subscribe(OrderRefunded, "membership.handlers.reduce_refunded_order")
        subscribe(PointsPromised, "membership.handlers.tell_of_promised_points")
        subscribe(PointsVested, "membership.handlers.tell_of_vested_points")
        subscribe(TierReached, "membership.handlers.tell_of_tier")

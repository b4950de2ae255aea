"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from backend.aftersales.events import LinesRefunded
from backend.core.auditing import register_audit
from backend.core.outbox import subscribe
from backend.messaging.kinds import register_kind
from backend.orders.events import OrderConfirmed, OrderDelivered, OrderRefunded
from backend.promotions.adjustments import register_source
from backend.promotions.ports import use_buyer_facts
from membership.events import PointsPromised, PointsVested, TierReached
from membership.ports import register_point_cause


class MembershipConfig(AppConfig):
    """Who a person is to us."""

    name = "membership"
    label = "membership"

    def ready(self) -> None:
        """Hear of orders, know the points for shopping, and let the auditor see the lots."""
        register_audit("membership", "membership.selectors.lots_that_disagree")
        register_point_cause("order", "membership.causes.OrderPoints")
        register_point_cause("check_in", "membership.causes.CheckInPoints")
        register_point_cause("returned", "membership.causes.ReturnedPoints")
        register_source("membership.actions.points_source.PointsSource")
        use_buyer_facts("membership.selectors.buyer_facts")
        subscribe(OrderConfirmed, "membership.handlers.count_confirmed_order")
        subscribe(OrderDelivered, "membership.handlers.start_clock_of_delivered_order")
        subscribe(OrderRefunded, "membership.handlers.reduce_refunded_order")
        subscribe(LinesRefunded, "membership.handlers.return_points_of_refunded_pieces")
        subscribe(PointsPromised, "membership.handlers.tell_of_promised_points")
        subscribe(PointsVested, "membership.handlers.tell_of_vested_points")
        subscribe(TierReached, "membership.handlers.tell_of_tier")
        register_kind(
            "points_promised",
            title=_("%(points)s points are on the way"),
            body=_("They become usable when the return window ends. See why."),
        )
        register_kind(
            "points_vested",
            title=_("%(points)s points are yours"),
            body=_("You can use them now. See where they came from."),
        )
        register_kind("tier_reached", title=_("You reached %(tier)s"), body=_("See what this level gives you."))

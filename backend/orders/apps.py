"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from backend.core.outbox import subscribe
from backend.messaging.kinds import register_kind
from backend.orders.events import (
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderConfirmed,
    OrderDelivered,
    OrderPaid,
    OrderPlaced,
    OrderRefunded,
    OrderShipped,
)
from backend.search.ports import add_interest

EVERY_MOVE = (
    OrderPlaced,
    OrderPaid,
    OrderConfirmed,
    OrderClosed,
    OrderCancelled,
    OrderShipped,
    OrderDelivered,
    OrderCompleted,
    OrderRefunded,
)
KINDS = {
    "order_paid": (_("Payment received"), _("%(amount)s arrived for order %(number)s.")),
    "order_held": (
        _("Your seat is paid for"),
        _("%(amount)s is held for order %(number)s. It is taken only when the group is full."),
    ),
    "order_shipped": (_("Your parcel is on its way"), _("Order %(number)s left the warehouse.")),
    "order_closed": (
        _("Order closed"),
        _("Order %(number)s was not paid in time. Order again whenever you like."),
    ),
    "order_late": (
        _("The payment came too late"),
        _("Order %(number)s could no longer be kept. All of your money is on its way back."),
    ),
    "order_refunded": (_("Refund arrived"), _("%(amount)s of order %(number)s went back to you.")),
}


class OrdersConfig(AppConfig):
    name = "backend.orders"
    label = "orders"

    def ready(self) -> None:
        """Hint and tell the buyer whenever an order moves, and count what is sold."""
        for event in EVERY_MOVE:
            subscribe(event, "backend.orders.handlers.hint_buyer")
        subscribe(OrderPaid, "backend.orders.handlers.notify_of_payment")
        subscribe(OrderClosed, "backend.orders.handlers.notify_of_closing")
        subscribe(OrderCancelled, "backend.orders.handlers.notify_of_late_payment")
        subscribe(OrderRefunded, "backend.orders.handlers.notify_of_refund")
        subscribe(OrderConfirmed, "backend.orders.handlers.count_sold")
        subscribe(OrderConfirmed, "backend.orders.handlers.note_paid")
        for kind, (title, body) in KINDS.items():
            register_kind(kind, title=title, body=body)
        add_interest("backend.orders.selectors.products_bought")

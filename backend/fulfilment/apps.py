"""Wiring of the app: which carriers it works with, which events it hears, what it tells."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.core.outbox import subscribe
from backend.fulfilment.events import (
    DelayForeseen,
    DispatchOverdue,
    ResendAsked,
    ShipmentDelivered,
    ShipmentOutForDelivery,
    ShipmentPacked,
    ShipmentSent,
    ShipmentTracked,
    ShipmentTroubled,
)
from backend.messaging.kinds import register_kind
from backend.orders.events import OrderCancelled, OrderConfirmed, OrderDelivered

EVERY_STEP = (
    ShipmentPacked,
    ShipmentSent,
    ShipmentTracked,
    ShipmentOutForDelivery,
    ShipmentDelivered,
    ShipmentTroubled,
)
DESK = (*EVERY_STEP, ResendAsked, DelayForeseen, DispatchOverdue, OrderConfirmed, OrderCancelled, OrderDelivered)
KINDS = {
    "parcel_sent": (_("Your parcel is on its way"), _("%(carrier)s has it: %(tracking)s (order %(number)s).")),
    "parcel_at_door": (_("Your parcel arrives today"), _("A courier is on the way with order %(number)s.")),
    "parcel_delivered": (
        _("Your parcel has arrived"),
        _("Order %(number)s was delivered. Have a look, and confirm it when all is well."),
    ),
    "parcel_troubled": (
        _("Your parcel is held up"),
        _("Something went wrong with order %(number)s on its way. We are looking after it; see its page."),
    ),
    "parcel_returned": (
        _("Your parcel came back to us"),
        _("Order %(number)s could not be delivered. We will send it again or give your money back."),
    ),
    "parcel_will_be_late": (
        _("Your parcel will probably come later"),
        _("Order %(number)s was promised for %(promised)s. It comes by %(expected)s. We are sorry."),
    ),
    "dispatch_late": (
        _("Your order leaves later than promised"),
        _("We are sorry: order %(number)s did not leave within 48 hours. It goes first now."),
    ),
    "dispatch_overdue": (
        _("An order is overdue"),
        _("Order %(number)s should have left within 48 hours. Send it first; the desk shows all that are late."),
    ),
}


class FulfilmentConfig(AppConfig):
    name = "backend.fulfilment"
    label = "fulfilment"

    def ready(self) -> None:
        """Get to know the carriers; follow orders that are given up; tell buyers and staff."""
        # Models are ready only now, so what imports them is imported by its path.
        import_string("backend.fulfilment.carriers.configured.register_configured")()
        subscribe(OrderCancelled, "backend.fulfilment.handlers.unpack_given_up")
        for event in EVERY_STEP:
            subscribe(event, "backend.fulfilment.handlers.hint_buyer")
        for moved in DESK:
            subscribe(moved, "backend.fulfilment.handlers.hint_desk")
        subscribe(ShipmentSent, "backend.fulfilment.handlers.notify_of_sending")
        subscribe(ShipmentOutForDelivery, "backend.fulfilment.handlers.notify_of_courier")
        subscribe(ShipmentDelivered, "backend.fulfilment.handlers.notify_of_delivery")
        subscribe(ShipmentTroubled, "backend.fulfilment.handlers.notify_of_trouble")
        subscribe(DelayForeseen, "backend.fulfilment.handlers.hint_buyer")
        subscribe(DelayForeseen, "backend.fulfilment.handlers.notify_of_foreseen_delay")
        subscribe(DispatchOverdue, "backend.fulfilment.handlers.notify_of_delay")
        for kind, (title, body) in KINDS.items():
            register_kind(kind, title=title, body=body)

"""Reactions to what happens to parcels: hints, notifications, and unpacking what will not be sent."""

from datetime import date
from typing import Any

from django.utils import translation

from backend.accounts.selectors import people_with_role
from backend.core.languages import LOCALES
from backend.core.outbox import Event
from backend.core.realtime import publish
from backend.fulfilment.actions import unpack_order
from backend.fulfilment.events import (
    DelayForeseen,
    DispatchOverdue,
    ShipmentDelivered,
    ShipmentOutForDelivery,
    ShipmentPacked,
    ShipmentSent,
    ShipmentTracked,
    ShipmentTroubled,
)
from backend.fulfilment.ports import carrier_named
from backend.fulfilment.selectors.lateness import forecast_of
from backend.messaging.actions import notify
from backend.messaging.selectors import unread_of
from backend.orders.events import OrderCancelled
from backend.orders.models import Order

AnyStep = (
    ShipmentPacked
    | ShipmentSent
    | ShipmentTracked
    | ShipmentOutForDelivery
    | ShipmentDelivered
    | ShipmentTroubled
    | DelayForeseen
)
DESK = "fulfilment:desk"


def unpack_given_up(event: OrderCancelled) -> None:
    """Take apart what was packed for an order that is given up."""
    unpack_order(order_id=event.order_id, now=event.at)


def hint_buyer(event: AnyStep) -> None:
    """Tell the buyer's browsers to look at the order again."""
    hint = {**unread_of(event.buyer_id), "reason": "order", "order_id": str(event.order_id)}
    publish(f"user:{event.buyer_id}", hint)


def hint_desk(event: Event) -> None:
    """Tell the browsers of staff that an order moved."""
    publish(DESK, {"order_id": str(getattr(event, "order_id", ""))})


def notify_of_sending(event: ShipmentSent) -> None:
    """Tell the buyer that a parcel left; of one that is sent once more its asker tells."""
    if event.resend_id is not None:
        return
    params = {"carrier": _name_of(event.carrier), "tracking": event.tracking_number or "—"}
    _tell(event, kind="parcel_sent", params=params)


def notify_of_courier(event: ShipmentOutForDelivery) -> None:
    """Tell the buyer that a courier is coming."""
    _tell(event, kind="parcel_at_door")


def notify_of_delivery(event: ShipmentDelivered) -> None:
    """Tell the buyer that a parcel arrived, unless the buyer said so first, or its asker tells."""
    if not event.is_told_by_buyer and event.resend_id is None:
        _tell(event, kind="parcel_delivered")


def notify_of_trouble(event: ShipmentTroubled) -> None:
    """Tell the buyer that a parcel is held up or came back."""
    _tell(event, kind="parcel_returned" if event.is_returned else "parcel_troubled")


def notify_of_foreseen_delay(event: DelayForeseen) -> None:
    """Tell the buyer that a parcel will probably be late, with the new day."""
    forecast = forecast_of(event.shipment_id)
    days = {"promised": _day_of(forecast.promised_until), "expected": _day_of(forecast.expected_until)}
    _tell(event, kind="parcel_will_be_late", params=days)


def notify_of_delay(event: DispatchOverdue) -> None:
    """Tell staff that an order is overdue, and the buyer that it is late."""
    number = _number_of(event)
    notify(
        user_id=event.buyer_id,
        kind="dispatch_late",
        params={"number": number},
        url=f"/orders/{event.order_id}",
        dedupe_key=f"dispatch_late:{event.order_id}",
        now=event.at,
    )
    for person_id in people_with_role("support"):
        notify(
            user_id=person_id,
            kind="dispatch_overdue",
            params={"number": number},
            url="/growth/orders?show=OVERDUE",
            dedupe_key=f"dispatch_overdue:{event.order_id}",
            group_key="dispatch_overdue",
            now=event.at,
        )


def _tell(
    event: ShipmentSent | ShipmentOutForDelivery | ShipmentDelivered | ShipmentTroubled | DelayForeseen,
    *,
    kind: str,
    params: dict[str, Any] | None = None,
) -> None:
    notify(
        user_id=event.buyer_id,
        kind=kind,
        params={**(params or {}), "number": _number_of(event)},
        url=f"/orders/{event.order_id}",
        dedupe_key=f"{kind}:{event.shipment_id}",
        now=event.at,
    )


def _number_of(event: Any) -> str:
    return str(Order.objects.values_list("number", flat=True).get(pk=event.order_id))


def _day_of(day: date) -> dict[str, str]:
    """A day in every language."""
    chinese = f"{day.month}月{day.day}日"
    return {locale: f"{day:%B} {day.day}" if locale == "en" else chinese for locale in LOCALES}


def _name_of(code: str) -> dict[str, str]:
    """The carrier's name in every language."""
    carrier = carrier_named(code)
    names: dict[str, str] = {}
    for locale in LOCALES:
        with translation.override(locale):
            names[locale] = str(carrier.name) if carrier else code
    return names

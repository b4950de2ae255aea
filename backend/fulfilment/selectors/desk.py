"""The lists of the orders desk."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.core.errors import NotFound
from backend.core.paging import Edge, Page, keyset_page
from backend.fulfilment.models import CarrierMessage, Shipment, ShipmentState
from backend.fulfilment.rules import HELD
from backend.fulfilment.selectors.parcels import overdue_orders
from backend.fulfilment.selectors.resends import waiting_resends
from backend.orders.models import Order, OrderState
from backend.orders.selectors import orders_by_id

TO_SEND = (OrderState.PAID, OrderState.FULFILLING)
LISTS = ("TO_SEND", "RESEND", "OVERDUE", "PACKED", "ON_WAY", "TROUBLE", "ARRIVED")
OLDEST_FIRST = ("confirmed_at", "id")
NEWEST_FIRST = ("-placed_at", "-id")


def desk_orders(*, show: str | None, words: str, first: int | None, after: str | None, now: datetime) -> Page:
    """Confirmed orders of one list of the desk: what waits comes oldest first, the rest newest first.

    `words` is the beginning of an order number, or a whole tracking number.

    Raises: InvalidInput.
    """
    order = OLDEST_FIRST if show in ("TO_SEND", "RESEND", "OVERDUE") else NEWEST_FIRST
    chosen = _list(show, now=now).filter(_found(words)) if words else _list(show, now=now)
    page = keyset_page(chosen.values("id", "placed_at", "confirmed_at"), order=order, first=first, after=after)
    rows = orders_by_id([edge.node["id"] for edge in page.edges], now=now)
    return Page([Edge(rows[edge.node["id"]], edge.cursor) for edge in page.edges], page.page_info)


def desk_order(*, order_id: UUID, now: datetime) -> dict[str, Any]:
    """One order as the desk shows it.

    Raises: NotFound.
    """
    found = orders_by_id([order_id], now=now)
    if order_id not in found:
        raise NotFound
    return found[order_id]


def desk_counts(*, now: datetime) -> dict[str, int]:
    """How many orders are in each list that asks for work, and how many messages wait for a person."""
    counts = {name.lower(): _list(name, now=now).count() for name in LISTS[:6]}
    held = CarrierMessage.objects.filter(verdict__in=HELD, reviewed_at=None).count()
    return {**counts, "held": held}


def _list(show: str | None, *, now: datetime) -> QuerySet[Order]:
    orders = Order.objects.exclude(confirmed_at=None)
    match show:
        case "TO_SEND":
            return orders.filter(state__in=TO_SEND)
        case "RESEND":
            return orders.filter(Exists(waiting_resends().filter(order=OuterRef("pk"))))
        case "OVERDUE":
            return orders.filter(overdue_orders(now=now))
        case "PACKED":
            return orders.filter(_with_parcel(state=ShipmentState.PACKED))
        case "ON_WAY":
            return orders.filter(state=OrderState.SHIPPED)
        case "TROUBLE":
            troubled = Q(state__in=[ShipmentState.EXCEPTION, ShipmentState.RETURNED])
            stuck = Q(state=ShipmentState.PACKED, label_due_at=None) & ~Q(problem="")
            return orders.filter(Exists(Shipment.objects.filter(troubled | stuck, order=OuterRef("pk"))))
        case "ARRIVED":
            return orders.filter(state__in=[OrderState.DELIVERED, OrderState.COMPLETED])
        case _:
            return orders


def _with_parcel(**conditions: Any) -> Exists:
    return Exists(Shipment.objects.filter(order=OuterRef("pk"), **conditions))


def _found(words: str) -> Q:
    wanted = words.strip().upper()
    return Q(number__istartswith=wanted) | Q(_with_parcel(tracking_number=wanted))

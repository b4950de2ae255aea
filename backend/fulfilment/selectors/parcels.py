"""Reads of parcels and of orders that wait to be sent. A stranger's parcel is not found."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from backend.core.clock import business_day
from backend.core.errors import NotFound
from backend.core.models import Picture
from backend.fulfilment.models import (
    AddressReading,
    CarrierMessage,
    DeliveryWish,
    ReturnParcel,
    Shipment,
    ShipmentLine,
    ShipmentState,
    TrackingEvent,
)
from backend.fulfilment.ports import carrier_standings
from backend.fulfilment.rules import (
    DISPATCH_WITHIN,
    GONE,
    HELD,
    MOVING,
    RETURN_TAKES_AT_MOST,
    Expectation,
    LineProgress,
    expectation,
    slots,
)
from backend.fulfilment.selectors.resends import open_lines
from backend.orders.models import Order, OrderLine, OrderState

_PROGRESS = """
SELECT line.order_id, line.id, line.quantity, line.refunded_quantity,
       COALESCE(SUM(part.quantity) FILTER (WHERE parcel.state = 'PACKED'), 0),
       COALESCE(SUM(part.quantity) FILTER (WHERE parcel.state = ANY(%(gone)s)), 0),
       COALESCE(SUM(part.quantity) FILTER (WHERE parcel.state = 'DELIVERED'), 0), variant.sku
FROM orders_orderline line
JOIN catalogue_variant variant ON variant.id = line.variant_id
LEFT JOIN fulfilment_shipmentline part ON part.line_id = line.id AND part.resend_line_id IS NULL
LEFT JOIN fulfilment_shipment parcel ON parcel.id = part.shipment_id
WHERE line.order_id = ANY(%(orders)s)
GROUP BY line.id, variant.sku ORDER BY line.order_id, line.position
"""


def progress_of(order_ids: Sequence[UUID]) -> dict[UUID, dict[UUID, LineProgress]]:
    """How far the pieces of orders have come, by order and line, in one statement."""
    found: dict[UUID, dict[UUID, LineProgress]] = {order_id: {} for order_id in order_ids}
    with connection.cursor() as cursor:
        cursor.execute(_PROGRESS, {"orders": list(order_ids), "gone": [state.value for state in GONE]})
        for order_id, line_id, bought, given_back, packed, gone, delivered, sku in cursor.fetchall():
            found[order_id][line_id] = LineProgress(
                bought=bought,
                given_back=given_back,
                packed=int(packed),
                gone=int(gone),
                delivered=int(delivered),
                sku=sku,
            )
    return found


def progress_of_resend(resend_id: UUID) -> dict[UUID, LineProgress]:
    """How far the pieces have come that are sent once more, by the order line in whose place they are."""
    return {each.line_id: each.progress for each in open_lines(resend_ids=[resend_id])}


def shipments_of_orders(order_ids: Sequence[UUID]) -> dict[UUID, list[Shipment]]:
    """The parcels of orders, first the first; those that were unpacked again are left out."""
    found: dict[UUID, list[Shipment]] = defaultdict(list)
    parcels = Shipment.objects.filter(order_id__in=order_ids).exclude(state=ShipmentState.CANCELLED)
    parcels = parcels.select_related("resend")
    for parcel in parcels.order_by("order_id", "position"):
        found[parcel.order_id].append(parcel)
    return dict(found)


def lines_of_shipments(shipment_ids: Sequence[UUID]) -> dict[UUID, list[ShipmentLine]]:
    """What lies in parcels."""
    found: dict[UUID, list[ShipmentLine]] = defaultdict(list)
    parts = ShipmentLine.objects.filter(shipment_id__in=shipment_ids).select_related(
        "line__picture", "line__variant", "resend_line__variant__picture"
    )
    for part in parts.order_by("shipment_id", "line__position"):
        found[part.shipment_id].append(part)
    return dict(found)


def option_of(part: ShipmentLine) -> Mapping[str, str]:
    """Which kind lies in the parcel: that which was ordered, or the one that is sent in its place."""
    title: Mapping[str, str] = part.resend_line.variant.title if part.resend_line else part.line.option_title
    return title


def picture_of(part: ShipmentLine) -> Picture | None:
    """The picture of what lies in the parcel."""
    if part.resend_line and part.resend_line.variant.picture:
        return part.resend_line.variant.picture
    return part.line.picture


def sku_of(part: ShipmentLine) -> str:
    """The code of what lies in the parcel."""
    variant = part.resend_line.variant if part.resend_line else part.line.variant
    return variant.sku


def events_of_shipments(shipment_ids: Sequence[UUID]) -> dict[UUID, list[TrackingEvent]]:
    """The steps of parcels, the newest first by their own time."""
    found: dict[UUID, list[TrackingEvent]] = defaultdict(list)
    for event in TrackingEvent.objects.filter(shipment_id__in=shipment_ids).order_by("shipment_id", "-at", "-pk"):
        found[event.shipment_id].append(event)
    return dict(found)


def wishes_of_orders(order_ids: Sequence[UUID]) -> dict[UUID, DeliveryWish]:
    """When the buyers of orders would like their parcels."""
    return {wish.order_id: wish for wish in DeliveryWish.objects.filter(order_id__in=order_ids)}


def visible_shipment(*, shipment_id: UUID) -> Shipment:
    """A parcel with its order, for staff.

    Raises: NotFound.
    """
    shipment = Shipment.objects.select_related("order").filter(pk=shipment_id).first()
    if shipment is None:
        raise NotFound
    return shipment


def expected_delivery(*, province: str, pieces: int, now: datetime) -> Expectation:
    """When something that is ordered now would leave and arrive, told before anybody orders."""
    return expectation(province=province, pieces=pieces, confirmed_at=now, standings=carrier_standings())


def offered_slots(*, province: str, now: datetime) -> list[dict[str, Any]]:
    """The days and parts of a day at which a parcel may be asked for."""
    return [{"day": day, "window": window.value} for day, window in slots(province=province, today=business_day(now))]


def is_overdue(*, state: str, confirmed_at: datetime | None, now: datetime) -> bool:
    """Whether an order should have left by now."""
    waits = state in (OrderState.PAID, OrderState.FULFILLING)
    return waits and confirmed_at is not None and confirmed_at + DISPATCH_WITHIN < now


def overdue_orders(*, now: datetime) -> Q:
    """The condition of an order that should have left by now."""
    return Q(state__in=[OrderState.PAID, OrderState.FULFILLING], confirmed_at__lt=now - DISPATCH_WITHIN)


def orders_to_complete(*, now: datetime, limit: int) -> list[UUID]:
    """The orders that were delivered long enough ago, the oldest first."""
    kept = Order.objects.filter(state=OrderState.DELIVERED, complete_at__lte=now, completion_paused_at=None)
    return list(kept.order_by("complete_at").values_list("pk", flat=True)[:limit])


def due_labels(*, now: datetime, limit: int) -> list[UUID]:
    """The parcels for which a carrier is to be asked for a number."""
    due = Shipment.objects.filter(label_due_at__lte=now, state=ShipmentState.PACKED)
    return list(due.order_by("label_due_at").values_list("pk", flat=True)[:limit])


def silent_shipments(*, silent_since: datetime, limit: int) -> list[Shipment]:
    """Parcels on their way, or handed over, of which nobody has heard for long."""
    known = Shipment.objects.filter(state__in=[*MOVING, ShipmentState.PACKED]).exclude(tracking_number="")
    silent = known.filter(Q(news_at__lt=silent_since) | Q(news_at=None, packed_at__lt=silent_since))
    unasked = silent.filter(Q(asked_at=None) | Q(asked_at__lt=silent_since))
    return list(unasked.order_by("asked_at", "pk")[:limit])


def silent_return_parcels(*, silent_since: datetime, now: datetime, limit: int) -> list[ReturnParcel]:
    """Parcels that were announced to the shop and of which no carrier has said that it has them."""
    waiting = ReturnParcel.objects.filter(scanned_at=None, announced_at__gt=now - RETURN_TAKES_AT_MOST)
    unasked = waiting.filter(announced_at__lt=silent_since).filter(Q(asked_at=None) | Q(asked_at__lt=silent_since))
    return list(unasked.order_by("asked_at", "pk")[:limit])


def held_messages(*, limit: int = 100) -> list[CarrierMessage]:
    """Messages of carriers that wait for a person, the newest first."""
    held = CarrierMessage.objects.filter(verdict__in=HELD, reviewed_at=None)
    return list(held.order_by("-received_at", "-pk")[:limit])


def pieces_of(order_id: UUID) -> int:
    """How many pieces an order has."""
    return sum(OrderLine.objects.filter(order_id=order_id).values_list("quantity", flat=True))


def readings_of(order_ids: Sequence[UUID]) -> dict[UUID, list[AddressReading]]:
    """Who read the addresses of orders, the newest first."""
    found: dict[UUID, list[AddressReading]] = defaultdict(list)
    for reading in AddressReading.objects.filter(order_id__in=order_ids).order_by("order_id", "-at", "-pk"):
        found[reading.order_id].append(reading)
    return dict(found)


def delivery_of(
    row: Mapping[str, Any],
    *,
    shipments: Sequence[Shipment],
    wish: DeliveryWish | None,
    standings: Mapping[tuple[str, str], str],
    now: datetime,
) -> dict[str, Any]:
    """When an order leaves and arrives, as far as that is known; `row` holds the columns of the order."""
    province = str(row["address"].get("province", ""))
    pieces = sum(line["quantity"] for line in row["lines"])
    since = row["confirmed_at"] or max(row["placed_at"], now)
    promised = expectation(province=province, pieces=pieces, confirmed_at=since, standings=standings)
    waits = row["shown_state"] in (OrderState.PAID, OrderState.FULFILLING)
    shipments = [each for each in shipments if each.resend_id is None]
    coming = [] if waits else [each for each in shipments if each.state in MOVING]
    on_the_way = [each for each in coming if each.expected_from is not None and each.expected_until is not None]
    choosable = row["shown_state"] in (OrderState.PENDING_PAYMENT, OrderState.AWAITING_GROUP, OrderState.PAID)
    return {
        "dispatch_by": promised.dispatch_by if row["confirmed_at"] else None,
        "arrives_from": min((each.expected_from for each in on_the_way if each.expected_from), default=None)
        or promised.arrives_from,
        "arrives_until": max((each.expected_until for each in on_the_way if each.expected_until), default=None)
        or promised.arrives_until,
        "carrier": shipments[0].carrier if shipments else promised.carrier,
        "is_overdue": is_overdue(state=row["state"], confirmed_at=row["confirmed_at"], now=now),
        "wish": {"day": wish.day_on, "window": wish.window} if wish else None,
        "slots": offered_slots(province=province, now=now) if choosable and not shipments else [],
    }


def completion_of(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """When a delivered order counts as kept; `row` holds the columns of the order."""
    if row["state"] != OrderState.DELIVERED:
        return None
    return {
        "at": row["complete_at"],
        "is_paused": row["completion_paused_at"] is not None,
        "can_extend": not row["completion_extended"],
    }

"""News of a parcel: written down once, sorted by their own time, and moving the parcel only forward."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.clock import business_day
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.fulfilment.actions.come_back import hear_of_return
from backend.fulfilment.actions.messages import give_verdict, record_message
from backend.fulfilment.actions.move import move_shipment
from backend.fulfilment.events import ShipmentTracked
from backend.fulfilment.models import CarrierMessage, Shipment, ShipmentState, TrackingEvent, Verdict
from backend.fulfilment.ports import TrackingNotice
from backend.fulfilment.rules import LIVE, STATE_OF, is_possible_time, latest_step, new_expectation
from backend.orders.models import Order, OrderState

GIVEN_UP = (OrderState.CANCELLED, OrderState.REFUNDED, OrderState.CLOSED)


@transaction.atomic
def take_notice(*, notice: TrackingNotice, now: datetime) -> Verdict:
    """Take in one step that a carrier tells of, and say what became of it.

    A step that was told before changes nothing. One of a parcel that nobody knows is kept, and applied when the
    parcel gets its number. A step older than the newest one is written down and moves nothing.

    Emits: CarrierMessageHeld, ShipmentSent, ShipmentTracked, ShipmentOutForDelivery, ShipmentDelivered,
        ShipmentTroubled, OrderShipped, OrderDelivered, ReturnParcelScanned.
    """
    message = record_message(notice=notice, now=now)
    if message is None:
        return Verdict.REPEATED
    return apply_notice(notice=notice, message=message, now=now)


@transaction.atomic
def apply_notice(*, notice: TrackingNotice, message: CarrierMessage, now: datetime) -> Verdict:
    """Apply a step whose message is written down.

    Emits: CarrierMessageHeld, ShipmentSent, ShipmentTracked, ShipmentOutForDelivery, ShipmentDelivered,
        ShipmentTroubled, OrderShipped, OrderDelivered, ReturnParcelScanned.
    """
    found = _parcel_of(notice)
    if found is None:
        return hear_of_return(notice=notice, message=message, now=now)
    order = lock_one(Order, found[1])
    shipment = lock_one(Shipment, found[0])
    if not is_possible_time(at=notice.at, packed_at=shipment.packed_at, now=now):
        return give_verdict(message=message, verdict=Verdict.BAD_TIME, now=now)
    steps = list(TrackingEvent.objects.filter(shipment=shipment).values_list("at", "code"))
    was = latest_step(steps)
    TrackingEvent.objects.create(
        shipment=shipment,
        message=message,
        code=notice.code,
        place=notice.place,
        text=notice.text,
        at=notice.at,
        noted_at=now,
    )
    if _should_not_move(shipment, order, notice):
        return give_verdict(message=message, verdict=Verdict.NOT_EXPECTED, now=now)
    if latest_step([*steps, (notice.at, notice.code)]) == was:
        _hear(shipment, order, notice, now=now, is_news=False)
        return give_verdict(message=message, verdict=Verdict.LATE, now=now)
    _hear(shipment, order, notice, now=now, is_news=True)
    return give_verdict(message=message, verdict=Verdict.APPLIED, now=now)


def _hear(shipment: Shipment, order: Order, notice: TrackingNotice, *, now: datetime, is_news: bool) -> None:
    """Move the parcel to where the newest step says it is, or only note that there was something to hear."""
    columns: dict[str, object] = {"news_at": now}
    to = STATE_OF.get(notice.code)
    if to is not None and to != ShipmentState.PACKED and (is_news or shipment.state == ShipmentState.PACKED):
        moved = move_shipment(
            shipment=shipment, order=order, to=to, at=notice.at, reason=notice.code, now=now, changes=columns
        )
        if moved and is_news:
            _expect(shipment, notice, now=now)
        if moved:
            return
    shipment.news_at = now
    shipment.save(update_fields=["news_at"])
    emit(ShipmentTracked(order_id=order.id, buyer_id=order.buyer_id, shipment_id=shipment.id, at=now))


def _expect(shipment: Shipment, notice: TrackingNotice, *, now: datetime) -> None:
    if shipment.expected_from is None or shipment.expected_until is None:
        return
    shipment.expected_from, shipment.expected_until = new_expectation(
        code=notice.code, on=business_day(now), was=(shipment.expected_from, shipment.expected_until)
    )
    shipment.save(update_fields=["expected_from", "expected_until"])


def _should_not_move(shipment: Shipment, order: Order, notice: TrackingNotice) -> bool:
    """A parcel that was unpacked, or packed for an order that was given up, must be called back by a person."""
    if STATE_OF.get(notice.code) == ShipmentState.PACKED:
        return False
    return shipment.state not in LIVE | {ShipmentState.RETURNED} or (
        shipment.state == ShipmentState.PACKED and order.state in GIVEN_UP
    )


def _parcel_of(notice: TrackingNotice) -> tuple[UUID, UUID] | None:
    known = Shipment.objects.filter(carrier=notice.carrier, tracking_number=notice.tracking_number)
    return known.values_list("pk", "order_id").first() if notice.tracking_number else None

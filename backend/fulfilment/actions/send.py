"""Handing parcels over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one
from backend.fulfilment.actions.move import move_shipment
from backend.fulfilment.actions.pack import CAN_BE_PACKED, CAN_BE_SENT_AGAIN, Packing, put_together
from backend.fulfilment.errors import NothingToSend, ParcelMoved, TrackingNumberNeeded
from backend.fulfilment.models import Shipment, ShipmentState
from backend.fulfilment.ports import carrier_named
from backend.fulfilment.rules import OWN
from backend.fulfilment.selectors import visible_shipment
from backend.orders.errors import OrderMoved
from backend.orders.models import Order, OrderState


@transaction.atomic
def send_parcel(*, shipment_id: UUID, actor_id: UUID | None, now: datetime) -> Shipment:
    """Record that a packed parcel was handed to its carrier.

    Whether the order was given up meanwhile is decided by the order's row, which both sides lock.

    Raises: OrderMoved, ParcelMoved, TrackingNumberNeeded, NotFound.
    Emits: ShipmentSent, OrderShipped.
    """
    order = lock_one(Order, visible_shipment(shipment_id=shipment_id).order_id)
    shipment = lock_one(Shipment, shipment_id)
    if shipment.state != ShipmentState.PACKED:
        raise ParcelMoved(state=shipment.state)
    if order.state not in (CAN_BE_SENT_AGAIN if shipment.resend_id else CAN_BE_PACKED):
        raise OrderMoved(state=order.state)
    carrier = carrier_named(shipment.carrier)
    if carrier is not None and carrier.gives_numbers and not shipment.tracking_number:
        raise TrackingNumberNeeded
    move_shipment(shipment=shipment, order=order, to=ShipmentState.SHIPPED, at=now, actor_id=actor_id, now=now)
    return shipment


@transaction.atomic
def ship_order(
    *,
    order_id: UUID,
    codes: Sequence[str],
    actor_id: UUID | None,
    now: datetime,
    carrier: str = OWN,
    tracking_number: str = "",
) -> Order:
    """Pack all that is left of an order into one parcel and hand it over; what is packed already leaves too.

    Each piece that is still to be packed is named by its code, as at the packing table.

    Raises: OrderMoved, UnknownCarrier, WrongPiece, PiecesUnchecked, TrackingNumberTaken, InvalidInput, NotFound.
    Emits: ShipmentPacked, ShipmentSent, OrderShipped.
    """
    order = lock_one(Order, order_id)
    if order.state not in (OrderState.PAID, OrderState.FULFILLING):
        raise OrderMoved(state=order.state)
    waiting = list(Shipment.objects.filter(order=order, resend=None, state=ShipmentState.PACKED).order_by("pk"))
    try:
        waiting.append(
            put_together(
                order=order,
                carrier=carrier,
                pieces=None,
                codes=codes,
                packing=Packing(),
                tracking_number=tracking_number,
                actor_id=actor_id,
                now=now,
            )
        )
    except NothingToSend:
        if not waiting:
            raise OrderMoved(state=order.state) from None
    for shipment in waiting:
        move_shipment(
            shipment=shipment,
            order=order,
            to=ShipmentState.SHIPPED,
            at=now,
            actor_id=actor_id,
            now=now,
            changes={"label_due_at": None},
        )
    return order

"""Moving a parcel along its states, and its order with it: the one place where a parcel's state changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.clock import business_day
from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.fulfilment.events import (
    DeliveredSurveyDue,
    ShipmentDelivered,
    ShipmentOutForDelivery,
    ShipmentSent,
    ShipmentTracked,
    ShipmentTroubled,
)
from backend.fulfilment.models import Shipment, ShipmentState
from backend.fulfilment.rules import LineProgress, days_on_the_way, has_all_arrived, has_all_gone, is_legal
from backend.fulfilment.selectors import progress_of, progress_of_resend
from backend.orders.actions import mark_delivered, mark_fulfilling, mark_shipped
from backend.orders.models import Order, OrderState

S = ShipmentState


@transaction.atomic(savepoint=False)
def move_shipment(
    *,
    shipment: Shipment,
    order: Order,
    to: ShipmentState,
    at: datetime,
    now: datetime,
    actor_id: UUID | None = None,
    reason: str = "",
    is_told_by_buyer: bool = False,
    changes: Mapping[str, object] | None = None,
) -> bool:
    """Move a parcel to another state, and its order as far as its parcels have come; say whether it moved.

    Call it while the order is locked. `at` is when it happened, `now` when the shop learned of it.

    Emits: ShipmentSent, ShipmentTracked, ShipmentOutForDelivery, ShipmentDelivered, ShipmentTroubled, OrderShipped,
        OrderDelivered, DeliveredSurveyDue.
    """
    if not is_legal(from_state=shipment.state, to_state=to):
        return False
    came_from = ShipmentState(shipment.state)
    columns = {"state": to, **_moments(shipment, order, to=to, at=at), **(changes or {})}
    if not Shipment.objects.filter(pk=shipment.pk, state=came_from).update(version=F("version") + 1, **columns):
        shipment.refresh_from_db()
        return False
    shipment.version += 1
    for name, value in columns.items():
        setattr(shipment, name, value)
    log_move(
        entity_type="shipment",
        entity_id=shipment.id,
        from_state=came_from,
        to_state=to,
        now=now,
        actor_id=actor_id,
        reason=reason,
    )
    _settle_order(shipment, order, left=came_from == S.PACKED and to != S.CANCELLED, actor_id=actor_id, now=now)
    _tell(shipment, order, is_told_by_buyer=is_told_by_buyer, now=now)
    if to == S.DELIVERED and shipment.resend_id is None and has_all_arrived(_progress(shipment)):
        mark_arrived(order=order, actor_id=actor_id, now=now)
    return True


@transaction.atomic(savepoint=False)
def mark_arrived(*, order: Order, actor_id: UUID | None, now: datetime) -> bool:
    """Record that everything of an order arrived, and let the buyer be asked how it went.

    Emits: OrderDelivered, DeliveredSurveyDue.
    """
    if not mark_delivered(order=order, actor_id=actor_id, now=now):
        return False
    emit(DeliveredSurveyDue(order_id=order.id, buyer_id=order.buyer_id, at=now))
    return True


def _moments(shipment: Shipment, order: Order, *, to: ShipmentState, at: datetime) -> dict[str, object]:
    columns: dict[str, object] = {}
    if to == S.CANCELLED:
        return {"label_due_at": None}
    if shipment.shipped_at is None:
        columns["shipped_at"] = at
        columns["expected_from"], columns["expected_until"] = days_on_the_way(
            carrier=shipment.carrier, province=str(order.address.get("province", "")), left_on=business_day(at)
        )
    if to == S.DELIVERED:
        columns["delivered_at"] = at
    return columns


def _settle_order(shipment: Shipment, order: Order, *, left: bool, actor_id: UUID | None, now: datetime) -> None:
    """Let the order follow a parcel that has just left; what is sent once more moves no order."""
    if not left:
        return
    is_last = has_all_gone(_progress(shipment))
    emit(
        ShipmentSent(
            order_id=order.id,
            buyer_id=order.buyer_id,
            shipment_id=shipment.id,
            carrier=shipment.carrier,
            tracking_number=shipment.tracking_number,
            is_last=is_last,
            at=now,
            resend_id=shipment.resend_id,
        )
    )
    if shipment.resend_id is not None:
        return
    if is_last:
        mark_shipped(order=order, actor_id=actor_id, now=now)
    elif order.state == OrderState.PAID:
        mark_fulfilling(order=order, actor_id=actor_id, now=now)


def _tell(shipment: Shipment, order: Order, *, is_told_by_buyer: bool, now: datetime) -> None:
    of: dict[str, Any] = {"order_id": order.id, "buyer_id": order.buyer_id, "shipment_id": shipment.id, "at": now}
    if shipment.state == S.OUT_FOR_DELIVERY:
        emit(ShipmentOutForDelivery(**of))
    elif shipment.state == S.DELIVERED:
        emit(ShipmentDelivered(**of, is_told_by_buyer=is_told_by_buyer, resend_id=shipment.resend_id))
    elif shipment.state in (S.EXCEPTION, S.RETURNED):
        emit(ShipmentTroubled(**of, is_returned=shipment.state == S.RETURNED, resend_id=shipment.resend_id))
    elif shipment.state in (S.IN_TRANSIT, S.CANCELLED):
        emit(ShipmentTracked(**of))


def _progress(shipment: Shipment) -> list[LineProgress]:
    """How far everything has come that this parcel is a part of."""
    if shipment.resend_id is not None:
        return list(progress_of_resend(shipment.resend_id).values())
    return list(progress_of([shipment.order_id])[shipment.order_id].values())

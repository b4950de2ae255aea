"""Asking carriers for numbers: claim in one transaction, call outside any, record in another."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.fulfilment.actions.messages import kept_notice
from backend.fulfilment.actions.pack import give_number
from backend.fulfilment.actions.track import apply_notice
from backend.fulfilment.errors import ParcelMoved, TrackingNumberTaken
from backend.fulfilment.models import DeliveryWindow, Packaging, Shipment, ShipmentState
from backend.fulfilment.ports import (
    CarrierRefused,
    CarrierUnavailable,
    Parcel,
    carrier_named,
)
from backend.fulfilment.rules import label_retry
from backend.fulfilment.selectors import due_labels, lines_of_shipments, wishes_of_orders

PATIENCE = 12


def request_labels(*, clock: Callable[[], datetime], limit: int = 50) -> int:
    """Ask the carriers for every number that is missing, and say how many parcels were asked for."""
    due = due_labels(now=clock(), limit=limit)
    return sum(request_label(shipment_id=shipment_id, clock=clock) for shipment_id in due)


def request_label(*, shipment_id: UUID, clock: Callable[[], datetime]) -> bool:
    """Ask the carrier for the number of one parcel, unless another worker does so now.

    The parcel's id is the key at the carrier, so an answer that was lost is given again.
    """
    shipment = _claim(shipment_id, now=clock())
    carrier = carrier_named(shipment.carrier) if shipment else None
    if shipment is None or carrier is None:
        return False
    try:
        number = carrier.accept(_parcel(shipment))
    except CarrierRefused as refused:
        _give_up(shipment_id, problem=str(refused))
        return True
    except CarrierUnavailable as silence:
        _note(shipment_id, problem=f"no answer: {silence}")
        return True
    try:
        enter_number(shipment_id=shipment_id, tracking_number=number, now=clock())
    except (ParcelMoved, TrackingNumberTaken) as refusal:
        _give_up(shipment_id, problem=refusal.code)
    return True


def enter_number(*, shipment_id: UUID, tracking_number: str, now: datetime) -> int:
    """Write the number of the label on a packed parcel, and apply what the carrier said before it was known.

    Raises: ParcelMoved, TrackingNumberTaken, InvalidInput, NotFound.
    """
    early = give_number(shipment_id=shipment_id, tracking_number=tracking_number, now=now)
    for message in early:
        apply_notice(notice=kept_notice(message), message=message, now=now)
    return len(early)


@transaction.atomic
def _claim(shipment_id: UUID, *, now: datetime) -> Shipment | None:
    """Take a parcel that waits for its number; the next try is planned before this one begins."""
    shipment = (
        Shipment.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        .select_related("order")
        .filter(pk=shipment_id, state=ShipmentState.PACKED, tracking_number="", label_due_at__lte=now)
        .first()
    )
    if shipment is None:
        return None
    shipment.label_attempts += 1
    shipment.label_due_at = label_retry(attempts=shipment.label_attempts, now=now)
    shipment.save(update_fields=["label_attempts", "label_due_at"])
    return shipment


def _parcel(shipment: Shipment) -> Parcel:
    wish = None if shipment.resend_id else wishes_of_orders([shipment.order_id]).get(shipment.order_id)
    return Parcel(
        key=str(shipment.id),
        order_number=shipment.order.number,
        address={name: str(value) for name, value in shipment.order.address.items()},
        pieces=sum(part.quantity for part in lines_of_shipments([shipment.id])[shipment.id]),
        is_fragile=shipment.packaging == Packaging.FRAGILE,
        wish=f"{wish.day_on:%Y-%m-%d} {DeliveryWindow(wish.window).value}" if wish else "",
    )


@transaction.atomic(savepoint=False)
def _note(shipment_id: UUID, *, problem: str) -> None:
    Shipment.objects.filter(pk=shipment_id).update(problem=problem[:300])


@transaction.atomic(savepoint=False)
def _give_up(shipment_id: UUID, *, problem: str) -> None:
    """Stop asking; the desk shows the problem and takes a number that a person enters."""
    Shipment.objects.filter(pk=shipment_id).update(problem=problem[:300], label_due_at=None)

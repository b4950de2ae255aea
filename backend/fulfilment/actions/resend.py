"""What is to be sent once more: asked for, and called off while nothing of it has left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.fulfilment.actions.move import move_shipment
from backend.fulfilment.errors import ResendUnderway
from backend.fulfilment.events import ResendAsked
from backend.fulfilment.models import Resend, ResendLine, ResendReason, Shipment, ShipmentState
from backend.fulfilment.rules import GONE
from backend.fulfilment.selectors import resend_of
from backend.orders.models import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks for something to be sent once more: its kind, its id, and the number that people read."""

    kind: str
    id: UUID
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """So many pieces of one variant, in place of what an order line brought."""

    line_id: UUID
    variant_id: UUID
    quantity: int


@transaction.atomic
def ask_to_resend(
    *, order_id: UUID, asker: Asker, reason: ResendReason, pieces: Sequence[Again], now: datetime
) -> Resend:
    """Put pieces on the packers' table to be sent once more; asked again by the same one nothing is added.

    Raises: NotFound.
    Emits: ResendAsked.
    """
    order = lock_one(Order, order_id)
    if known := resend_of(asker_kind=asker.kind, asker_id=asker.id):
        return known
    resend = Resend.objects.create(
        order=order,
        asker_kind=asker.kind,
        asker_id=asker.id,
        asker_number=asker.number,
        reason=reason,
        asked_at=now,
    )
    ResendLine.objects.bulk_create(
        ResendLine(resend=resend, line_id=each.line_id, variant_id=each.variant_id, quantity=each.quantity)
        for each in pieces
    )
    emit(ResendAsked(order_id=order.id, buyer_id=order.buyer_id, resend_id=resend.id, at=now))
    return resend


@transaction.atomic
def withdraw_resend(*, asker_kind: str, asker_id: UUID, now: datetime) -> bool:
    """Take off the table what was to be sent once more, and unpack what is packed of it; say whether there was any.

    Raises: ResendUnderway, NotFound.
    Emits: ShipmentTracked.
    """
    known = resend_of(asker_kind=asker_kind, asker_id=asker_id)
    if known is None:
        return False
    order = lock_one(Order, known.order_id)
    resend = lock_one(Resend, known.id)
    if resend.withdrawn_at is not None:
        return False
    parcels = list(Shipment.objects.filter(resend=resend).order_by("pk"))
    if any(parcel.state in GONE for parcel in parcels):
        raise ResendUnderway
    for parcel in parcels:
        if parcel.state == ShipmentState.PACKED:
            move_shipment(
                shipment=parcel, order=order, to=ShipmentState.CANCELLED, at=now, reason="not sent again", now=now
            )
    resend.withdrawn_at = now
    resend.save(update_fields=["withdrawn_at"])
    return True

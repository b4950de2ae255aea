"""Packing pieces of an order into a parcel, and unpacking one that has not left."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from backend.catalogue.models import Variant
from backend.core.errors import InvalidInput, NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.fulfilment.actions.move import move_shipment
from backend.fulfilment.errors import (
    NothingToSend,
    ParcelMoved,
    PiecesUnchecked,
    ResendWithdrawn,
    TooManyPieces,
    TrackingNumberTaken,
    UnknownCarrier,
    WrongPiece,
)
from backend.fulfilment.events import ShipmentPacked
from backend.fulfilment.models import (
    CarrierMessage,
    Packaging,
    Resend,
    Shipment,
    ShipmentLine,
    ShipmentState,
    Verdict,
)
from backend.fulfilment.ports import Carrier, carrier_named
from backend.fulfilment.rules import LineProgress, check_codes, in_words
from backend.fulfilment.selectors import open_lines, progress_of, visible_shipment
from backend.orders.errors import OrderMoved
from backend.orders.models import Order, OrderLine, OrderState

CAN_BE_PACKED = (OrderState.PAID, OrderState.FULFILLING, OrderState.SHIPPED)
CAN_BE_SENT_AGAIN = (*CAN_BE_PACKED, OrderState.DELIVERED, OrderState.COMPLETED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """How a parcel is wrapped, and what is put in beside the goods."""

    packaging: Packaging = Packaging.STANDARD
    thanks: str = ""
    gift: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """So many pieces of one order line, and which line of what is sent once more they belong to."""

    line_id: UUID
    resend_line_id: UUID | None
    variant_id: UUID
    quantity: int


@transaction.atomic
def pack_parcel(
    *,
    order_id: UUID,
    carrier: str,
    pieces: Mapping[UUID, int] | None,
    codes: Sequence[str],
    packing: Packing,
    tracking_number: str,
    actor_id: UUID,
    idempotency_key: UUID,
    now: datetime,
    resend_id: UUID | None = None,
) -> Shipment:
    """Pack so many pieces of each line, or all that is left, into one parcel; each piece is named by its code.

    With `resend_id` the pieces are those that must be sent once more. A carrier that gives numbers is asked for one
    as soon as the parcel is packed, unless one was entered.

    Raises: OrderMoved, UnknownCarrier, NothingToSend, TooManyPieces, WrongPiece, PiecesUnchecked, ResendWithdrawn,
        TrackingNumberTaken, InvalidInput, NotFound, KeyReused.
    Emits: ShipmentPacked.
    """
    key: dict[str, Any] = {"principal_id": actor_id, "action": "pack_parcel", "key": idempotency_key}
    request = {
        "order": order_id,
        "resend": resend_id,
        "carrier": carrier,
        "pieces": {str(line_id): count for line_id, count in (pieces or {}).items()},
        "number": tracking_number,
    }
    if answered := replay_or_reserve(**key, request=request):
        return visible_shipment(shipment_id=UUID(answered["shipmentId"]))
    order = lock_one(Order, order_id)
    shipment = put_together(
        order=order,
        resend=_held_resend(order, resend_id),
        carrier=carrier,
        pieces=pieces,
        codes=codes,
        packing=packing,
        tracking_number=tracking_number,
        actor_id=actor_id,
        now=now,
    )
    remember(**key, answer={"shipmentId": shipment.id})
    return shipment


@transaction.atomic
def put_together(
    *,
    order: Order,
    carrier: str,
    pieces: Mapping[UUID, int] | None,
    packing: Packing,
    tracking_number: str,
    actor_id: UUID | None,
    now: datetime,
    codes: Sequence[str],
    resend: Resend | None = None,
) -> Shipment:
    """Write a parcel of an order that is locked; whichever way it is packed, each piece is named by its code.

    Raises: OrderMoved, UnknownCarrier, NothingToSend, TooManyPieces, WrongPiece, PiecesUnchecked, TrackingNumberTaken,
        InvalidInput.
    Emits: ShipmentPacked.
    """
    if order.state not in (CAN_BE_SENT_AGAIN if resend else CAN_BE_PACKED):
        raise OrderMoved(state=order.state)
    speaker = carrier_named(carrier)
    if speaker is None:
        raise UnknownCarrier
    parts = _parts(order, resend, pieces)
    _check_codes(parts, codes)
    number = _free_number(carrier, tracking_number)
    shipment = Shipment.objects.create(
        order=order,
        resend=resend,
        position=1 + (Shipment.objects.filter(order=order).aggregate(last=Max("position"))["last"] or 0),
        carrier=carrier,
        tracking_number=number,
        packaging=packing.packaging,
        thanks=_short(packing.thanks, longest=160, field="thanks"),
        gift=_short(packing.gift, longest=60, field="gift"),
        packed_by_id=actor_id,
        is_checked=True,
        packed_at=now,
        label_due_at=now if _is_to_be_asked(speaker, number) else None,
    )
    _put_in(shipment, parts)
    emit(ShipmentPacked(order_id=order.id, buyer_id=order.buyer_id, shipment_id=shipment.id, at=now))
    return shipment


@transaction.atomic
def give_number(*, shipment_id: UUID, tracking_number: str, now: datetime) -> list[CarrierMessage]:
    """Write the carrier's number on a packed parcel; answer the messages that came before the number did.

    Raises: ParcelMoved, TrackingNumberTaken, InvalidInput, NotFound.
    """
    shipment = lock_one(Shipment, shipment_id)
    if shipment.state != ShipmentState.PACKED or shipment.tracking_number not in ("", tracking_number):
        raise ParcelMoved(state=shipment.state)
    if not shipment.tracking_number:
        shipment.tracking_number = _free_number(shipment.carrier, tracking_number)
    shipment.label_due_at, shipment.problem = None, ""
    shipment.version += 1
    shipment.save(update_fields=["tracking_number", "label_due_at", "problem", "version"])
    early = CarrierMessage.objects.filter(
        carrier=shipment.carrier, tracking_number=shipment.tracking_number, verdict=Verdict.UNKNOWN_PARCEL
    )
    return list(early.order_by("pk"))


@transaction.atomic
def unpack_parcel(*, shipment_id: UUID, actor_id: UUID | None, now: datetime) -> Shipment:
    """Take a packed parcel apart again; its pieces can be packed anew.

    Raises: ParcelMoved, NotFound.
    Emits: ShipmentTracked.
    """
    order = lock_one(Order, visible_shipment(shipment_id=shipment_id).order_id)
    shipment = lock_one(Shipment, shipment_id)
    if not move_shipment(
        shipment=shipment, order=order, to=ShipmentState.CANCELLED, at=now, actor_id=actor_id, now=now
    ):
        raise ParcelMoved(state=shipment.state)
    return shipment


@transaction.atomic
def unpack_order(*, order_id: UUID, now: datetime) -> int:
    """Take every parcel apart that was packed for an order that is given up, and say how many.

    Raises: NotFound.
    Emits: ShipmentTracked.
    """
    order = lock_one(Order, order_id)
    packed = Shipment.objects.filter(order=order, state=ShipmentState.PACKED).order_by("pk")
    return sum(
        move_shipment(
            shipment=shipment, order=order, to=ShipmentState.CANCELLED, at=now, reason="order given up", now=now
        )
        for shipment in packed
    )


def _held_resend(order: Order, resend_id: UUID | None) -> Resend | None:
    """What must be sent once more, held, if it is still to be sent."""
    if resend_id is None:
        return None
    resend = lock_one(Resend, resend_id)
    if resend.order_id != order.id:
        raise NotFound
    if resend.withdrawn_at is not None:
        raise ResendWithdrawn
    return resend


def _parts(order: Order, resend: Resend | None, pieces: Mapping[UUID, int] | None) -> list[Part]:
    """What goes into the parcel, or a refusal."""
    if resend is None:
        variants = dict(OrderLine.objects.filter(order=order).values_list("pk", "variant_id"))
        wanted = _checked(pieces, progress_of([order.id])[order.id])
        return [Part(line_id, None, variants[line_id], count) for line_id, count in sorted(wanted.items())]
    lines = {each.line_id: each for each in open_lines(resend_ids=[resend.id])}
    wanted = _checked(pieces, {line_id: each.progress for line_id, each in lines.items()})
    return [
        Part(line_id, lines[line_id].id, lines[line_id].variant_id, count) for line_id, count in sorted(wanted.items())
    ]


def _check_codes(parts: Sequence[Part], codes: Sequence[str]) -> None:
    """Refuse a parcel whose pieces are not those whose codes were read."""
    skus = dict(Variant.objects.filter(pk__in=[part.variant_id for part in parts]).values_list("pk", "sku"))
    expected: Counter[str] = Counter()
    for part in parts:
        expected[skus[part.variant_id]] += part.quantity
    wrong, missing = check_codes(expected=expected, codes=codes)
    if wrong:
        raise WrongPiece(read=wrong[:60], expected=in_words(missing) or "—")
    if missing.total():
        raise PiecesUnchecked(expected=in_words(missing))


def _put_in(shipment: Shipment, parts: Sequence[Part]) -> None:
    ShipmentLine.objects.bulk_create(
        ShipmentLine(
            shipment=shipment, line_id=part.line_id, resend_line_id=part.resend_line_id, quantity=part.quantity
        )
        for part in parts
    )


def _checked(pieces: Mapping[UUID, int] | None, progress: Mapping[UUID, LineProgress]) -> dict[UUID, int]:
    """What goes into the parcel, or a refusal."""
    left = {line_id: line.left for line_id, line in progress.items() if line.left}
    if not left:
        raise NothingToSend
    wanted = left if pieces is None else {line_id: count for line_id, count in pieces.items() if count != 0}
    if not wanted:
        raise InvalidInput("lines")
    for line_id, count in wanted.items():
        if line_id not in progress or count < 0:
            raise InvalidInput("lines")
        if count > left.get(line_id, 0):
            raise TooManyPieces(field="lines", line_id=line_id, left=left.get(line_id, 0))
    return wanted


def _free_number(carrier: str, number: str) -> str:
    number = number.strip().upper()
    if not number:
        return ""
    if not 4 <= len(number) <= 40 or not number.isascii() or not number.replace("-", "").isalnum():
        raise InvalidInput("trackingNumber")
    if Shipment.objects.filter(carrier=carrier, tracking_number=number).exists():
        raise TrackingNumberTaken(tracking_number=number)
    return number


def _short(text: str, *, longest: int, field: str) -> str:
    text = " ".join(text.split())
    if len(text) > longest or "\x00" in text:
        raise InvalidInput(field)
    return text


def _is_to_be_asked(speaker: Carrier, number: str) -> bool:
    return speaker.gives_numbers and not number

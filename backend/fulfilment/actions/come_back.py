"""Parcels that people send to the shop: announced by their number, and noticed when the carrier has them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput
from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from backend.fulfilment.actions.messages import give_verdict, kept_notice
from backend.fulfilment.events import ReturnParcelScanned
from backend.fulfilment.models import CarrierMessage, ReturnParcel, Shipment, Verdict
from backend.fulfilment.ports import TrackingNotice, carrier_named
from backend.fulfilment.rules import IN_HAND, is_possible_time


@transaction.atomic(savepoint=False)
def announce_return_parcel(
    *, carrier: str, tracking_number: str, asker_kind: str, asker_id: UUID, not_before: datetime, now: datetime
) -> bool:
    """Wait for a parcel under a carrier's number; False says that the number belongs to another parcel.

    What the carrier said before the number was known is applied.

    Raises: InvalidInput.
    Emits: CarrierMessageHeld, ReturnParcelScanned.
    """
    speaker = carrier_named(carrier)
    if speaker is None or not speaker.gives_numbers:
        raise InvalidInput("carrierCode")
    number = tracking_number.strip().upper()
    if Shipment.objects.filter(carrier=carrier, tracking_number=number).exists():
        return False
    parcel = ReturnParcel(
        carrier=carrier,
        tracking_number=number,
        asker_kind=asker_kind,
        asker_id=asker_id,
        not_before=not_before,
        announced_at=now,
    )
    if not insert_row_once(parcel):
        return False
    early = CarrierMessage.objects.filter(
        carrier=carrier, tracking_number=number, verdict=Verdict.UNKNOWN_PARCEL, is_authentic=True
    )
    for message in early.order_by("pk"):
        hear_of_return(notice=kept_notice(message), message=message, now=now)
    return True


@transaction.atomic(savepoint=False)
def hear_of_return(*, notice: TrackingNotice, message: CarrierMessage, now: datetime) -> Verdict:
    """Apply a step of a parcel that the shop did not send; the first that says it is in hand is told, once.

    Emits: CarrierMessageHeld, ReturnParcelScanned.
    """
    number = notice.tracking_number.upper()
    parcel = ReturnParcel.objects.filter(carrier=notice.carrier, tracking_number=number).first() if number else None
    if parcel is None:
        return give_verdict(message=message, verdict=Verdict.UNKNOWN_PARCEL, now=now)
    if notice.at < parcel.not_before or not is_possible_time(at=notice.at, packed_at=parcel.not_before, now=now):
        return give_verdict(message=message, verdict=Verdict.BAD_TIME, now=now)
    if notice.code not in IN_HAND:
        return give_verdict(message=message, verdict=Verdict.APPLIED, now=now)
    waiting = ReturnParcel.objects.filter(pk=parcel.pk, scanned_at=None)
    if waiting.update(scanned_at=notice.at):
        emit(
            ReturnParcelScanned(
                return_parcel_id=parcel.pk,
                asker_kind=parcel.asker_kind,
                asker_id=parcel.asker_id,
                scanned_at=notice.at,
                at=now,
            )
        )
    return give_verdict(message=message, verdict=Verdict.APPLIED, now=now)

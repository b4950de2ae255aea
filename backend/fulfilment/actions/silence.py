"""Asking carriers about parcels of which nothing was heard, so that a lost message is no lost parcel."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from backend.fulfilment.actions.track import take_notice
from backend.fulfilment.models import ReturnParcel, Shipment, Verdict
from backend.fulfilment.ports import CarrierRefused, CarrierUnavailable, carrier_named
from backend.fulfilment.selectors import silent_return_parcels, silent_shipments


def ask_about_silent_parcels(*, clock: Callable[[], datetime], limit: int = 50) -> int:
    """Ask for the steps of parcels that have been silent for long, and say how many were news.

    Emits: CarrierMessageHeld, ShipmentSent, ShipmentTracked, ShipmentOutForDelivery, ShipmentDelivered,
        ShipmentTroubled, OrderShipped, OrderDelivered, ReturnParcelScanned.
    """
    now = clock()
    silent_since = now - timedelta(seconds=settings.CARRIER_SILENCE_SECONDS)
    sent = silent_shipments(silent_since=silent_since, limit=limit)
    coming = silent_return_parcels(silent_since=silent_since, now=now, limit=limit)
    silent: list[Shipment | ReturnParcel] = [*sent, *coming]
    return sum(_ask(parcel, clock=clock) for parcel in silent)


def _ask(parcel: Shipment | ReturnParcel, *, clock: Callable[[], datetime]) -> int:
    carrier = carrier_named(parcel.carrier)
    _note_asked(parcel, now=clock())
    if carrier is None:
        return 0
    try:
        notices = carrier.track(tracking_number=parcel.tracking_number)
    except (CarrierUnavailable, CarrierRefused):
        return 0
    return sum(take_notice(notice=notice, now=clock()) != Verdict.REPEATED for notice in notices)


@transaction.atomic(savepoint=False)
def _note_asked(parcel: Shipment | ReturnParcel, *, now: datetime) -> None:
    type(parcel).objects.filter(pk=parcel.pk).update(asked_at=now)

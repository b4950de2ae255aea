"""Parcels that will probably be late, told before their day."""

from datetime import datetime, timedelta

from django.db import transaction

from backend.core.clock import business_day
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from backend.fulfilment.events import DelayForeseen
from backend.fulfilment.forecast import Outlook, outlook
from backend.fulfilment.models import DelayForecast, Shipment
from backend.fulfilment.selectors.lateness import ON_THE_ROAD, lane_of, legs_of_lanes, parcels_to_judge


def foresee_delays(*, now: datetime, limit: int = 500) -> int:
    """Look at the parcels on the road, say of which it is foreseen that they come late, once each, and how many.

    Emits: DelayForeseen.
    """
    parcels = parcels_to_judge(now=now, limit=limit)
    legs = legs_of_lanes([lane_of(parcel) for parcel in parcels], now=now)
    told = 0
    for parcel in parcels:
        if parcel.shipped_at is None or parcel.expected_until is None:
            continue
        left_on = business_day(parcel.shipped_at)
        found = outlook(
            legs=legs.get(lane_of(parcel), []),
            gone_days=(business_day(now) - left_on).days,
            promised_days=(parcel.expected_until - left_on).days,
        )
        told += found is not None and _foresee(parcel, found, now=now)
    return told


@transaction.atomic
def _foresee(parcel: Shipment, found: Outlook, *, now: datetime) -> bool:
    """Keep what is foreseen and give the parcel its new days, unless news came in the meantime."""
    shipment = lock_one(Shipment, parcel.pk)
    if shipment.state not in ON_THE_ROAD or shipment.expected_until != parcel.expected_until:
        return False
    if shipment.shipped_at is None or shipment.expected_until is None:
        return False
    left_on, promised = business_day(shipment.shipped_at), shipment.expected_until
    forecast = DelayForecast(
        shipment=shipment,
        promised_until=promised,
        expected_until=left_on + timedelta(days=found.until_days),
        late_bps=found.late_bps,
        alike_count=found.alike_count,
        foreseen_at=now,
    )
    if not insert_row_once(forecast):
        return False
    shipment.expected_from = left_on + timedelta(days=found.from_days)
    shipment.expected_until = forecast.expected_until
    shipment.save(update_fields=["expected_from", "expected_until"])
    emit(DelayForeseen(order_id=shipment.order_id, buyer_id=parcel.order.buyer_id, shipment_id=shipment.id, at=now))
    return True

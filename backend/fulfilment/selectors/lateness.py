"""Parcels that will probably be late, and the ways of others by which that is judged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from backend.core.clock import BUSINESS_ZONE, business_day
from backend.fulfilment.models import DelayForecast, Shipment, ShipmentState
from backend.fulfilment.rules import MOVING

REMEMBERED = timedelta(days=120)
ON_THE_ROAD = [ShipmentState.SHIPPED, ShipmentState.IN_TRANSIT, ShipmentState.EXCEPTION]
MOST_SHOWN = 100
Lane = tuple[str, str]

# Only what the carrier itself reported as delivered counts; a buyer may confirm early or late.
_LEGS = """
SELECT parcel.carrier, own.address->>'province',
    (parcel.delivered_at AT TIME ZONE %(zone)s)::date - (parcel.shipped_at AT TIME ZONE %(zone)s)::date
FROM fulfilment_shipment parcel JOIN orders_order own ON own.id = parcel.order_id
WHERE parcel.state = 'DELIVERED' AND parcel.delivered_at >= %(since)s
    AND (parcel.carrier, own.address->>'province')
        IN (SELECT * FROM unnest(%(carriers)s::text[], %(provinces)s::text[]))
    AND EXISTS (SELECT FROM fulfilment_trackingevent step
        WHERE step.shipment_id = parcel.id AND step.code = 'delivered' AND step.message_id IS NOT NULL)
"""


def parcels_to_judge(*, now: datetime, limit: int) -> list[Shipment]:
    """Parcels on the road whose promised day is not over and of which nothing was foreseen yet."""
    known = DelayForecast.objects.values("shipment_id")
    road = Shipment.objects.filter(
        state__in=ON_THE_ROAD, shipped_at__isnull=False, expected_until__gte=business_day(now)
    ).exclude(pk__in=known)
    return list(road.select_related("order").order_by("expected_until", "pk")[:limit])


def legs_of_lanes(lanes: Iterable[Lane], *, now: datetime) -> Mapping[Lane, Sequence[int]]:
    """How many days the parcels of a carrier took to a province lately, by carrier and province."""
    wanted = sorted(set(lanes))
    found: dict[Lane, list[int]] = defaultdict(list)
    parameters: dict[str, Any] = {
        "zone": str(BUSINESS_ZONE),
        "since": now - REMEMBERED,
        "carriers": [carrier for carrier, _province in wanted],
        "provinces": [province for _carrier, province in wanted],
    }
    with connection.cursor() as cursor:
        cursor.execute(_LEGS, parameters)
        for carrier, province, days in cursor.fetchall():
            found[carrier, province].append(max(0, days))
    return found


def lane_of(shipment: Shipment) -> Lane:
    """By whom a parcel is brought, and to which province."""
    return shipment.carrier, str(shipment.order.address.get("province", ""))


def forecast_of(shipment_id: UUID) -> DelayForecast:
    """What was foreseen of a parcel."""
    return DelayForecast.objects.select_related("shipment__order").get(pk=shipment_id)


def likely_late() -> list[DelayForecast]:
    """Parcels on their way that will probably be late, the worst first; a hundred at most."""
    rows = DelayForecast.objects.filter(shipment__state__in=MOVING).select_related("shipment__order")
    return sorted(rows, key=lambda row: (row.promised_until - row.expected_until, row.promised_until))[:MOST_SHOWN]

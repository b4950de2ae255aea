"""How carriers do, worked out of the steps of parcels and of what people say."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from backend.fulfilment.ports import carriers
from backend.fulfilment.rules import LANES, Zone, days_on_the_way
from backend.quality.models import CarrierStanding
from backend.surveys.rules.figures import Share
from backend.surveys.selectors.report import Tally, carrier_marks

_DAYS = """
SELECT parcel.carrier, coalesce(owner.address->>'province', '') AS province,
    (parcel.delivered_at AT TIME ZONE 'Asia/Shanghai')::date - (parcel.shipped_at AT TIME ZONE 'Asia/Shanghai')::date,
    count(*)
FROM fulfilment_shipment parcel JOIN orders_order owner ON owner.id = parcel.order_id
WHERE parcel.state = 'DELIVERED' AND parcel.shipped_at IS NOT NULL
    AND parcel.delivered_at >= %(since)s AND parcel.delivered_at < %(until)s
GROUP BY 1, 2, 3
"""
_LEGS = """
SELECT parcel.carrier, count(*),
    count(*) FILTER (WHERE steps.is_troubled OR parcel.state IN ('EXCEPTION', 'RETURNED')),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM parcel.shipped_at - parcel.packed_at) / 3600),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM steps.out_at - parcel.shipped_at) / 3600),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM parcel.delivered_at - steps.out_at) / 3600)
FROM fulfilment_shipment parcel
LEFT JOIN LATERAL (
    SELECT min(at) FILTER (WHERE code = 'out_for_delivery') AS out_at,
        coalesce(bool_or(code IN ('delayed', 'damaged', 'refused')), false) AS is_troubled
    FROM fulfilment_trackingevent WHERE shipment_id = parcel.id
) steps ON TRUE
WHERE parcel.shipped_at >= %(since)s AND parcel.shipped_at < %(until)s
GROUP BY parcel.carrier
"""


@dataclass(slots=True)
class Scorecard:
    """One carrier in a span of time. Hours are medians of the legs: in the house, on the road, to the door."""

    carrier: str
    on_time: Share
    on_time_before: Share
    sent_count: int = 0
    troubled_count: int = 0
    house_hours: float | None = None
    road_hours: float | None = None
    door_hours: float | None = None
    marks: Tally = field(default_factory=Tally)
    rank: int | None = None
    standings: list[CarrierStanding] = field(default_factory=list)

    @property
    def trouble(self) -> Share:
        """How many parcels met with something on the way."""
        return Share(part=self.troubled_count, count=self.sent_count)


def scorecards(*, days: int, now: datetime) -> list[Scorecard]:
    """Every carrier with its figures, the best first; too few parcels get no rank."""
    span = timedelta(days=days)
    since = now - span
    punctual, before = on_time(since=since, until=now), on_time(since=since - span, until=since)
    legs = _legs(since=since, until=now)
    marks = carrier_marks(key="delivery", since=since, now=now)
    decided: dict[str, list[CarrierStanding]] = defaultdict(list)
    for standing in CarrierStanding.objects.filter(ended_at=None).select_related("set_by").order_by("zone"):
        decided[standing.carrier].append(standing)
    none = Share(part=0, count=0)
    cards = [
        Scorecard(
            carrier=carrier.code, on_time=punctual.get(carrier.code, none),
            on_time_before=before.get(carrier.code, none), marks=marks.get(carrier.code, Tally()),
            standings=decided[carrier.code], **legs.get(carrier.code, {}),
        )
        for carrier in carriers()
    ]  # fmt: skip
    return _ranked(cards)


def on_time(*, since: datetime, until: datetime) -> dict[str, Share]:
    """How many parcels of each carrier came by the last day that its way promises."""
    parts: dict[str, int] = defaultdict(int)
    counts: dict[str, int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, {"since": since, "until": until})
        for carrier, province, days, count in cursor.fetchall():
            counts[carrier] += count
            if days <= promised_days(carrier=carrier, province=province):
                parts[carrier] += count
    return {carrier: Share(part=parts[carrier], count=count) for carrier, count in counts.items()}


def promised_days(*, carrier: str, province: str) -> int:
    """How many days a carrier may take there."""
    left_on = date(2000, 1, 3)
    return (days_on_the_way(carrier=carrier, province=province, left_on=left_on)[1] - left_on).days


def standings_in_force() -> dict[tuple[str, str], str]:
    """What people decided about carriers, by carrier and region."""
    found = CarrierStanding.objects.filter(ended_at=None).values_list("carrier", "zone", "standing")
    return {(carrier, zone): standing for carrier, zone, standing in found}


def is_anybody_left(*, carrier: str, zone: str) -> bool:
    """Whether somebody else still goes there when a carrier is paused."""
    paused = {code for (code, where), standing in standings_in_force().items() if (where, standing) == (zone, "PAUSED")}
    return bool({lane.carrier for lane in LANES if Zone(zone) in lane.zones} - paused - {carrier})


def history_of(*, carrier: str, limit: int = 20) -> list[CarrierStanding]:
    """What was decided about a carrier, the newest first."""
    found = CarrierStanding.objects.filter(carrier=carrier).select_related("set_by")
    return list(found.order_by("-set_at", "-pk")[:limit])


def _legs(*, since: datetime, until: datetime) -> dict[str, dict[str, Any]]:
    names = ("sent_count", "troubled_count", "house_hours", "road_hours", "door_hours")
    with connection.cursor() as cursor:
        cursor.execute(_LEGS, {"since": since, "until": until})
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in cursor.fetchall()}


def _ranked(cards: list[Scorecard]) -> list[Scorecard]:
    """In the order of what is certain: the lower bound of coming in time."""
    cards.sort(key=lambda card: (card.on_time.is_too_few, -(card.on_time.low or 0), card.carrier))
    for number, card in enumerate((each for each in cards if not each.on_time.is_too_few), start=1):
        card.rank = number
    return cards

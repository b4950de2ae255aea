"""Deciding which carrier is taken first in a region, and which is not taken for now."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput
from backend.core.locks import advisory_lock
from backend.core.outbox import emit
from backend.fulfilment.ports import carrier_named
from backend.fulfilment.rules import LANES, Zone
from backend.quality.errors import NobodyLeft
from backend.quality.events import CarrierStandingSet
from backend.quality.models import CarrierStanding, Standing
from backend.quality.selectors.carriers import is_anybody_left

LONGEST_REASON = 200
SHORTEST_REASON = 2


@transaction.atomic
def set_standing(
    *, carrier: str, zone: str, standing: str | None, reason: str, actor_id: UUID, now: datetime
) -> CarrierStanding | None:
    """Take a carrier first in a region, pause it there, or let the usual order hold again; always with a reason.

    Raises: NobodyLeft, InvalidInput.
    Emits: CarrierStandingSet.
    """
    advisory_lock("quality.standing", zone)
    _check(carrier, zone, standing, reason)
    if standing == Standing.PAUSED and not is_anybody_left(carrier=carrier, zone=zone):
        raise NobodyLeft
    in_force = CarrierStanding.objects.filter(zone=zone, ended_at=None)
    in_force.filter(carrier=carrier).update(ended_at=now)
    if standing == Standing.PREFERRED:
        in_force.filter(standing=Standing.PREFERRED).update(ended_at=now)
    made = None
    if standing is not None:
        made = CarrierStanding.objects.create(
            carrier=carrier, zone=zone, standing=standing, reason=reason.strip(), set_by_id=actor_id, set_at=now
        )
    emit(
        CarrierStandingSet(
            carrier=carrier, zone=zone, standing=standing or "", reason=reason.strip(), by_id=actor_id, at=now
        )
    )
    return made


def _check(carrier: str, zone: str, standing: str | None, reason: str) -> None:
    if carrier_named(carrier) is None:
        raise InvalidInput("carrier")
    if zone not in set(Zone) or not any(lane.carrier == carrier and Zone(zone) in lane.zones for lane in LANES):
        raise InvalidInput("zone")
    if standing is not None and standing not in Standing.values:
        raise InvalidInput("standing")
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise InvalidInput("reason")

"""Promise points."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.money import Points
from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.rules import POINTS_UNIT
from membership.events import PointsPromised
from membership.models import PointLot, PointWallet


@transaction.atomic
def promise_points(
    *,
    user_id: UUID,
    points: Points,
    cause: str,
    source: tuple[str, UUID],
    rule_version: str,
    facts: Mapping[str, object],
    now: datetime,
    vests_at: datetime | None = None,
    campaign_id: UUID | None = None,
) -> PointLot | None:
    """Write down points that a person will have once they vest; None when the sum comes to nothing.

    The same cause and source promise once: a repeat answers the first lot. `vests_at` stays open for an order
    until its parcel is delivered.

    Emits: PointsPromised.
    """
    if not points:
        return None
    identity = {"user_id": user_id, "cause": cause, "source_type": source[0], "source_id": source[1]}
    lot, is_new = PointLot.objects.get_or_create(
        **identity,
        defaults={
            "rule_version": rule_version,
            "facts": dict(facts),
            "earned": points.amount,
            "remaining": points.amount,
            "created_at": now,
            "vests_at": vests_at,
        },
    )
    if not is_new:
        return lot
    insert_row_once(PointWallet(user_id=user_id))
    post_transfer(
        kind="promise_points",
        source=("point_lot", lot.id),
        legs=[
            Leg("points_source", None, -points.amount, POINTS_UNIT),
            Leg("points_pending", user_id, points.amount, POINTS_UNIT),
        ],
        rule=rule_version,
        facts=facts,
        now=now,
    )
    emit(
        PointsPromised(
            user_id=user_id, lot_id=lot.id, cause=cause, points=points.amount, campaign_id=campaign_id, at=now
        )
    )
    return lot

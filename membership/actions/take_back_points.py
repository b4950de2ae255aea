"""Take points back after a refund, and let old ones lapse."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import claim_rows, lock_one
from backend.core.money import Points
from backend.core.outbox import emit
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.rules import POINTS_UNIT
from membership import rules
from membership.events import PointsTakenBack
from membership.models import LotState, PointLot

HOLDS_THE_POINTS = {LotState.PENDING: "points_pending", LotState.ACTIVE: "points_active"}


@transaction.atomic
def take_back_points(*, lot_id: UUID, keep: Points, now: datetime) -> PointLot:
    """Leave a lot with at most `keep` of what it earned; never gives more than there was.

    Each step of a refund has its own transfer, so a repeat changes nothing.

    Emits: PointsTakenBack.
    """
    lot = lock_one(PointLot, lot_id)
    surplus = min(lot.earned - lot.reversed - keep.amount, lot.remaining)
    account = HOLDS_THE_POINTS.get(LotState(lot.state))
    if surplus <= 0 or account is None:
        return lot

    lot.remaining -= surplus
    lot.reversed += surplus
    if lot.remaining == 0:
        lot.state = LotState.REVOKED
    lot.save(update_fields=["remaining", "reversed", "state"])
    _move(lot, account=account, to="points_reversed", kind="take_back_points", amount=surplus, now=now)
    emit(
        PointsTakenBack(user_id=lot.user_id, lot_id=lot.id, cause=lot.cause, points=surplus, left=lot.remaining, at=now)
    )
    return lot


@transaction.atomic
def expire_points(*, now: datetime, most: int = 200) -> int:
    """Let usable points lapse whose time is over, and say of how many lots."""
    due = PointLot.objects.filter(state=LotState.ACTIVE, expires_at__lte=now)
    lots = claim_rows(due, limit=most)
    for lot in rules.by_person(lots):
        lapsed, lot.remaining = lot.remaining, 0
        lot.state = LotState.EXPIRED
        lot.save(update_fields=["remaining", "state"])
        if lapsed:
            _move(lot, account="points_active", to="points_expired", kind="expire_points", amount=lapsed, now=now)
    return len(lots)


def _move(lot: PointLot, *, account: str, to: str, kind: str, amount: int, now: datetime) -> None:
    post_transfer(
        kind=kind,
        source=("point_lot", lot.id),
        sequence=lot.reversed,
        legs=[
            Leg(account, lot.user_id, -amount, POINTS_UNIT),
            Leg(to, None, amount, POINTS_UNIT),
        ],
        rule=lot.rule_version,
        now=now,
    )

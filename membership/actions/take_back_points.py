"""Take points back after a refund, and let old ones lapse."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one
from backend.core.money import Points
from backend.core.outbox import emit
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.rules import POINTS_UNIT
from membership import selectors
from membership.actions.hold_wallets import hold_wallets, lots_of_free_wallets
from membership.actions.repay_debt import owe_points
from membership.events import PointsTakenBack
from membership.models import LotState, PointLot

HOLDS_THE_POINTS = {LotState.PENDING: "points_pending", LotState.ACTIVE: "points_active"}


@transaction.atomic
def take_back_points(*, lot_id: UUID, keep: Points, now: datetime) -> PointLot:
    """Leave a lot with at most `keep` of what it earned.

    What was spent of it already is owed: other lots are left alone, what the person earns next repays it.
    Each step of a refund has its own transfer, so a repeat changes nothing.

    Emits: PointsTakenBack.
    """
    hold_wallets([PointLot.objects.values_list("user_id", flat=True).get(pk=lot_id)])
    lot = lock_one(PointLot, lot_id)
    surplus = lot.earned - lot.reversed - keep.amount
    taken = min(max(surplus, 0), lot.remaining)
    owed = min(max(surplus, 0) - taken, selectors.points_spent_of(lot))
    if not taken and not owed:
        return lot

    account = HOLDS_THE_POINTS.get(LotState(lot.state))
    lot.remaining -= taken
    lot.reversed += taken + owed
    if lot.remaining == 0 and not owed:
        lot.state = LotState.REVOKED
    lot.save(update_fields=["remaining", "reversed", "state"])
    if taken and account:
        _move(lot, account=account, to="points_reversed", kind="take_back_points", amount=taken, now=now)
    if owed:
        owe_points(lot, points=owed, now=now)
    emit(
        PointsTakenBack(
            user_id=lot.user_id, lot_id=lot.id, cause=lot.cause, points=taken + owed, left=lot.remaining, at=now
        )
    )
    return lot


@transaction.atomic
def expire_points(*, now: datetime, most: int = 200) -> int:
    """Let usable points lapse whose day is over, each lot once, and say of how many lots."""
    lots = lots_of_free_wallets(PointLot.objects.filter(state=LotState.ACTIVE, expires_at__lte=now), most=most)
    for lot in lots:
        lapsed, lot.remaining = lot.remaining, 0
        lot.lapsed, lot.state = lapsed, LotState.EXPIRED
        lot.save(update_fields=["remaining", "lapsed", "state"])
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

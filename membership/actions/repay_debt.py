"""What a person owes in points: noted when points that have to go back are spent, repaid by what comes next."""

from datetime import datetime
from uuid import UUID

from backend.core.locks import lock_rows
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.rules import POINTS_UNIT
from membership import selectors
from membership.models import PointDebt, PointLot


def owe_points(lot: PointLot, *, points: int, now: datetime) -> None:
    """Note that a person owes points of a lot which were spent; call it with the wallet held."""
    PointDebt.objects.create(user_id=lot.user_id, lot=lot, amount=points, created_at=now)
    post_transfer(
        kind="owe_points",
        source=("point_lot", lot.id),
        sequence=lot.reversed,
        legs=[
            Leg("points_debt", lot.user_id, -points, POINTS_UNIT),
            Leg("points_reversed", None, points, POINTS_UNIT),
        ],
        rule=lot.rule_version,
        now=now,
    )


def repay_debt(*, user_id: UUID, points: int) -> None:
    """Mark so many of the owed points as repaid, the oldest first; call it with the wallet held."""
    for debt in lock_rows(selectors.open_debts(user_id), "created_at"):
        part = min(points, debt.amount - debt.repaid - debt.forgiven)
        if not part:
            return
        points -= part
        debt.repaid += part
        debt.save(update_fields=["repaid"])


def repay_from_lot(lot: PointLot, *, now: datetime) -> None:
    """Let a lot that becomes usable repay what its owner owes, as far as it goes."""
    points = min(lot.remaining, selectors.points_owed(lot.user_id).amount)
    if not points:
        return
    lot.remaining -= points
    lot.repaid += points
    lot.save(update_fields=["remaining", "repaid"])
    repay_debt(user_id=lot.user_id, points=points)
    post_transfer(
        kind="repay_points",
        source=("point_lot", lot.id),
        legs=[
            Leg("points_active", lot.user_id, -points, POINTS_UNIT),
            Leg("points_debt", lot.user_id, points, POINTS_UNIT),
        ],
        rule=lot.rule_version,
        now=now,
    )

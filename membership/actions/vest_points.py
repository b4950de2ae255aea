"""Let promised points become usable."""

from datetime import datetime

from django.db import transaction

from backend.core.outbox import emit
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.rules import POINTS_UNIT
from membership import rules
from membership.actions.hold_wallets import lots_of_free_wallets
from membership.actions.repay_debt import repay_from_lot
from membership.events import PointsVested
from membership.models import EarningRule, LotState, PointLot


@transaction.atomic
def vest_points(*, now: datetime, most: int = 200) -> int:
    """Make the lots whose waiting time is over usable, and say how many.

    Workers may run side by side: each takes people whose wallet no other holds. What a person owes is repaid first.

    Emits: PointsVested.
    """
    due = PointLot.objects.filter(state=LotState.PENDING, vests_at__lte=now)
    rule = EarningRule.objects.latest("version")
    lots = lots_of_free_wallets(due, most=most)
    for lot in lots:
        vest_lot(lot, now=now, rule=rule)
    return len(lots)


def vest_lot(lot: PointLot, *, now: datetime, rule: EarningRule | None = None) -> None:
    """Make one lot usable; call it with the wallet held.

    Emits: PointsVested.
    """
    rule = rule or EarningRule.objects.latest("version")
    lot.state = LotState.ACTIVE
    lot.expires_at = rules.expires_at(vested_at=now, rule=rule)
    lot.save(update_fields=["state", "expires_at"])
    post_transfer(
        kind="vest_points",
        source=("point_lot", lot.id),
        legs=[
            Leg("points_pending", lot.user_id, -lot.remaining, POINTS_UNIT),
            Leg("points_active", lot.user_id, lot.remaining, POINTS_UNIT),
        ],
        rule=lot.rule_version,
        now=now,
    )
    repay_from_lot(lot, now=now)
    emit(PointsVested(user_id=lot.user_id, lot_id=lot.id, cause=lot.cause, points=lot.remaining, at=now))

"""Let promised points become usable."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from backend.core.outbox import emit
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.rules import POINTS_UNIT
from membership import rules, selectors
from membership.actions.hold_wallets import lots_of_free_wallets
from membership.actions.repay_debt import repay_from_lot
from membership.events import PointsVested
from membership.models import LotState, PointLot


@transaction.atomic
def vest_points(*, now: datetime, most: int = 200) -> int:
    """Make the lots whose waiting time is over usable, and say how many.

    Workers may run side by side: each takes people whose wallet no other holds. What a person owes is repaid first.

    Emits: PointsVested.
    """
    due = PointLot.objects.filter(state=LotState.PENDING, vests_at__lte=now)
    lots = lots_of_free_wallets(due, most=most)
    if lots:
        rule = selectors.earning_rule(now)
        extra = selectors.extra_days_of({lot.user_id for lot in lots}, now=now)
        for lot in lots:
            vest_lot(lot, life=rules.life_of(vested_at=now, rule=rule, extra_days=extra[lot.user_id]), now=now)
    return len(lots)


def vest_at_once(lot: PointLot, *, now: datetime) -> None:
    """Make a lot usable that has nothing to wait for; call it with the wallet held.

    Emits: PointsVested.
    """
    extra = selectors.extra_days_of({lot.user_id}, now=now)[lot.user_id]
    vest_lot(lot, life=rules.life_of(vested_at=now, rule=selectors.earning_rule(now), extra_days=extra), now=now)


def vest_lot(lot: PointLot, *, life: Mapping[str, object], now: datetime) -> None:
    """Make one lot usable until the day that its life says; call it with the wallet held.

    Emits: PointsVested.
    """
    if lot.state != LotState.PENDING:
        return
    lot.state = LotState.ACTIVE
    lot.life = dict(life)
    lot.expires_at = rules.end_of_life(life)
    lot.save(update_fields=["state", "life", "expires_at"])
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

"""Give spent points back: what is owed first, then to the lots they came from."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.ids import new_id
from backend.core.locks import lock_one, lock_rows
from backend.core.money import Points
from backend.core.outbox import emit
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.rules import POINTS_UNIT
from membership import rules, selectors
from membership.actions.hold_wallets import hold_wallets
from membership.actions.repay_debt import repay_debt
from membership.events import PointsReturned
from membership.models import LotState, PointAllocation, PointLot, PointSpend


@dataclass
class Back:
    """Points on their way back: so many repay what is owed, so many have no lot to go to."""

    owed: int
    homeless: int = 0


@transaction.atomic
def return_points(*, source: tuple[str, UUID], now: datetime, total: Points | None = None) -> int:
    """Let points of a source come back until `total` of them have, all of them without it; say how many came now.

    They first repay what the person owes. The rest goes to the lots it came from, those that last longest first.
    For a lot that has lapsed since there is a new one with thirty days of grace.

    Emits: PointsReturned.
    """
    found = selectors.last_spend(source)
    if found is None:
        return 0
    hold_wallets([found.user_id])
    spend = lock_one(PointSpend, found.id)
    points = min(spend.amount, spend.amount if total is None else total.amount) - spend.returned
    if points <= 0:
        return 0
    spend.returned += points
    spend.save(update_fields=["returned"])
    back = Back(owed=min(points, selectors.points_owed(spend.user_id).amount))
    repaid = back.owed
    _to_lots(spend, points, back, now=now)
    if back.homeless:
        _new_lot(spend, back.homeless, now=now)
    if repaid:
        repay_debt(user_id=spend.user_id, points=repaid)
    _book(spend, points=points, repaid=repaid, now=now)
    emit(PointsReturned(user_id=spend.user_id, spend_id=spend.id, points=points, at=now))
    return points


@transaction.atomic
def return_points_of_pieces(*, order_id: UUID, now: datetime) -> int:
    """Let the points come back that paid for the refunded pieces of an order; a repeat brings nothing.

    Emits: PointsReturned.
    """
    source = ("order", order_id)
    spend = selectors.last_spend(source)
    if spend is None:
        return 0
    points = rules.points_of_pieces(
        points=spend.amount,
        per_line=selectors.points_paid_per_line(order_id),
        pieces=selectors.pieces_given_up(order_id),
    )
    return return_points(source=source, total=Points(points), now=now)


def _to_lots(spend: PointSpend, points: int, back: Back, *, now: datetime) -> None:
    """Undo allocations, the longest lasting lot first."""
    taken = PointAllocation.objects.filter(spend=spend, restored__lt=F("amount"))
    lots = {lot.pk: lot for lot in lock_rows(PointLot.objects.filter(pk__in=taken.values("lot_id")))}
    for allocation in sorted(taken, key=lambda each: (lots[each.lot_id].expires_at, each.pk), reverse=True):
        part = min(points, allocation.amount - allocation.restored)
        if not part:
            return
        points -= part
        allocation.restored += part
        allocation.elsewhere += part - _into(lots[allocation.lot_id], part, back, now=now)
        allocation.save(update_fields=["restored", "elsewhere"])


def _into(lot: PointLot, part: int, back: Back, *, now: datetime) -> int:
    """Put back into a lot what has room there and is not owed, and say how much that was."""
    repays = min(part, back.owed)
    back.owed -= repays
    fits = rules.room_in(lot, now=now)
    stays = min(part - repays, fits)
    if stays:
        lot.remaining += stays
        lot.save(update_fields=["remaining"])
    back.homeless += part - repays - stays
    return stays


def _new_lot(spend: PointSpend, points: int, *, now: datetime) -> None:
    life = rules.grace_life(now)
    PointLot.objects.create(
        user_id=spend.user_id,
        cause="returned",
        source_type="point_return",
        source_id=new_id(),
        rule_version=spend.rule_version,
        facts={"points": points, "spend": str(spend.id), "returned_at": now.isoformat()},
        state=LotState.ACTIVE,
        earned=points,
        remaining=points,
        created_at=now,
        vests_at=now,
        expires_at=rules.end_of_life(life),
        life=life,
    )


def _book(spend: PointSpend, *, points: int, repaid: int, now: datetime) -> None:
    legs = [
        Leg("points_spent", None, -points, POINTS_UNIT),
        Leg("points_active", spend.user_id, points - repaid, POINTS_UNIT),
        Leg("points_debt", spend.user_id, repaid, POINTS_UNIT),
    ]
    post_transfer(
        kind="return_points",
        source=("point_spend", spend.id),
        sequence=spend.returned,
        legs=[leg for leg in legs if leg.amount],
        rule=spend.rule_version,
        now=now,
    )

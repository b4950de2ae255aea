"""Use points, those that lapse soonest first, each remembered with the lot it came from."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from backend.core.money import Points
from backend.core.outbox import emit
from backend.core.rows import insert_row, insert_rows
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.rules import POINTS_UNIT
from membership import selectors
from membership.actions.hold_wallets import hold_wallets
from membership.errors import PointsTooFew
from membership.events import PointsSpent
from membership.models import PointAllocation, PointSpend

# The lots in the order in which they lapse, with what lies before each: a lot gives what the ones before it could not.
_TAKE = """
WITH queue AS (
    SELECT id, remaining, sum(remaining) OVER (ORDER BY expires_at, created_at, id) - remaining AS before
    FROM membership_pointlot
    WHERE user_id = %(user_id)s AND state = 'ACTIVE' AND expires_at > %(now)s AND remaining > 0
), taken AS (
    SELECT id, least(remaining, %(points)s - before)::bigint AS amount FROM queue WHERE before < %(points)s
)
UPDATE membership_pointlot lot SET remaining = lot.remaining - taken.amount
FROM taken WHERE lot.id = taken.id
RETURNING lot.id, taken.amount
"""


@transaction.atomic
def spend_points(
    *, user_id: UUID, points: Points, source: tuple[str, UUID], rule_version: str, now: datetime
) -> PointSpend:
    """Use points for a source; what stands for it already is answered again.

    Raises: PointsTooFew.
    Emits: PointsSpent.
    """
    hold_wallets([user_id])
    last = selectors.last_spend(source)
    if last is not None and last.returned < last.amount:
        return last
    available = selectors.points_available(user_id, now=now)
    if points > available:
        raise PointsTooFew(available=available.amount)
    spend = insert_row(
        PointSpend(
            user_id=user_id,
            source_type=source[0],
            source_id=source[1],
            attempt=last.attempt + 1 if last else 1,
            amount=points.amount,
            rule_version=rule_version,
            created_at=now,
        )
    )
    insert_rows(_taken(spend, now=now))
    post_transfer(
        kind="spend_points",
        source=("point_spend", spend.id),
        legs=[
            Leg("points_active", user_id, -points.amount, POINTS_UNIT),
            Leg("points_spent", None, points.amount, POINTS_UNIT),
        ],
        rule=rule_version,
        facts={"source_type": source[0], "source_id": str(source[1])},
        now=now,
    )
    emit(PointsSpent(user_id=user_id, spend_id=spend.id, points=points.amount, at=now))
    return spend


def _taken(spend: PointSpend, *, now: datetime) -> list[PointAllocation]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"user_id": spend.user_id, "points": spend.amount, "now": now})
        return [PointAllocation(spend=spend, lot_id=lot_id, amount=amount) for lot_id, amount in cursor.fetchall()]

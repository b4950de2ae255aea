"""Tell people thirty, seven and one days before points lapse; each time once."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from backend.core.clock import BUSINESS_ZONE, business_day
from backend.core.ids import new_id
from backend.core.outbox import emit
from membership import rules
from membership.events import PointsExpiring

# What lapses within so many days and has not been told at this distance; a day that was missed is made up for.
_DUE = """
SELECT lot.user_id, ((lot.expires_at - interval '1 microsecond') AT TIME ZONE %(zone)s)::date AS last_day,
    sum(lot.remaining)::int
FROM membership_pointlot lot
WHERE lot.state = 'ACTIVE' AND lot.remaining > 0 AND lot.expires_at > %(after)s AND lot.expires_at <= %(until)s
    AND NOT EXISTS (SELECT FROM membership_expirynotice told WHERE told.user_id = lot.user_id
        AND told.days_before = %(days)s
        AND told.expires_on = ((lot.expires_at - interval '1 microsecond') AT TIME ZONE %(zone)s)::date)
GROUP BY 1, 2 ORDER BY 1, 2 LIMIT %(most)s
"""
_TOLD = """
INSERT INTO membership_expirynotice (id, user_id, expires_on, days_before, points, at)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (user_id, expires_on, days_before) DO NOTHING
"""


@transaction.atomic
def tell_of_expiry(*, now: datetime, most: int = 500) -> int:
    """Tell of points that lapse soon, and say how many notices were written.

    Emits: PointsExpiring.
    """
    told, today = 0, business_day(now)
    for nearer, days in zip((-1, *rules.TOLD_DAYS_BEFORE), rules.TOLD_DAYS_BEFORE, strict=False):
        values: dict[str, Any] = {
            "zone": str(BUSINESS_ZONE),
            "after": rules.day_ends(today + timedelta(days=nearer)),
            "until": rules.day_ends(today + timedelta(days=days)),
            "days": days,
            "most": most,
        }
        with connection.cursor() as cursor:
            cursor.execute(_DUE, values)
            for user_id, last_day, points in cursor.fetchall():
                cursor.execute(_TOLD, [new_id(), user_id, last_day, days, points, now])
                if cursor.rowcount:
                    emit(PointsExpiring(user_id=user_id, points=points, on=last_day.isoformat(), days=days, at=now))
                    told += 1
    return told

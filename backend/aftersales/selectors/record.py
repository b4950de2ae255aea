"""What became of requests for money back, in figures that anybody may read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

SPAN = timedelta(days=90)
# Below this many finished requests a figure would say more about single people than about the shop.
FEWEST = 10
_RECORD = """
SELECT count(*),
    count(*) FILTER (WHERE decided_minor > 0 AND close_reason = ''),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - opened_at) / 3600)
        FILTER (WHERE decided_minor > 0 AND close_reason = ''),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM first_answered_at - opened_at) / 60)
        FILTER (WHERE first_answered_at IS NOT NULL)
FROM aftersales_aftersalecase
WHERE finished_at >= %(since)s AND remedy = 'REFUND' AND state <> 'BUYER_CANCELLED'
"""


@dataclass(frozen=True, slots=True)
class RefundRecord:
    """Requests for money back that ended in ninety days; figures are there only when there are enough of them."""

    finished: int
    granted_share: float | None
    median_hours: float | None
    answer_minutes: float | None


def refund_record(*, now: datetime) -> RefundRecord:
    """How many requests ended, which share of them was granted, and how long half of them took at most."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, {"since": now - SPAN})
        finished, granted, hours, minutes = cursor.fetchone()
    if finished < FEWEST:
        return RefundRecord(finished, None, None, None)
    return RefundRecord(finished, granted / finished, hours, minutes)

"""Which accounts are, by strong signs, one person's: for who asks whether somebody is new. It only reads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from groupbuy.ports import StrongLinks
from referrals.invites.actions.keep_peppers import key_of_period
from referrals.invites.actions.note_identifiers import SOURCES
from referrals.invites.rules.evidence import KEPT_FOR, PERIOD_SECONDS, hmac_pads, period_of

# An address says no more than that people live together, and a network less.
STRONG = ["EMAIL", "PHONE", "PAYER", "DEVICE"]
LINKED = f"""
WITH known AS MATERIALIZED ({SOURCES}),
peppers (period, inner_pad, outer_pad) AS (
    SELECT * FROM unnest(%(periods)s::int[], %(inner)s::bytea[], %(outer)s::bytea[])
), mine AS MATERIALIZED (
    SELECT known.kind, peppers.period, max(known.seen_at) AS seen_at, sha256(peppers.outer_pad || sha256(
        peppers.inner_pad || convert_to(known.kind || ':' || known.said, 'UTF8'))) AS digest
    FROM known JOIN peppers
      ON peppers.period - floor(extract(epoch FROM known.seen_at) / %(seconds)s)::int IN (0, 1)
    WHERE known.said IS NOT NULL AND known.said <> '' AND known.kind = ANY(%(strong)s)
    GROUP BY 1, 2, 4
)
SELECT encode(mine.digest, 'hex') || CASE WHEN mine.kind = 'DEVICE' THEN mine.seen_at::date::text ELSE '' END,
    array_agg(other.user_id) FILTER (WHERE other.user_id IS NOT NULL)
FROM mine LEFT JOIN invites_identifier other
  ON other.kind = mine.kind AND other.period = mine.period AND other.digest = mine.digest
  AND other.user_id <> %(user)s
  AND (mine.kind <> 'DEVICE' OR mine.seen_at - other.seen_at BETWEEN '-24 hours' AND '24 hours')
GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - joined from what is written above


@transaction.atomic
def strong_links(*, user_id: UUID, now: datetime) -> StrongLinks:
    """Find who shares an e-mail, a phone number, a payment account, or a device within a day, and the signs themselves.

    Signs are digests under the pepper of their ninety days. It notes nothing, so it may be asked while rows are held.
    """
    since = now - KEPT_FOR
    periods = list(range(period_of(since), period_of(now) + 2))
    pads = [hmac_pads(key_of_period(period, now=now)) for period in periods]
    values: dict[str, Any] = {
        "people": [user_id],
        "user": user_id,
        "now": now,
        "since": since,
        "seconds": PERIOD_SECONDS,
        "periods": periods,
        "inner": [inner for inner, _outer in pads],
        "outer": [outer for _inner, outer in pads],
        "strong": STRONG,
    }
    with connection.cursor() as cursor:
        cursor.execute(LINKED, values)
        found = cursor.fetchall()
    accounts = {account for _sign, others in found for account in others or ()}
    return StrongLinks(accounts=frozenset(accounts), signs=tuple(sign for sign, _others in found))

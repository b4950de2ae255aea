"""Keep what accounts have in common as digests that fade."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from backend.payments.rules.risk import digest_of
from referrals.invites.actions.keep_peppers import key_of_period
from referrals.invites.models import Identifier, Pepper, PlaceKind, SharedPlace
from referrals.invites.rules.evidence import KEPT_FOR, PERIOD_SECONDS, hmac_pads, normal_address, period_of

# What is known of people: kind, text, and when it was last seen. Every text is brought to one form first.
SOURCES = """
SELECT person.id AS user_id, 'EMAIL' AS kind, %(now)s::timestamptz AS seen_at,
       CASE WHEN split_part(person.email, '@', 2) IN ('gmail.com', 'googlemail.com')
            THEN replace(split_part(split_part(person.email, '@', 1), '+', 1), '.', '') || '@gmail.com'
            ELSE split_part(split_part(person.email, '@', 1), '+', 1) || '@' || split_part(person.email, '@', 2)
       END AS said
FROM accounts_user person WHERE person.id = ANY(%(people)s) AND person.email IS NOT NULL
UNION ALL
SELECT person.id, 'PHONE', %(now)s, regexp_replace(person.phone, '[^0-9]', '', 'g')
FROM accounts_user person WHERE person.id = ANY(%(people)s) AND person.phone IS NOT NULL
UNION ALL
SELECT placed.buyer_id, 'PHONE', max(placed.placed_at), regexp_replace(placed.address ->> 'phone', '[^0-9]', '', 'g')
FROM orders_order placed WHERE placed.buyer_id = ANY(%(people)s) AND placed.placed_at > %(since)s GROUP BY 1, 4
UNION ALL
SELECT placed.buyer_id, 'ADDRESS', max(placed.placed_at),
       lower(regexp_replace(concat(placed.address ->> 'province', placed.address ->> 'city',
                                   placed.address ->> 'district', placed.address ->> 'line'), '[\\s,，。.#-]', '', 'g'))
FROM orders_order placed WHERE placed.buyer_id = ANY(%(people)s) AND placed.placed_at > %(since)s GROUP BY 1, 4
UNION ALL
SELECT tried.buyer_id, 'PAYER', max(tried.at), tried.payer
FROM payments_paymenttry tried WHERE tried.buyer_id = ANY(%(people)s) AND tried.at > %(since)s GROUP BY 1, 4
UNION ALL
SELECT tried.buyer_id, 'DEVICE', max(tried.at), tried.device
FROM payments_paymenttry tried WHERE tried.buyer_id = ANY(%(people)s) AND tried.at > %(since)s GROUP BY 1, 4
UNION ALL
SELECT tried.buyer_id, 'NETWORK', max(tried.at), tried.address
FROM payments_paymenttry tried WHERE tried.buyer_id = ANY(%(people)s) AND tried.at > %(since)s GROUP BY 1, 4
UNION ALL
SELECT visit.user_id, 'DEVICE', max(visit.at), visit.visitor
FROM invites_touch visit WHERE visit.user_id = ANY(%(people)s) AND visit.at > %(since)s GROUP BY 1, 4
"""
# A fact is kept under the pepper of its own period and of the next one, so that any two facts that are at most
# ninety days apart share a pepper. HMAC is written out over sha256(), so it needs no extension.
NOTE = f"""
WITH known AS MATERIALIZED ({SOURCES}),
peppers (period, inner_pad, outer_pad) AS (
    SELECT * FROM unnest(%(periods)s::int[], %(inner)s::bytea[], %(outer)s::bytea[])
)
INSERT INTO invites_identifier (id, user_id, kind, period, digest, seen_at)
SELECT gen_random_uuid(), known.user_id, known.kind, peppers.period,
       sha256(peppers.outer_pad || sha256(peppers.inner_pad || convert_to(known.kind || ':' || known.said, 'UTF8'))),
       max(known.seen_at)
FROM known JOIN peppers
  ON peppers.period - floor(extract(epoch FROM known.seen_at) / %(seconds)s)::int IN (0, 1)
WHERE known.said IS NOT NULL AND known.said <> ''
  AND NOT (known.kind = 'NETWORK' AND known.said = ANY(%(networks)s))
  AND NOT (known.kind = 'ADDRESS' AND EXISTS (
      SELECT 1 FROM unnest(%(places)s::text[]) AS place (text) WHERE starts_with(known.said, place.text)))
GROUP BY 2, 3, 4, 5
ORDER BY 2, 3, 4, 5
ON CONFLICT (user_id, kind, period, digest)
DO UPDATE SET seen_at = greatest(invites_identifier.seen_at, excluded.seen_at)
"""  # noqa: S608 - joined from what is written above


@transaction.atomic
def note_identifiers(*, people: Iterable[UUID], now: datetime) -> int:
    """Keep digests of what tells people apart or together, for any number of them in one statement."""
    wanted = sorted(set(people))
    since = now - KEPT_FOR
    periods = list(range(period_of(since), period_of(now) + 2))
    pads = [hmac_pads(key_of_period(period, now=now)) for period in periods]
    values: dict[str, Any] = {
        "people": wanted,
        "now": now,
        "since": since,
        "seconds": PERIOD_SECONDS,
        "periods": periods,
        "inner": [inner for inner, _outer in pads],
        "outer": [outer for _inner, outer in pads],
        **_shared_places(now=now),
    }
    with connection.cursor() as cursor:
        cursor.execute(NOTE, values)
        return int(cursor.rowcount)


@transaction.atomic
def forget_identifiers(*, now: datetime, limit: int = 10_000) -> int:
    """Delete digests that were kept for ninety days, and peppers that no digest needs any more."""
    old = Identifier.objects.filter(seen_at__lt=now - KEPT_FOR).order_by("seen_at").values_list("pk", flat=True)
    deleted, _kinds = Identifier.objects.filter(pk__in=list(old[:limit])).delete()
    Pepper.objects.filter(period__lt=period_of(now - KEPT_FOR)).delete()
    return deleted


def _shared_places(*, now: datetime) -> dict[str, list[str]]:
    """What says nothing because many share it: addresses as they begin, networks as the risk monitor digests them."""
    places = list(SharedPlace.objects.values_list("kind", "text"))
    hosts = [str(host) for kind, text in places if kind == PlaceKind.NETWORK for host in ip_network(text)]
    months = {(now - timedelta(days=days)).replace(day=1) for days in range(0, KEPT_FOR.days + 31, 28)}
    return {
        "networks": [digest_of(host, secret=settings.SECRET_KEY, at=month) for host in hosts for month in months],
        "places": [normal_address(text) for kind, text in places if kind == PlaceKind.ADDRESS],
    }

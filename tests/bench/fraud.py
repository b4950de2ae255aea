"""The evidence of a hundred thousand first orders: noting what people have in common, and weighing every pair."""

import os
import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from referrals.invites import rules, selectors
from referrals.invites.actions import note_identifiers
from referrals.invites.models import Binding
from tests.bench.figure import Figure
from tests.factories.membership import make_person
from tests.factories.promotions import this_moment
from tests.factories.referrals import make_link

PAIRS = int(os.environ.get("BENCH_PAIRS", "100000"))
NOTE_BUDGET_S, WEIGH_BUDGET_S = 120.0, 60.0

# Every tenth invitee shares the inviter's phone; every fiftieth shares an address with other invitees.
PEOPLE = """
INSERT INTO accounts_user (id, password, email, is_active, date_joined)
SELECT gen_random_uuid(), '', 'bench' || number || '@example.com', true, %(now)s
FROM generate_series(1, %(pairs)s * 11 / 10) AS number
"""
BIND = """
WITH people AS (
    SELECT id, row_number() OVER (ORDER BY email) - 1 AS place FROM accounts_user WHERE email LIKE 'bench%%'
)
INSERT INTO invites_binding (invitee_id, inviter_id, link_id, clicked_at, bound_at)
SELECT invitee.id, inviter.id, %(link)s, %(then)s, %(then)s + invitee.place * interval '3 seconds'
FROM people invitee JOIN people inviter ON inviter.place = invitee.place / 11 * 11 WHERE invitee.place %% 11 <> 0
"""
ORDERS = """
WITH people AS (
    SELECT id, row_number() OVER (ORDER BY email) - 1 AS place FROM accounts_user WHERE email LIKE 'bench%%'
)
INSERT INTO orders_order (id, number, buyer_id, state, kind, via, note, currency, items_minor, discount_minor,
    shipping_minor, total_minor, address, placed_at, pay_deadline_at, confirmed_at, close_reason, late_payment, version)
SELECT gen_random_uuid(), 'B' || place, id, 'PAID', 'single', '', '', 'CNY', 3990, 0, 0, 3990,
    jsonb_build_object(
        'phone', CASE WHEN place %% 11 IN (0, 1) THEN '+86138' || (place / 11) ELSE '+86139' || place END,
        'province', '浙江省', 'city', '杭州市',
        'line', '湖墅南路 ' || CASE WHEN place %% 50 = 0 THEN place / 500 ELSE place END || ' 号'),
    %(now)s, %(now)s, %(now)s, '', false, 0
FROM people
"""


def figures() -> Iterable[Figure]:
    """Seconds of each part of the job."""
    now = this_moment()
    people = _people()
    started = time.perf_counter()
    note_identifiers(people=people, now=now)
    yield Figure(f"fraud_note_{len(people)}", time.perf_counter() - started, "s", NOTE_BUDGET_S)
    pairs = list(Binding.objects.values_list("invitee_id", "inviter_id"))
    weights = selectors.fraud_rule(now).weights
    started = time.perf_counter()
    facts = selectors.pair_facts(pairs)
    scores = [rules.score_of(rules.findings(each, weights=weights)) for each in facts.values()]
    yield Figure(f"fraud_weigh_{len(pairs)}", time.perf_counter() - started, "s", WEIGH_BUDGET_S)
    assert sum(score >= 60 for score in scores) >= len(pairs) // 11, "who shares a phone was not found"


def _people() -> list[UUID]:
    now = this_moment()
    link = make_link(make_person("Lin"), now=now)
    values: dict[str, Any] = {"now": now, "then": now - timedelta(days=5), "pairs": PAIRS, "link": link.pk}
    with connection.cursor() as cursor:
        for statement in (PEOPLE, BIND, ORDERS):
            cursor.execute(statement, values)
        cursor.execute("ANALYZE accounts_user, invites_binding, orders_order")
        cursor.execute("SELECT id FROM accounts_user WHERE email LIKE 'bench%'")
        return [row[0] for row in cursor.fetchall()]

"""Levels of very many members: a back-test of all, and the review of those whose term is over, in statements of sets.

`MEMBERS=1000000` asks for the full size; without it a small one shows that the bench works.
"""

import os
import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection

from membership.actions import review_members
from membership.selectors import back_test
from tests.bench.figure import Figure
from tests.factories.catalogue import NOON
from tests.factories.membership import draft_of_levels

MEMBERS = int(os.environ.get("MEMBERS", "20000"))
BUDGET_SECONDS = 60.0
# People, two kept orders for each, and a level whose term ended yesterday for every fifth of them. Written past the
# actions on purpose: what is measured is the reading and deciding.
FILL = """
INSERT INTO accounts_user (id, password, email, is_active, date_joined)
SELECT gen_random_uuid(), '', 'bench' || n || '@example.com', true, %(now)s FROM generate_series(1, %(members)s) n;
INSERT INTO orders_order (id, number, buyer_id, kind, state, currency, items_minor, discount_minor, shipping_minor,
    total_minor, placed_at, pay_deadline_at, {more})
SELECT gen_random_uuid(), 'B' || upper(substr(md5(person.id::text || n), 1, 23)), person.id, 'SINGLE', 'PAID', 'CNY',
    (('x' || substr(md5(person.id::text || n), 1, 6))::bit(24)::int %% 200000) + 100, 0, 0,
    (('x' || substr(md5(person.id::text || n), 1, 6))::bit(24)::int %% 200000) + 100, %(now)s, %(now)s, {values}
FROM accounts_user person, generate_series(1, 2) n WHERE person.email LIKE 'bench%%';
"""
SPENDING = """
INSERT INTO membership_countedspending (order_id, user_id, amount_minor, state, confirmed_at)
SELECT id, buyer_id, total_minor, 'KEPT', %(now)s FROM orders_order;
INSERT INTO membership_member (user_id, tier_id, since, valid_until, is_soft_landing)
SELECT id, 'silver', %(now)s, CASE WHEN abs(hashtext(id::text)) %% 5 = 0 THEN %(over)s::timestamptz
    ELSE %(later)s::timestamptz END, false
FROM accounts_user WHERE email LIKE 'bench%%';
ANALYZE membership_countedspending; ANALYZE membership_member;
"""


def figures() -> Iterable[Figure]:
    """Seconds of a back-test of all members, and of the review of a fifth of them."""
    _fill()
    started = time.perf_counter()
    test = back_test(draft_of_levels(silver={"amount_minor": 90_000}), now=NOON)
    yield Figure(f"tier_back_test_{MEMBERS}", time.perf_counter() - started, "s", BUDGET_SECONDS)
    if test.people_count < MEMBERS:
        raise RuntimeError(f"{test.people_count} of {MEMBERS} members were looked at.")
    started, decided = time.perf_counter(), 0
    while reviewed := review_members(now=NOON):
        decided += reviewed
    yield Figure(f"tier_review_{decided}", time.perf_counter() - started, "s", BUDGET_SECONDS)


def _fill() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'orders_order'"
            " AND is_nullable = 'NO' AND column_default IS NULL AND NOT column_name = ANY(%s)",
            [["id", "number", "buyer_id", "kind", "state", "currency", "items_minor", "discount_minor",
              "shipping_minor", "total_minor", "placed_at", "pay_deadline_at"]],
        )  # fmt: skip
        rest = cursor.fetchall()
        blank = {"jsonb": "'{}'::jsonb", "boolean": "false", "character varying": "''", "text": "''"}
        more = ", ".join(name for name, _kind in rest)
        values = ", ".join(blank.get(kind, "0") for _name, kind in rest)
        times: dict[str, Any] = {
            "now": NOON,
            "members": MEMBERS,
            "over": NOON - timedelta(days=30),
            "later": NOON + timedelta(days=99),
        }
        for statement in FILL.format(more=more, values=values).replace(", )", ")").split(";\n"):
            if statement.strip():
                cursor.execute(statement, times)
        for statement in SPENDING.split(";\n"):
            if statement.strip():
                cursor.execute(statement, times)

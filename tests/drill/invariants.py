"""The ten promises that hold whatever happens, counted in the tables of the database that was raced on.

Each answers with the number of things that break it. `money.py` counts the last one from the side of the orders.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from backend.core import auditing
from backend.ledger.selectors import drifts, imbalances
from tests.drill.money import Money

# What an entity left and entered; where it stands must be the one state that it entered once more than it left.
LOST_MOVES = """
WITH steps AS (
    SELECT entity_id, from_state AS state, -1 AS net FROM core_statelog
    WHERE entity_type = 'order' AND from_state <> to_state
    UNION ALL
    SELECT entity_id, to_state, 1 FROM core_statelog WHERE entity_type = 'order' AND from_state <> to_state
), ends AS (
    SELECT entity_id, state FROM steps GROUP BY entity_id, state HAVING sum(net) > 0
)
SELECT count(*) FROM ends FULL JOIN orders_order owner ON owner.id = ends.entity_id
WHERE ends.state IS DISTINCT FROM owner.state AND owner.version > 0
"""
QUESTIONS = {
    "I1": (
        "money is whole fen, and lines add up to their order",
        """
        SELECT (SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public'
                AND column_name LIKE '%\\_minor' AND data_type NOT IN ('bigint', 'integer', 'jsonb'))
             + (SELECT count(*) FROM (
                    SELECT owner.id FROM orders_order owner JOIN orders_orderline line ON line.order_id = owner.id
                    GROUP BY owner.id HAVING sum(line.total_minor) + owner.shipping_minor <> owner.total_minor
                ) AS torn)
        """,
    ),
    "I3": (
        "one cause has one effect",
        """
        SELECT (SELECT count(*) FROM (SELECT FROM ledger_transfer
                GROUP BY kind, source_type, source_id, sequence HAVING count(*) > 1) AS twice)
             + (SELECT count(*) FROM (SELECT FROM core_handledevent
                GROUP BY handler, event_id HAVING count(*) > 1) AS twice)
             + (SELECT count(*) FROM (SELECT FROM payments_payment WHERE settles_order
                GROUP BY order_id HAVING count(*) > 1) AS twice)
        """,
    ),
    "I4": ("every move is written down, and none is lost", LOST_MOVES),
    "I5": (
        "a provider is asked for money back only after the wish is stored",
        """
        SELECT count(*) FROM payments_refund asked WHERE asked.state <> 'APPROVED' AND NOT EXISTS (
            SELECT FROM core_outboxevent told WHERE told.payload ->> 'refund_id' = asked.id::text
        ) AND asked.credit_minor < asked.amount_minor
        """,
    ),
    "I6": (
        "locks are taken in one order: no deadlock",
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
    ),
    "I7": (
        "every moment knows its time zone",
        """
        SELECT count(*) FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'
        """,
    ),
    "I8": (
        "nothing happens after its deadline",
        """
        SELECT (SELECT count(*) FROM groupbuy_seat seat JOIN groupbuy_group AS own ON own.id = seat.group_id
                WHERE seat.state IN ('PAID', 'CONFIRMED') AND seat.paid_at >= own.deadline_at)
             + (SELECT count(*) FROM orders_order
                WHERE paid_at >= pay_deadline_at AND NOT late_payment AND state <> 'CLOSED')
        """,
    ),
    "I9": (
        "a rule that was used stays as it was",
        """
        SELECT count(*) FROM (VALUES ('promotions_campaignrule'), ('promotions_coupontemplate')) AS kept(table_name)
        WHERE NOT EXISTS (SELECT FROM pg_trigger
            WHERE tgrelid = kept.table_name::regclass AND tgenabled <> 'D' AND tgname LIKE 'promotions\\_keep\\_%')
        """,
    ),
}
BOOKS = "every transfer sums to zero, and every account to its postings"
CONSERVED = "captured = kept + refunded + on its way back + held for a group"


@dataclass(frozen=True, slots=True)
class Invariant:
    """One promise, and how many things break it."""

    key: str
    name: str
    violations: int


def invariants(money: Money) -> list[Invariant]:
    """Ask all ten of this database."""
    asked = [Invariant(key, name, _count(question)) for key, (name, question) in QUESTIONS.items()]
    books = len(list(drifts())) + len(list(imbalances())) + len(list(auditing.differences()))
    asked += [Invariant("I2", BOOKS, books), Invariant("I10", CONSERVED, abs(money.difference))]
    return sorted(asked, key=lambda each: int(each.key[1:]))


def _count(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question.replace("%", "%%"), [])
        found: int = cursor.fetchone()[0]
        return found

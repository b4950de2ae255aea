"""A count that cannot rise proves nothing: each promise, broken by hand, is seen."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.drill.invariants import invariants
from tests.drill.money import Money
from tests.factories.orders import make_order

LATE = "UPDATE orders_order SET paid_at = pay_deadline_at, state = 'PAID', version = 1"
BREAKS = {
    "I1": "ALTER TABLE orders_order ADD COLUMN tip_minor double precision",
    "I4": "UPDATE orders_order SET state = 'PAID', version = version + 1",
    "I7": "ALTER TABLE orders_order ADD COLUMN seen_at timestamp",
    "I8": LATE,
    "I9": "ALTER TABLE promotions_campaignrule DISABLE TRIGGER promotions_keep_used_rule",
}


def broken(money: Money) -> set[str]:
    return {invariant.key for invariant in invariants(money) if invariant.violations}


@pytest.mark.parametrize("key", sorted(BREAKS))
@pytest.mark.django_db
def test_a_broken_promise_is_counted(key):
    make_order()
    assert broken(Money()) == set()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(BREAKS[key])

    assert key in broken(Money())


@pytest.mark.django_db
def test_money_that_is_nowhere_is_counted():
    assert "I10" in broken(Money(captured=100, kept=60, refunded=39))

from __future__ import annotations

from uuid import uuid4

import pytest

from backend.core.errors import KeyReused
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.errors import BalanceTooLow
from backend.ledger.models import Posting
from backend.ledger.selectors import balance, balances_of, conservation, drifts, imbalances, statement, transfers_of
from tests.ledger.book import NOON, book_size, grant, points_legs, spend

pytestmark = pytest.mark.django_db


def test_a_transfer_moves_both_balances():
    bob = uuid4()

    grant(bob, 50, to="points_pending")

    assert balance(kind="points_pending", owner_id=bob) == 50
    assert balance(kind="points_source") == -50
    assert balances_of(bob) == {"points_pending": 50}


def test_the_same_cause_is_posted_once_and_answers_the_first_transfer():
    bob, order = uuid4(), uuid4()
    first = post_transfer(kind="order_points", source=("order", order), legs=points_legs(bob, 50), now=NOON)

    second = post_transfer(kind="order_points", source=("order", order), legs=points_legs(bob, 50), now=NOON)

    assert second.pk == first.pk
    assert balance(kind="points_pending", owner_id=bob) == 50
    assert book_size() == (1, 2)


def test_another_sequence_of_the_same_cause_is_another_transfer():
    bob, order = uuid4(), uuid4()
    for sequence in (0, 1):
        post_transfer(
            kind="order_points", source=("order", order), sequence=sequence, legs=points_legs(bob, 5), now=NOON
        )

    assert balance(kind="points_pending", owner_id=bob) == 10
    assert len(transfers_of(source_type="order", source_id=order)) == 2


def test_the_same_cause_with_another_amount_is_refused():
    bob, order = uuid4(), uuid4()
    post_transfer(kind="order_points", source=("order", order), legs=points_legs(bob, 50), now=NOON)

    with pytest.raises(KeyReused) as refused:
        post_transfer(kind="order_points", source=("order", order), legs=points_legs(bob, 60), now=NOON)

    assert refused.value.code == "KEY_REUSED"
    assert book_size() == (1, 2)


def test_spending_more_than_is_there_is_refused_and_writes_nothing():
    bob = uuid4()
    grant(bob, 30)

    with pytest.raises(BalanceTooLow) as refused:
        spend(bob, 31)

    assert refused.value.code == "BALANCE_TOO_LOW"
    assert refused.value.details == {"available": 30, "unit": "PTS"}
    assert balance(kind="points_active", owner_id=bob) == 30
    assert book_size() == (1, 2)


@pytest.mark.parametrize(
    "legs",
    [
        [],
        [Leg("points_source", None, -5, "PTS")],
        [Leg("points_source", None, -5, "PTS"), Leg("points_spent", None, 4, "PTS")],
        [Leg("provider_cash", None, -5, "CNY"), Leg("points_spent", None, 5, "PTS")],
        [Leg("points_source", None, -5, "CNY"), Leg("sales", None, 5, "CNY")],
        [Leg("points_source", None, -5, "PTS"), Leg("points_active", None, 5, "PTS")],
        [Leg("provider_cash", uuid4(), -5, "CNY"), Leg("sales", None, 5, "CNY")],
        [Leg("provider_cash", None, -5, "CNY"), Leg("piggy_bank", None, 5, "CNY")],
        [Leg("provider_cash", None, 0, "CNY"), Leg("sales", None, 0, "CNY")],
        [Leg("provider_cash", None, -10, "CNY"), Leg("sales", None, 5, "CNY"), Leg("sales", None, 5, "CNY")],
    ],
)
def test_legs_that_make_no_sense_are_a_mistake_of_the_caller(legs: list[Leg]):
    with pytest.raises(ValueError):
        post_transfer(kind="odd", source=("test", uuid4()), legs=legs, now=NOON)

    assert book_size() == (0, 0)


def test_points_and_cash_move_in_one_transfer_when_each_balances():
    bob = uuid4()
    legs = [Leg("provider_cash", None, -900, "CNY"), Leg("sales", None, 900, "CNY"), *points_legs(bob, 9)]

    post_transfer(kind="sale", source=("order", uuid4()), legs=legs, now=NOON)

    assert balance(kind="sales") == 900
    assert balance(kind="points_pending", owner_id=bob) == 9


def test_a_statement_tells_the_cause_and_the_rule_newest_first_in_pages():
    bob = uuid4()
    for amount in (1, 2, 3):
        post_transfer(
            kind="order_points",
            source=("order", f"order-{amount}"),
            legs=points_legs(bob, amount),
            rule="points-v3",
            facts={"because": "an order"},
            now=NOON,
        )

    page = statement(kind="points_pending", owner_id=bob, first=2)
    rest = statement(kind="points_pending", owner_id=bob, first=2, before=page[-1].posting_id)

    assert [line.amount for line in [*page, *rest]] == [3, 2, 1]
    assert page[0].source_id == "order-3"
    assert page[0].rule_version == "points-v3"
    assert page[0].memo == {"because": "an order"}


def test_captured_money_is_always_somewhere():
    def move(kind: str, out_of: str, into: str, amount: int) -> None:
        legs = [Leg(out_of, None, -amount, "CNY"), Leg(into, None, amount, "CNY")]
        post_transfer(kind=kind, source=("payment", uuid4()), legs=legs, now=NOON)

    move("capture", "provider_cash", "held_for_group", 1000)
    move("capture", "provider_cash", "sales", 500)
    move("group_filled", "held_for_group", "sales", 400)
    move("refund_started", "held_for_group", "refund_in_flight", 300)
    move("refund_done", "refund_in_flight", "refunded_out", 200)

    assert conservation() == {
        "captured": 1500,
        "granted": 0,
        "kept": 900,
        "refunded": 200,
        "in_flight": 100,
        "held": 300,
        "credit": 0,
        "unexplained": 0,
        "difference": 0,
    }
    assert drifts() == []
    assert imbalances() == []
    assert Posting.objects.count() == 10

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from backend.ledger import actions
from backend.ledger.actions import post_transfer
from backend.ledger.errors import BalanceTooLow
from backend.ledger.models import Account, Posting, Transfer
from backend.ledger.selectors import balance, drifts, imbalances
from tests.ledger.book import NOON, book_size, grant, points_legs, spend
from tests.support.races import all_at_once

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_many_who_spend_the_same_points_never_spend_more_than_there_are():
    bob = uuid4()
    grant(bob, 50)

    outcome = all_at_once(20, lambda number: spend(bob, 10))

    assert len(outcome.answers) == 5
    assert {type(raised) for raised in outcome.raised} == {BalanceTooLow}
    assert balance(kind="points_active", owner_id=bob) == 0
    assert balance(kind="points_spent") == 50
    assert (drifts(), imbalances()) == ([], [])


def test_control_without_the_lock_the_check_lets_too_many_through_and_the_database_refuses(
    monkeypatch: pytest.MonkeyPatch,
):
    bob = uuid4()
    grant(bob, 50)
    spend(bob, 1)
    monkeypatch.setattr(actions, "_hold_accounts", look_without_holding)

    outcome = all_at_once(20, lambda number: spend(bob, 10))

    assert IntegrityError in {type(raised) for raised in outcome.raised}
    assert balance(kind="points_active", owner_id=bob) >= 0


def look_without_holding(legs: object) -> dict[object, Account]:
    seen: dict[object, Account] = {(each.kind, each.owner_id, each.unit): each for each in Account.objects.all()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.2)")
    return seen


def test_the_same_cause_posted_by_many_at_once_moves_once():
    bob, order = uuid4(), uuid4()

    outcome = all_at_once(
        16,
        lambda number: (
            post_transfer(kind="order_points", source=("order", order), legs=points_legs(bob, 50), now=NOON).pk
        ),
    )

    assert outcome.raised == []
    assert len(set(outcome.answers)) == 1
    assert balance(kind="points_pending", owner_id=bob) == 50
    assert book_size() == (1, 2)


def test_control_without_the_unique_cause_it_would_move_again():
    bob, order = uuid4(), uuid4()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_transfer DROP CONSTRAINT ledger_one_transfer_per_cause")

    for _ in range(2):
        with transaction.atomic():
            transfer = Transfer.objects.create(kind="order_points", source_type="order", source_id=str(order), at=NOON)
            for leg in points_legs(bob, 50):
                account, _ = Account.objects.get_or_create(
                    kind=leg.account_kind, owner_id=leg.owner_id, unit="PTS", may_go_negative=leg.owner_id is None
                )
                Posting.objects.create(transfer=transfer, account=account, amount=leg.amount)

    assert balance(kind="points_pending", owner_id=bob) == 100


def test_transfers_that_cross_do_not_lock_each_other_out():
    alice, bob = uuid4(), uuid4()
    grant(alice, 1000)
    grant(bob, 1000)

    def pass_points(number: int) -> None:
        pair = [alice, bob] if number % 2 else [bob, alice]
        with transaction.atomic():
            for owner in pair:
                grant(owner, 1)

    outcome = all_at_once(16, pass_points)

    assert outcome.raised == []
    assert balance(kind="points_active", owner_id=alice) == 1016
    assert balance(kind="points_active", owner_id=bob) == 1016
    assert drifts() == []

"""Attacks in plain SQL, as the role of the application. Each is refused by the database itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from backend.ledger.models import Account
from backend.ledger.selectors import balance
from tests.ledger.book import NOON, account_of, book_size, grant


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@transaction.atomic
def run_together(*statements: tuple[Any, ...]) -> None:
    for sql, *values in statements:
        run(str(sql), *values)


def refused(*statements: tuple[Any, ...]) -> str:
    """Run statements in a transaction of their own and say why the database refused them, at the latest at its end."""
    with pytest.raises(IntegrityError) as caught:
        run_together(*statements, ("SET CONSTRAINTS ALL IMMEDIATE",))
    return str(caught.value)


def transfer(transfer_id: UUID, xid: str = "pg_current_xact_id()") -> tuple[Any, ...]:
    sql = (
        "INSERT INTO ledger_transfer (id, kind, source_type, source_id, sequence, rule_version, memo, at, created_xid)"
        f" VALUES (%s, 'attack', 'test', %s, 0, '', '{{}}', %s, {xid})"
    )
    return sql, transfer_id, str(transfer_id), NOON


def posting(transfer_id: UUID, account: Account, amount: int) -> tuple[Any, ...]:
    sql = "INSERT INTO ledger_posting (id, transfer_id, account_id, amount) VALUES (%s, %s, %s, %s)"
    return sql, uuid4(), transfer_id, account.pk, amount


@pytest.fixture
def bob(db: None) -> Account:
    """Bob has 100 points."""
    owner = uuid4()
    grant(owner, 100)
    return account_of(owner)


@pytest.fixture
def source(bob: Account) -> Account:
    return Account.objects.get(kind="points_source")


@pytest.mark.usefixtures("bob")
class TestABookThatHoldsRows:
    @pytest.fixture(autouse=True)
    def _nothing_changes(self, bob: Account):
        before = book_size()
        yield
        assert book_size() == before
        assert balance(kind="points_active", owner_id=bob.owner_id) == 100
        assert balance(kind="points_source") == -100

    def test_refuses_a_transfer_without_legs(self):
        assert "has 0 legs" in refused(transfer(uuid4()))

    def test_refuses_a_transfer_with_one_leg(self, source: Account):
        new = uuid4()
        assert "has 1 legs" in refused(transfer(new), posting(new, source, -5))

    def test_refuses_legs_that_do_not_sum_to_zero(self, source: Account, bob: Account):
        new = uuid4()
        assert "does not sum to zero in PTS" in refused(transfer(new), posting(new, source, -5), posting(new, bob, 6))

    def test_refuses_legs_that_sum_to_zero_across_units_only(self, source: Account, db: None):
        cash = Account.objects.get(kind="sales", unit="CNY")
        new = uuid4()
        assert "does not sum to zero" in refused(transfer(new), posting(new, source, -5), posting(new, cash, 5))

    def test_refuses_an_overdraft(self, source: Account, bob: Account):
        new = uuid4()
        why = refused(transfer(new), posting(new, bob, -101), posting(new, source, 101))
        assert "ledger_account_not_overdrawn" in why

    def test_refuses_a_leg_that_moves_nothing(self, source: Account, bob: Account):
        new = uuid4()
        why = refused(transfer(new), posting(new, bob, 0), posting(new, source, 0))
        assert "ledger_posting_moves_something" in why

    def test_refuses_a_leg_without_an_account(self, source: Account):
        new = uuid4()
        assert "there is no account" in refused(transfer(new), posting(new, Account(id=uuid4()), 5))

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE ledger_account SET balance = balance + 1",
            "UPDATE ledger_account SET may_go_negative = true",
            "UPDATE ledger_account SET owner_id = gen_random_uuid() WHERE owner_id IS NOT NULL",
            "UPDATE ledger_account SET unit = 'USD'",
            "DELETE FROM ledger_account",
        ],
    )
    def test_refuses_to_edit_an_account(self, sql: str):
        assert "ledger:" in refused((sql,))

    def test_refuses_an_account_that_opens_with_something_in_it(self):
        sql = (
            "INSERT INTO ledger_account (id, kind, unit, balance, may_go_negative)"
            " VALUES (gen_random_uuid(), 'sales', 'CNY', 1, false)"
        )
        assert "opens empty" in refused((sql,))

    def test_refuses_a_second_account_of_the_same_owner(self):
        sql = (
            "INSERT INTO ledger_account (id, kind, unit, balance, may_go_negative)"
            " VALUES (gen_random_uuid(), 'points_source', 'PTS', 0, true)"
        )
        assert "ledger_one_account_per_owner" in refused((sql,))

    @pytest.mark.parametrize("table", ["ledger_transfer", "ledger_posting"])
    @pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
    def test_refuses_to_change_what_was_written(self, table: str, verb: str):
        assert "is refused on" in refused((verb.format(table),))

    @pytest.mark.parametrize("tables", ["ledger_account", "ledger_posting", "ledger_transfer"])
    def test_refuses_to_be_emptied(self, tables: str):
        # Rows with checks that still wait would stop TRUNCATE before the guard is asked.
        run("SET CONSTRAINTS ALL IMMEDIATE")
        assert "TRUNCATE is refused" in refused((f"TRUNCATE {tables} CASCADE",))

    def test_does_not_believe_a_transaction_number_that_it_is_told(self, source: Account, bob: Account):
        new = uuid4()
        with transaction.atomic():
            for sql, *values in [transfer(new, "'999999999'"), posting(new, source, -5), posting(new, bob, 5)]:
                run(str(sql), *values)
            with connection.cursor() as cursor:
                cursor.execute("SELECT created_xid = pg_current_xact_id() FROM ledger_transfer WHERE id = %s", [new])
                believed = cursor.fetchone()
            transaction.set_rollback(True)

        assert believed == (True,)


@pytest.mark.usefixtures("fresh_database")
class TestRealCommits:
    def test_an_empty_book_may_be_emptied(self):
        run("TRUNCATE ledger_transfer, ledger_posting")

    def test_only_read_committed_may_look_whether_the_book_is_empty(self):
        why = refused(
            ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",),
            ("TRUNCATE ledger_transfer, ledger_posting",),
        )

        assert "TRUNCATE is refused" in why

    def test_an_unbalanced_transfer_is_refused_at_the_commit(self):
        grant(uuid4(), 100)
        new = uuid4()

        with pytest.raises(IntegrityError, match="has 1 legs"):
            run_together(transfer(new), posting(new, Account.objects.get(kind="points_source"), -5))

        assert book_size() == (1, 2)

    def test_a_balanced_pair_is_refused_in_the_next_transaction(self):
        bob = uuid4()
        old = grant(bob, 100)
        source = Account.objects.get(kind="points_source")

        why = refused(posting(old.pk, source, -5), posting(old.pk, account_of(bob), 5))

        assert "in the transaction that makes its transfer" in why
        assert balance(kind="points_active", owner_id=bob) == 100

    def test_a_check_that_is_called_early_is_made_again_for_later_legs(self):
        bob = uuid4()
        grant(bob, 100)
        source, new = Account.objects.get(kind="points_source"), uuid4()
        early = "SET CONSTRAINTS ALL IMMEDIATE"

        why = refused(
            transfer(new),
            posting(new, source, -5),
            posting(new, account_of(bob), 5),
            (early,),
            ("SET CONSTRAINTS ALL DEFERRED",),
            posting(new, account_of(bob), 7),
        )

        assert "does not sum to zero" in why

    def test_a_superuser_who_plays_replica_is_refused_too(self, fresh_database: str):
        grant(uuid4(), 100)
        url = settings.ENGINES.database_url(name=fresh_database, role="postgres")

        with psycopg.connect(url) as session:
            session.execute("SET session_replication_role = replica")
            with pytest.raises(psycopg.errors.IntegrityError):
                session.execute("UPDATE ledger_account SET balance = balance + 1")

    def test_control_without_its_trigger_the_balance_can_be_edited(self):
        bob = uuid4()
        grant(bob, 100)

        run("ALTER TABLE ledger_account DISABLE TRIGGER ledger_account_guarded")
        run("UPDATE ledger_account SET balance = 101 WHERE owner_id = %s", bob)

        assert balance(kind="points_active", owner_id=bob) == 101

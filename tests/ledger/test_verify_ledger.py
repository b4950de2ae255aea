from __future__ import annotations

from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from backend.core import auditing
from tests.ledger.book import account_of, grant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """Postings without their cause are what these tests are made of; what upper apps say of that is tested there."""
    monkeypatch.setattr(auditing, "_audits", {})


def audit() -> tuple[int, str]:
    said = StringIO()
    try:
        call_command("verify_ledger", stdout=said, stderr=said)
    except SystemExit as ended:
        return int(ended.code or 0), said.getvalue()
    return 0, said.getvalue()


def without_guards(sql: str, *values: str | UUID) -> None:
    """Do what the guards forbid, as somebody with the keys of the server could."""
    tables = ("ledger_account", "ledger_posting", "ledger_transfer")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_a_book_that_adds_up_ends_with_zero():
    grant(uuid4(), 70)

    code, said = audit()

    assert code == 0
    assert "The ledger adds up." in said


def test_a_balance_that_is_off_by_one_is_named():
    bob = uuid4()
    grant(bob, 70)
    without_guards("UPDATE ledger_account SET balance = balance + 1 WHERE owner_id = %s", bob)

    code, said = audit()

    assert code == 1
    assert str(account_of(bob).pk) in said
    assert "keeps 71, its postings sum to 70 PTS" in said


def test_a_lost_posting_is_named_with_its_transfer():
    bob = uuid4()
    transfer = grant(bob, 70)
    without_guards("DELETE FROM ledger_posting WHERE account_id = %s", account_of(bob).pk)

    code, said = audit()

    assert code == 1
    assert f"transfer {transfer.pk}: 1 legs leave -70 PTS" in said

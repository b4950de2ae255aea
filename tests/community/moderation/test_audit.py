"""The log of moderation: a chain that nobody rewrites, attacked in SQL."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from community.moderation import selectors
from community.moderation.models import AuditEntry, DecisionAction
from tests.factories.moderation import decided, make_case, make_moderator, taken_back

pytestmark = pytest.mark.django_db


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def without_guards(sql: str) -> None:
    """Do what the guards forbid, as somebody with the keys of the server could."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE moderation_auditentry DISABLE TRIGGER USER")
    run(sql)
    run("ALTER TABLE moderation_auditentry ENABLE TRIGGER USER")


@pytest.fixture
def lines():
    """Three lines: two decisions and a reversal."""
    mo = make_moderator()
    taken_back(decided(make_case(), by=mo), by=mo)
    decided(make_case(), by=mo, action=DecisionAction.LIMIT)
    return list(AuditEntry.objects.order_by("position"))


def test_each_line_carries_the_digest_of_the_one_before(lines):
    assert [line.action for line in lines] == ["decide", "reverse", "decide"]
    assert [line.previous_digest for line in lines] == ["", lines[0].digest, lines[1].digest]
    assert selectors.broken_audit_lines() == []


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE moderation_auditentry SET action = 'allow'",
        "UPDATE moderation_auditentry SET details = '{}'",
        "DELETE FROM moderation_auditentry",
        "TRUNCATE moderation_auditentry",
        "TRUNCATE moderation_case CASCADE",
        "UPDATE moderation_decision SET statement = 'something else altogether'",
        "DELETE FROM moderation_decision WHERE reverses_id IS NOT NULL",
        "TRUNCATE moderation_decision",
    ],
)
def test_the_database_refuses_to_rewrite(lines, attack):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    before = list(AuditEntry.objects.order_by("position").values())

    with pytest.raises(IntegrityError, match="moderation: "):
        run(attack)

    assert list(AuditEntry.objects.order_by("position").values()) == before


def test_the_guards_fire_under_every_replication_role(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname, tgenabled FROM pg_trigger WHERE tgname LIKE 'moderation\\_%'")
        guards = dict(cursor.fetchall())

    assert len(guards) == 4
    assert set(guards.values()) == {"A"}


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE moderation_auditentry SET action = 'allow' WHERE position = {second}",
        "UPDATE moderation_auditentry SET details = '{{}}' WHERE position = {second}",
        "UPDATE moderation_auditentry SET at = at + interval '1 minute' WHERE position = {second}",
        "UPDATE moderation_auditentry SET actor_id = NULL WHERE position = {second}",
        "DELETE FROM moderation_auditentry WHERE position = {second}",
    ],
)
def test_the_auditor_finds_what_was_rewritten_without_the_guards(lines, attack):
    without_guards(attack.format(second=lines[1].position))

    assert selectors.broken_audit_lines() != []

    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_ledger", stdout=said, stderr=said)
    assert "of the moderation log does not follow from the one before" in said.getvalue()


def test_the_auditor_is_content_with_an_honest_log(lines):
    said = StringIO()

    call_command("verify_ledger", stdout=said, stderr=said)

    honest = said.getvalue().partition("So do the books of: ")[2]
    assert "moderation" in honest.rstrip(".\n").split(", ")

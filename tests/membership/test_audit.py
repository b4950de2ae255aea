"""The auditor works every stored explanation out again, and finds a row that somebody falsified."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from backend.core.ids import new_id
from backend.core.money import Points
from membership import actions, selectors
from tests.factories.catalogue import NOON
from tests.factories.membership import give_points, keep_order, make_person

FALSIFIED = {
    "a lot earned more": "UPDATE membership_pointlot SET earned = earned + 1 WHERE cause = 'check_in'",
    "a lot kept more": "UPDATE membership_pointlot SET remaining = remaining + 1 WHERE cause = 'order'",
    "a lot lives longer": "UPDATE membership_pointlot SET expires_at = expires_at + interval '1 day'"
    " WHERE cause = 'check_in'",
    "a spend took less": "UPDATE membership_pointspend SET amount = amount - 1",
    "a lot lapsed in the book only": "UPDATE membership_pointlot SET lapsed = 1 WHERE cause = 'check_in'",
    "a level was given": "SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE membership_tiermove DISABLE TRIGGER USER;"
    " UPDATE membership_tiermove SET to_tier_id = 'gold'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("lie", FALSIFIED)
def test_a_falsified_row_is_found(lie):
    history()
    assert selectors.lots_that_disagree() == []

    with connection.cursor() as cursor:
        cursor.execute(FALSIFIED[lie])

    assert selectors.lots_that_disagree() != []


@pytest.mark.django_db
def test_the_command_says_so_and_fails():
    history()
    call_command("verify_ledger", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute(FALSIFIED["a lot earned more"])

    told = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_ledger", stdout=StringIO(), stderr=told)

    assert "membership: lot" in told.getvalue()


def history() -> None:
    """Somebody who bought, checked in, used points and got some back."""
    bob, order = make_person(), new_id()
    keep_order(bob, 40_000)
    actions.vest_points(now=NOON)
    actions.check_in(user_id=bob.id, now=NOON)
    give_points(bob, 50, lasts=timedelta(days=5))
    actions.spend_points(
        user_id=bob.id, points=Points(80), source=("order", order), rule_version="spending:1", now=NOON
    )
    actions.return_points(source=("order", order), total=Points(20), now=NOON)

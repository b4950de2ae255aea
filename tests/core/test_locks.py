from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from backend.core.errors import NotFound
from backend.core.locks import advisory_lock, claim_rows, lock_many, lock_one, lock_rows
from backend.core.state_log import StateLog, log_move, moves_of
from tests.support.races import all_at_once

NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)


def move(to_state: str = "OPEN") -> StateLog:
    return log_move(entity_type="thing", entity_id=uuid4(), from_state="", to_state=to_state, now=NOON)


@pytest.mark.django_db
def test_rows_are_locked_in_the_order_of_their_keys_and_their_children_stay_free():
    rows = sorted((move() for _ in range(3)), key=lambda row: row.pk)

    with CaptureQueriesContext(connections["default"]) as queries:
        held = lock_many(StateLog, [row.pk for row in reversed(rows)])

    assert held == rows
    assert "FOR NO KEY UPDATE" in queries[0]["sql"]
    assert 'ORDER BY "id" FOR' in queries[0]["sql"]


@pytest.mark.django_db
def test_a_row_that_is_not_there_is_refused():
    with pytest.raises(NotFound):
        lock_one(StateLog, uuid4())
    with pytest.raises(NotFound):
        lock_many(StateLog, [move().pk, uuid4()])


@pytest.mark.django_db
def test_rows_of_a_query_are_locked_by_what_is_named_first_and_none_is_fine():
    later, sooner = move("B"), move("A")

    assert lock_rows(StateLog.objects.all(), "to_state") == [sooner, later]
    assert lock_rows(StateLog.objects.none()) == []


@pytest.mark.django_db
def test_moves_of_a_thing_come_oldest_first():
    thing = uuid4()
    for from_state, to_state in [("", "OPEN"), ("OPEN", "FULL")]:
        log_move(entity_type="group", entity_id=thing, from_state=from_state, to_state=to_state, now=NOON)

    assert [each.to_state for each in moves_of(entity_type="group", entity_id=thing)] == ["OPEN", "FULL"]


@pytest.mark.usefixtures("fresh_database")
class TestManyConnections:
    def test_an_advisory_lock_outside_a_transaction_is_a_mistake(self):
        with pytest.raises(TransactionManagementError):
            advisory_lock("group_of_user", uuid4())

    def test_workers_that_share_work_never_claim_the_same_row(self):
        for _ in range(8):
            move()

        def claim(number: int) -> list[UUID]:
            with transaction.atomic():
                claimed = claim_rows(StateLog.objects.all(), limit=2)
                time.sleep(0.3)
            return [row.pk for row in claimed]

        outcome = all_at_once(4, claim)

        assert outcome.raised == []
        assert len({pk for each in outcome.answers for pk in each}) == 8

    def test_one_at_a_time_holds_a_name(self):
        user = uuid4()

        all_at_once(8, lambda number: open_if_none(user_key=user, guarded=True))

        assert StateLog.objects.count() == 1

    def test_control_without_the_lock_several_get_through(self):
        user = uuid4()

        all_at_once(8, lambda number: open_if_none(user_key=user, guarded=False))

        assert StateLog.objects.count() > 1

    def test_who_locks_a_row_second_sees_what_the_first_wrote(self):
        row = move()
        seen: list[str] = []
        holding = threading.Event()

        def first() -> None:
            with transaction.atomic():
                held = lock_one(StateLog, row.pk)
                holding.set()
                time.sleep(0.2)
                held.to_state = "FULL"
                held.save(update_fields=["to_state"])
            connections.close_all()

        thread = threading.Thread(target=first)
        thread.start()
        holding.wait(5)
        with transaction.atomic():
            seen.append(lock_one(StateLog, row.pk).to_state)
        thread.join()

        assert seen == ["FULL"]


@transaction.atomic
def open_if_none(*, user_key: object, guarded: bool) -> None:
    if guarded:
        advisory_lock("group_of_user", user_key)
    if StateLog.objects.filter(reason=str(user_key)).exists():
        return
    time.sleep(0.05)
    log_move(entity_type="g", entity_id=uuid4(), from_state="", to_state="OPEN", reason=str(user_key), now=NOON)

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from backend.core.errors import KeyReused
from backend.core.idempotency import IdempotencyRecord, forget_keys, remember, replay_or_reserve
from backend.core.money import Money
from backend.core.state_log import StateLog, log_move
from tests.support.races import all_at_once

NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
BOB = uuid4()


@transaction.atomic
def add_one(key: UUID, *, amount: int = 1, principal_id: UUID = BOB) -> dict[str, object]:
    """An action with an effect that can be counted."""
    if answer := replay_or_reserve(principal_id=principal_id, action="add_one", key=key, request={"amount": amount}):
        return answer
    effect = log_move(entity_type="counter", entity_id=key, from_state="", to_state=str(amount), now=NOON)
    time.sleep(0.05)
    answer = {"effect": str(effect.pk)}
    remember(principal_id=principal_id, action="add_one", key=key, answer=answer)
    return answer


@pytest.mark.django_db
def test_the_second_request_is_answered_like_the_first():
    key = uuid4()

    first, second = add_one(key), add_one(key)

    assert first == second
    assert StateLog.objects.count() == 1


@pytest.mark.django_db
def test_a_key_that_comes_with_another_request_is_refused_and_changes_nothing():
    key = uuid4()
    add_one(key)

    with pytest.raises(KeyReused) as refused:
        add_one(key, amount=2)

    assert refused.value.code == "KEY_REUSED"
    assert StateLog.objects.count() == 1


@pytest.mark.django_db
def test_two_people_may_use_the_same_key():
    key = uuid4()
    add_one(key)
    add_one(key, principal_id=uuid4())

    assert StateLog.objects.count() == 2


@pytest.mark.django_db
def test_the_order_of_the_fields_does_not_matter_and_money_is_understood():
    key = uuid4()
    assert replay_or_reserve(principal_id=BOB, action="pay", key=key, request={"a": Money(1), "b": NOON}) is None
    remember(principal_id=BOB, action="pay", key=key, answer={"total": Money(5), "id": BOB})

    assert replay_or_reserve(principal_id=BOB, action="pay", key=key, request={"b": NOON, "a": Money(1)}) == {
        "total": {"minor": 5, "currency": "CNY"},
        "id": str(BOB),
    }


@pytest.mark.django_db
def test_a_failed_action_takes_its_key_with_it():
    key = uuid4()
    with pytest.raises(ZeroDivisionError):
        fail_after_reserving(key)

    add_one(key)

    assert StateLog.objects.count() == 1


@transaction.atomic
def fail_after_reserving(key: UUID) -> float:
    replay_or_reserve(principal_id=BOB, action="add_one", key=key, request={"amount": 1})
    return 1 / 0


@pytest.mark.django_db
def test_old_keys_are_forgotten():
    add_one(uuid4())

    assert forget_keys(older_than=datetime.now(UTC) - timedelta(days=1)) == 0
    assert forget_keys(older_than=datetime.now(UTC) + timedelta(days=1)) == 1


@pytest.mark.usefixtures("fresh_database")
class TestManyConnections:
    def test_a_key_outside_a_transaction_is_a_mistake(self):
        with pytest.raises(TransactionManagementError):
            replay_or_reserve(principal_id=BOB, action="add_one", key=uuid4(), request={})

    def test_the_same_key_sent_by_many_at_once_has_one_effect_and_one_answer(self):
        key = uuid4()

        outcome = all_at_once(24, lambda number: add_one(key)["effect"])

        assert outcome.raised == []
        assert len(outcome.answers) == 24
        assert len(set(outcome.answers)) == 1
        assert StateLog.objects.count() == 1
        assert IdempotencyRecord.objects.count() == 1

    def test_control_without_the_unique_key_there_are_many_effects(self):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE core_idempotencyrecord DROP CONSTRAINT idempotency_one_per_key")
        key = uuid4()

        outcome = all_at_once(24, lambda number: add_one_without_guard(key))

        assert outcome.raised == []
        assert StateLog.objects.count() > 1


@transaction.atomic
def add_one_without_guard(key: UUID) -> None:
    """Read, then write: what the guarded form must not be."""
    if IdempotencyRecord.objects.filter(principal_id=BOB, action="add_one", key=key).exists():
        return
    time.sleep(0.05)
    IdempotencyRecord.objects.create(principal_id=BOB, action="add_one", key=key, fingerprint="", answer={})
    log_move(entity_type="counter", entity_id=key, from_state="", to_state="1", now=NOON)

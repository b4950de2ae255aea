"""A test that commits for real leaves nothing behind, and takes nothing away that migrations brought."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from backend.accounts.models import User

JOINED = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_is_committed_is_gone_for_the_next_test(turn):
    assert User.objects.count() == 0
    assert MigrationRecorder.Migration.objects.exists()

    User.objects.create(email="bob@tuanzi.example", date_joined=JOINED)


@pytest.mark.parametrize("turn", [1, 2])
def test_a_fresh_database_is_seen_by_every_thread(fresh_database, turn):
    assert User.objects.count() == 0

    def sign_up() -> None:
        User.objects.create(email="carol@tuanzi.example", date_joined=JOINED)
        connection.close()

    thread = Thread(target=sign_up)
    thread.start()
    thread.join()

    assert User.objects.count() == 1

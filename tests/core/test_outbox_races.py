"""Many deliverers, killed workers and a dead broker. Each has a control or kills for real."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction

from backend.core.outbox import Event, deliver_pending, emit, registry, relay, subscribe
from backend.core.outbox.models import OutboxEvent
from backend.core.outbox.selectors import outbox_gauges
from backend.core.outbox.tasks import deliver_outbox
from backend.core.state_log import StateLog, log_move
from tests.support.races import all_at_once

pytestmark = pytest.mark.usefixtures("fresh_database")
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
TOGETHER = 8


@dataclasses.dataclass(frozen=True, kw_only=True)
class DrumBeaten(Event):
    aggregate: ClassVar[str] = "drum_id"
    drum_id: UUID
    number: int


def note(event: DrumBeaten) -> None:
    log_move(entity_type="drum", entity_id=event.drum_id, from_state="", to_state=str(event.number), now=NOON)


@pytest.fixture
def hear() -> Iterator[Callable[..., None]]:
    yield lambda handler: subscribe(DrumBeaten, handler, name="drums")
    registry.unsubscribe("drums")


def beat(drums: int, times: int) -> None:
    ids = [uuid4() for _ in range(drums)]
    for number in range(times):
        for drum in ids:
            with transaction.atomic():
                emit(DrumBeaten(drum_id=drum, number=number))


def drain() -> None:
    until = time.monotonic() + 20
    while outbox_gauges().open_count and time.monotonic() < until:
        deliver_pending()


def test_many_deliverers_have_one_effect_per_event_in_the_order_of_each_thing(hear: Callable[..., None]):
    order: dict[UUID, list[int]] = defaultdict(list)
    guard = threading.Lock()

    def slow_note(event: DrumBeaten) -> None:
        note(event)
        time.sleep(0.002)
        with guard:
            order[event.drum_id].append(event.number)

    hear(slow_note)
    beat(drums=6, times=10)

    outcome = all_at_once(TOGETHER, lambda number: drain())

    assert outcome.raised == []
    assert StateLog.objects.count() == 60
    assert list(order.values()) == [list(range(10))] * 6
    assert outbox_gauges().open_count == 0


def test_control_without_claim_and_note_effects_are_doubled(hear: Callable[..., None], monkeypatch: pytest.MonkeyPatch):
    def slow_note(event: DrumBeaten) -> None:
        time.sleep(0.02)
        note(event)

    hear(slow_note)
    monkeypatch.setattr(relay, "CLAIM", relay.CLAIM.replace("FOR UPDATE SKIP LOCKED", ""))
    monkeypatch.setattr(relay, "_is_first_to_handle", lambda subscription, stored: True)
    beat(drums=6, times=1)

    all_at_once(TOGETHER, lambda number: deliver_pending())

    assert StateLog.objects.count() > 6


def test_an_event_that_commits_late_is_not_passed_over(hear: Callable[..., None]):
    hear(note)
    written, go_on = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with transaction.atomic():
            emit(DrumBeaten(drum_id=uuid4(), number=1))
            written.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    written.wait(10)
    beat(drums=1, times=1)
    drain()
    assert StateLog.objects.count() == 1
    go_on.set()
    thread.join()
    drain()

    assert StateLog.objects.count() == 2


PROGRAM = """
import os, signal, sys, uuid
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {database!r}
django.setup()
from django.db import transaction
from backend.config.celery import app
from backend.core.outbox import deliver_pending, emit, emitting, subscribe
from tests.core.test_outbox_races import DrumBeaten, note

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def run_apart(database: str, lines: str) -> subprocess.CompletedProcess[str]:
    """Run lines in a process of their own, on the database of this test."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
    environment["PYTHONPATH"] = os.pathsep.join([str(settings.BASE_DIR), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(database=database) + lines],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment,
    )


def test_a_process_that_dies_between_commit_and_send_loses_nothing(fresh_database: str, hear: Callable[..., None]):
    died = run_apart(
        fresh_database,
        "emitting.wake = die\n"
        "with transaction.atomic():\n"
        "    emit(DrumBeaten(drum_id=uuid.uuid4(), number=1))\n"
        "print('survived')\n",
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert StateLog.objects.count() == 0

    hear(note)
    deliver_outbox()

    assert StateLog.objects.count() == 1
    assert outbox_gauges().open_count == 0


def test_a_worker_that_dies_between_effect_and_commit_has_one_effect_after_the_next_delivery(
    fresh_database: str, hear: Callable[..., None]
):
    beat(drums=1, times=1)
    died = run_apart(
        fresh_database,
        "def note_and_die(event):\n"
        "    note(event)\n"
        "    die()\n"
        "subscribe(DrumBeaten, note_and_die, name='drums')\n"
        "deliver_pending()\n",
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert StateLog.objects.count() == 0

    hear(note)
    drain()

    assert StateLog.objects.count() == 1


def test_a_dead_broker_fails_no_request_and_costs_it_little(fresh_database: str, hear: Callable[..., None]):
    survived = run_apart(
        fresh_database,
        "import time\n"
        "app.conf.broker_url = 'redis://127.0.0.1:1/0'\n"
        "began = time.monotonic()\n"
        "with transaction.atomic():\n"
        "    emit(DrumBeaten(drum_id=uuid.uuid4(), number=1))\n"
        "print(time.monotonic() - began)\n",
    )
    assert survived.returncode == 0, survived.stderr
    assert "The broker does not answer" in survived.stderr
    assert float(survived.stdout) < 2
    assert OutboxEvent.objects.count() == 1

    hear(note)
    deliver_outbox()

    assert StateLog.objects.count() == 1

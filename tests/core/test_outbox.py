from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import StringIO
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from backend.core.checks import subscriptions_resolve
from backend.core.outbox import Event, deliver_pending, emit, emitting, registry, subscribe, subscribe_all
from backend.core.outbox.events import decode, encode
from backend.core.outbox.models import HandledEvent, OutboxEvent
from backend.core.outbox.relay import MOST_ATTEMPTS
from backend.core.outbox.selectors import events_about, outbox_gauges, outbox_oldest_seconds, parked_events
from backend.core.state_log import StateLog, log_move

NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)


@dataclasses.dataclass(frozen=True, kw_only=True)
class LanternLit(Event):
    aggregate: ClassVar[str] = "lantern_id"
    lantern_id: UUID
    number: int
    at: datetime = NOON
    on: date | None = None
    by_id: UUID | None = None
    colours: tuple[str, ...] = ()
    is_red: bool = True


@pytest.fixture
def hear() -> Iterator[Callable[..., None]]:
    """Subscribe for one test."""
    names: list[str] = []

    def add(handler: Callable[..., None], *, name: str = "heard") -> None:
        names.append(name)
        subscribe(LanternLit, handler, name=name)

    yield add
    for name in names:
        registry.unsubscribe(name)


def light(lantern_id: UUID | None = None, number: int = 1) -> LanternLit:
    event = LanternLit(lantern_id=lantern_id or uuid4(), number=number)
    with transaction.atomic():
        emit(event)
    return event


def note(event: LanternLit) -> None:
    log_move(entity_type="lantern", entity_id=event.lantern_id, from_state="", to_state=str(event.number), now=NOON)


def try_again_now() -> None:
    OutboxEvent.objects.filter(done_at=None).update(next_try_at=NOON)


def test_an_event_comes_back_from_json_as_it_was():
    event = LanternLit(
        lantern_id=uuid4(), number=3, on=date(2026, 5, 1), by_id=uuid4(), colours=("red", "gold"), is_red=False
    )

    assert decode(LanternLit, encode(event)) == event
    assert decode(LanternLit, {**encode(event), "forgotten_field": 1}) == event


def test_an_event_holds_no_rows_and_no_fractions():
    with pytest.raises(TypeError, match="An event holds"):
        encode(LanternLit(lantern_id=uuid4(), number=0.5))
    with pytest.raises(TypeError, match="An event holds"):
        encode(LanternLit(lantern_id=uuid4(), number=OutboxEvent()))


def test_two_modules_may_not_use_one_name():
    with pytest.raises(TypeError, match="both say LanternLit"):
        type("LanternLit", (Event,), {"__module__": "elsewhere"})


@pytest.mark.django_db
def test_an_event_is_written_with_its_cause_or_not_at_all():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        emit(LanternLit(lantern_id=uuid4(), number=1 // 0))

    assert OutboxEvent.objects.count() == 0


@pytest.mark.usefixtures("fresh_database")
def test_an_event_outside_a_transaction_is_a_mistake():
    with pytest.raises(TransactionManagementError):
        emit(LanternLit(lantern_id=uuid4(), number=1))

    assert OutboxEvent.objects.count() == 0


@pytest.mark.usefixtures("fresh_database")
def test_delivery_is_woken_once_per_transaction_and_after_the_commit(monkeypatch: pytest.MonkeyPatch):
    woken: list[int] = []
    monkeypatch.setattr(emitting, "wake", lambda: woken.append(OutboxEvent.objects.count()))

    with transaction.atomic():
        for number in range(3):
            emit(LanternLit(lantern_id=uuid4(), number=number))
        assert woken == []

    assert woken == [3]


@pytest.mark.django_db
class TestDelivery:
    def test_each_handler_hears_an_event_once(self, hear: Callable[..., None]):
        heard: list[LanternLit] = []
        hear(heard.append, name="one")
        hear(heard.append, name="two")
        event = light()

        assert deliver_pending() == 1
        assert deliver_pending() == 0

        assert heard == [event, event]
        assert set(HandledEvent.objects.values_list("handler", flat=True)) >= {"one", "two"}

    def test_events_of_one_thing_come_in_order(self, hear: Callable[..., None]):
        heard: list[int] = []
        hear(lambda event: heard.append(event.number))
        lantern = uuid4()
        for number in range(5):
            light(lantern, number)

        deliver_pending()

        assert heard == [0, 1, 2, 3, 4]

    def test_a_handler_that_fails_holds_back_its_thing_and_no_other(self, hear: Callable[..., None]):
        broken, whole = uuid4(), uuid4()
        heard: list[tuple[UUID, int]] = []

        def sometimes(event: LanternLit) -> None:
            note(event)
            if event.lantern_id == broken and len(heard) < 1:
                raise RuntimeError("no oil")
            heard.append((event.lantern_id, event.number))

        hear(sometimes)
        light(broken, 1)
        light(broken, 2)
        light(whole, 1)

        deliver_pending()
        assert heard == [(whole, 1)]
        assert StateLog.objects.filter(entity_id=broken).count() == 0
        assert "no oil" in OutboxEvent.objects.get(attempts=1).last_refusal

        try_again_now()
        deliver_pending()
        assert heard == [(whole, 1), (broken, 1), (broken, 2)]

    def test_a_failing_handler_does_not_make_the_others_repeat(self, hear: Callable[..., None]):
        hear(note, name="steady")
        hear(self._fail, name="shaky")
        event = light()

        for _ in range(3):
            deliver_pending()
            try_again_now()

        assert StateLog.objects.filter(entity_id=event.lantern_id).count() == 1
        assert OutboxEvent.objects.get().attempts == 3

    @staticmethod
    def _fail(event: LanternLit) -> None:
        raise RuntimeError("no oil")

    def test_an_event_that_fails_too_often_is_parked_seen_and_can_be_retried(self, hear: Callable[..., None]):
        lantern = uuid4()
        heard: list[int] = []

        def mended_later(event: LanternLit) -> None:
            if event.number == 1 and len(heard) == 0:
                raise RuntimeError("no oil")
            heard.append(event.number)

        hear(mended_later)
        light(lantern, 1)
        for _ in range(MOST_ATTEMPTS):
            deliver_pending()
            try_again_now()
        light(lantern, 2)

        assert outbox_gauges().parked_count == 1
        assert [event.attempts for event in parked_events()] == [MOST_ATTEMPTS]
        heard.append(0)
        deliver_pending()
        assert heard == [0, 2]

        said = StringIO()
        call_command("outbox", "--retry", "--deliver", stdout=said)
        assert heard == [0, 2, 1]
        assert "retried 1" in said.getvalue()
        assert "open 0, parked 0" in said.getvalue()

    def test_the_age_of_the_oldest_open_event_is_shown(self):
        assert outbox_oldest_seconds() == 0
        light()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE core_outboxevent SET emitted_at = emitted_at - interval '40 seconds'")

        assert 40 <= outbox_oldest_seconds() < 50
        assert outbox_gauges().open_count == 1

        deliver_pending()
        assert outbox_oldest_seconds() == 0

    def test_one_who_hears_everything_gets_the_stored_form(self):
        heard: list[dict[str, object]] = []

        def hear_all(**event: object) -> None:
            heard.append(event)

        subscribe_all(hear_all, name="all")
        try:
            event = light()
            deliver_pending()
        finally:
            registry.unsubscribe("all")

        stored = OutboxEvent.objects.get()
        assert heard == [
            {"name": "LanternLit", "payload": encode(event), "event_id": stored.event_id, "at": stored.emitted_at}
        ]

    def test_what_happened_to_a_thing_can_be_read_in_order(self):
        lantern = uuid4()
        light(lantern, 1)
        light(lantern, 2)
        light()

        assert [(name, payload["number"]) for name, payload in events_about(lantern)] == [
            ("LanternLit", 1),
            ("LanternLit", 2),
        ]

    def test_a_limit_is_kept(self):
        for _ in range(5):
            light()

        assert deliver_pending(limit=2) == 2
        assert outbox_gauges().open_count == 3


def test_a_handler_that_does_not_exist_is_found_before_the_server_starts():
    subscribe(LanternLit, "backend.core.nowhere.handler")
    try:
        problems = subscriptions_resolve()
    finally:
        registry.unsubscribe("backend.core.nowhere.handler")

    assert [problem.id for problem in problems] == ["core.E001"]
    assert subscriptions_resolve() == []


@pytest.mark.django_db
def test_many_events_are_written_in_their_order_in_few_statements(django_assert_num_queries):
    lantern, other = uuid4(), uuid4()
    events = [LanternLit(lantern_id=lantern if number % 2 else other, number=number) for number in range(1_500)]

    with transaction.atomic(), django_assert_num_queries(2):
        emitting.emit_many(events)

    told = OutboxEvent.objects.order_by("position").values_list("payload", flat=True)
    assert [row["number"] for row in told] == list(range(1_500))
    assert decode(LanternLit, OutboxEvent.objects.get(payload__number=3).payload) == events[3]


@pytest.mark.django_db(transaction=True)
def test_many_events_are_told_in_the_transaction_of_their_cause():
    with pytest.raises(TransactionManagementError):
        emitting.emit_many([LanternLit(lantern_id=uuid4(), number=1)])

    assert OutboxEvent.objects.count() == 0

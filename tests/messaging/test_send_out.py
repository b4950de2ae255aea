"""Mail and text messages on their way out."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from backend.core.models import OutboxEvent
from backend.messaging import handlers
from backend.messaging.actions import queue_message, send_due_messages
from backend.messaging.errors import ReceiverRefused
from backend.messaging.handlers import SEND_TASK
from backend.messaging.models import OutgoingMessage
from backend.messaging.rules import LEASE_SECONDS, MOST_ATTEMPTS
from tests.factories.messaging import NOON
from tests.support.races import all_at_once

CODE = "验证码 123456"


class Broken(Exception):
    """The gateway does not answer."""


def broken(message: OutgoingMessage) -> None:
    """A gateway that is away."""
    raise Broken


def queued(**other: Any) -> OutgoingMessage:
    """A secret text message that waits."""
    wanted: dict[str, Any] = {"channel": "sms", "to": "+8613800138000", "body": CODE, "is_secret": True, "now": NOON}
    return queue_message(**(wanted | other))


@pytest.mark.django_db
def test_a_message_goes_once_and_its_secret_is_erased() -> None:
    taken: list[str] = []
    queued()

    first = send_due_messages(send=lambda message: taken.append(message.body), now=NOON)
    second = send_due_messages(send=lambda message: taken.append(message.body), now=NOON + timedelta(hours=1))

    assert (first, second, taken) == (1, 0, [CODE])
    message = OutgoingMessage.objects.get()
    assert (message.state, message.body, message.sent_at) == ("sent", "", NOON)


@pytest.mark.django_db
def test_a_gateway_that_is_away_is_tried_again_ever_later_and_then_given_up() -> None:
    queued()
    at, pauses = NOON, []
    for _ in range(MOST_ATTEMPTS):
        assert send_due_messages(send=broken, now=at) == 0
        message = OutgoingMessage.objects.get()
        if message.state == "dead":
            break
        pauses.append((message.next_attempt_at - at).total_seconds())
        assert send_due_messages(send=broken, now=message.next_attempt_at - timedelta(milliseconds=1)) == 0
        at = message.next_attempt_at

    assert pauses == [2, 4, 8, 16, 32, 64, 128]
    assert (message.state, message.attempts, message.body) == ("dead", MOST_ATTEMPTS, "")
    assert "Broken" in message.last_error
    assert OutboxEvent.objects.filter(name="MessageGivenUp").count() == 1


@pytest.mark.django_db
def test_a_code_that_would_come_too_late_is_not_sent() -> None:
    queued(expires_at=NOON + timedelta(seconds=1))

    send_due_messages(send=broken, now=NOON)

    assert OutgoingMessage.objects.get().state == "dead"


@pytest.mark.django_db
def test_a_receiver_that_does_not_exist_is_not_tried_again() -> None:
    def refuse(message: OutgoingMessage) -> None:
        raise ReceiverRefused

    queued()
    send_due_messages(send=refuse, now=NOON)

    message = OutgoingMessage.objects.get()
    assert (message.state, message.attempts, message.last_error) == ("dead", 1, "RECEIVER_REFUSED")


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_taken_up_after_its_lease() -> None:
    message = queued()
    lease_ends = NOON + timedelta(seconds=LEASE_SECONDS)
    OutgoingMessage.objects.filter(pk=message.pk).update(state="sending", next_attempt_at=lease_ends, attempts=1)

    early = send_due_messages(send=lambda _: None, now=NOON + timedelta(seconds=LEASE_SECONDS - 1))
    late = send_due_messages(send=lambda _: None, now=lease_ends)

    assert (early, late) == (0, 1)


@pytest.mark.django_db
def test_a_new_message_wakes_the_sender(monkeypatch: pytest.MonkeyPatch, deliver_outbox: Callable[[], int]) -> None:
    woken: list[str] = []
    celery = SimpleNamespace(send_task=lambda name, **options: woken.append(name))
    monkeypatch.setattr(handlers, "current_app", celery)

    queued()
    deliver_outbox()

    assert woken == [SEND_TASK]


def test_ten_workers_send_each_message_once(fresh_database: str) -> None:
    for _ in range(30):
        queued()
    taken: list[object] = []

    outcome = all_at_once(
        10, lambda number: send_due_messages(send=lambda message: taken.append(message.id), now=NOON, limit=7)
    )

    assert outcome.raised == []
    assert len(taken) == len(set(taken)) == sum(outcome.answers) == 30

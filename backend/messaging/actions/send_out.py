"""Mail and text messages on their way out: queued with the cause, sent later by a worker, tried again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.ids import new_id
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.messaging.errors import ReceiverRefused
from backend.messaging.events import MessageGivenUp, MessageQueued
from backend.messaging.models import OutgoingMessage
from backend.messaging.rules import LEASE_SECONDS, is_given_up, next_attempt
from backend.messaging.selectors.choices import disturbance

Sender = Callable[[OutgoingMessage], None]
State = OutgoingMessage.State
ERROR_LENGTH = 300


@transaction.atomic
def queue_message(
    *,
    channel: str,
    to: str,
    body: str,
    now: datetime,
    subject: str = "",
    html: str = "",
    is_secret: bool = False,
    expires_at: datetime | None = None,
) -> OutgoingMessage:
    """Put a mail or text message into the queue, in the transaction of its cause.

    Emits: MessageQueued.
    """
    message = OutgoingMessage.objects.create(
        id=new_id(),
        channel=OutgoingMessage.Channel(channel),
        to=to,
        subject=subject,
        body=body,
        html=html,
        is_secret=is_secret,
        expires_at=expires_at,
        queued_at=now,
        next_attempt_at=now,
    )
    emit(MessageQueued(message_id=message.id, channel=message.channel, at=now))
    return message


@transaction.atomic
def tell_outside(
    *, user_id: UUID, topic: str, channel: str, to: str, body: str, now: datetime, subject: str = ""
) -> OutgoingMessage | None:
    """Send a person a mail or text message about a topic, if they want it there; in quiet hours it waits for their end.

    Emits: MessageQueued.
    """
    told = disturbance(user_id=user_id, topic=topic, channel=channel.upper(), now=now)
    if not told.is_wanted:
        return None
    message = queue_message(channel=channel, to=to, subject=subject, body=body, now=now)
    if told.quiet_until is not None:
        message.next_attempt_at = told.quiet_until
        message.save(update_fields=["next_attempt_at"])
    return message


def send_due_messages(*, send: Sender, now: datetime, limit: int = 50) -> int:
    """Send what is due, and say how many went. Two workers never take the same message at once.

    The gateway is spoken to outside any transaction. A worker that dies leaves its messages to the next one
    after a minute; the gateway knows them by id and takes each once.

    Emits: MessageGivenUp.
    """
    sent = 0
    for message in _claim(now=now, limit=limit):
        try:
            send(message)
        except ReceiverRefused as refusal:
            _give_up(message.id, error=refusal.code, now=now)
        except Exception as problem:  # noqa: BLE001 - whatever went wrong, the message is tried again
            put_off(message_id=message.id, error=f"{type(problem).__name__}: {problem}", now=now)
        else:
            _finish(message.id, now=now)
            sent += 1
    return sent


@transaction.atomic
def put_off(*, message_id: UUID, error: str, now: datetime) -> None:
    """Try a message again later, or give it up when that is of no use.

    Emits: MessageGivenUp.
    """
    message = lock_one(OutgoingMessage, message_id)
    retry_at = next_attempt(attempts=message.attempts, now=now)
    if is_given_up(attempts=message.attempts, expires_at=message.expires_at, retry_at=retry_at):
        _give_up(message_id, error=error, now=now)
        return
    message.state = State.QUEUED
    message.next_attempt_at = retry_at
    message.last_error = error[:ERROR_LENGTH]
    message.save(update_fields=["state", "next_attempt_at", "last_error"])


@transaction.atomic
def _claim(*, now: datetime, limit: int) -> list[OutgoingMessage]:
    due = OutgoingMessage.objects.filter(state__in=[State.QUEUED, State.SENDING], next_attempt_at__lte=now)
    claimed = list(due.select_for_update(skip_locked=True).order_by("next_attempt_at", "pk")[:limit])
    OutgoingMessage.objects.filter(pk__in=[message.pk for message in claimed]).update(
        state=State.SENDING, attempts=F("attempts") + 1, next_attempt_at=now + timedelta(seconds=LEASE_SECONDS)
    )
    return claimed


@transaction.atomic
def _finish(message_id: UUID, *, now: datetime) -> None:
    message = lock_one(OutgoingMessage, message_id)
    message.state, message.sent_at, message.last_error = State.SENT, now, ""
    _close(message)


@transaction.atomic
def _give_up(message_id: UUID, *, error: str, now: datetime) -> None:
    message = lock_one(OutgoingMessage, message_id)
    message.state, message.last_error = State.DEAD, error[:ERROR_LENGTH]
    _close(message)
    emit(MessageGivenUp(message_id=message_id, channel=message.channel, attempts=message.attempts, at=now))


def _close(message: OutgoingMessage) -> None:
    """Write the end down; a code that has been sent, or never will be, is nobody's business any more."""
    if message.is_secret:
        message.body = message.html = ""
    message.save(update_fields=["state", "sent_at", "last_error", "body", "html"])

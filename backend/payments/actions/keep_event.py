"""Messages from providers: each authentic one once, each forgery once per content."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from backend.core.ids import new_id
from backend.core.outbox import emit
from backend.payments.events import ProviderEventHeld
from backend.payments.models import ProviderEvent, Verdict
from backend.payments.ports import Notice

LONGEST_KEPT = 8_192
INSERT_ONCE = """
INSERT INTO payments_providerevent
    (id, provider, event_id, kind, reference, refund_key, amount_minor, is_authentic, digest, payload, verdict,
     times_seen, received_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, TRUE, %s, %s, %s, 1, %s)
ON CONFLICT (provider, event_id) WHERE is_authentic DO NOTHING RETURNING id
"""


@transaction.atomic
def record_event(*, notice: Notice, now: datetime) -> ProviderEvent | None:
    """Write an authentic message down; None says that it was here before.

    A second copy that arrives meanwhile waits for the first transaction to end.
    """
    row: list[Any] = [
        new_id(),
        notice.provider,
        notice.event_id,
        notice.kind,
        notice.reference,
        notice.refund_key,
        notice.amount_minor,
        _digest(notice.body),
        _text(notice.body),
        Verdict.IGNORED,
        now,
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT_ONCE, row)
        written = cursor.fetchone()
    if written is None:
        ProviderEvent.objects.filter(provider=notice.provider, event_id=notice.event_id, is_authentic=True).update(
            times_seen=F("times_seen") + 1
        )
        return None
    return ProviderEvent.objects.get(pk=written[0])


@transaction.atomic
def give_verdict(*, event: ProviderEvent, verdict: Verdict, now: datetime) -> None:
    """Note what became of a message; one that could not be applied is held for a person.

    Emits: ProviderEventHeld.
    """
    event.verdict = verdict
    event.save(update_fields=["verdict"])
    if verdict in (Verdict.UNKNOWN_PAYMENT, Verdict.AMOUNT_MISMATCH):
        emit(ProviderEventHeld(provider_event_id=event.id, provider=event.provider, verdict=verdict, at=now))


@transaction.atomic
def keep_refused_event(*, provider: str, verdict: Verdict, body: bytes, now: datetime) -> None:
    """Keep a message that is not believed, for a person to read; the same content is kept once.

    Emits: ProviderEventHeld.
    """
    event, is_new = ProviderEvent.objects.get_or_create(
        provider=provider,
        digest=_digest(body),
        is_authentic=False,
        defaults={"event_id": "", "payload": _text(body), "verdict": verdict, "received_at": now},
    )
    if is_new:
        emit(ProviderEventHeld(provider_event_id=event.id, provider=provider, verdict=verdict, at=now))
        return
    ProviderEvent.objects.filter(pk=event.pk).update(times_seen=F("times_seen") + 1)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _text(body: bytes) -> str:
    return body[:LONGEST_KEPT].decode("utf-8", "replace").replace("\x00", "")

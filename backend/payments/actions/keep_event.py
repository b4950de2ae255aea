"""Messages from providers: each authentic one once, each forgery once per content."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from backend.core.outbox import emit
from backend.core.webhooks.messages import digest_of, kept_text
from backend.payments.events import ProviderEventHeld
from backend.payments.models import ProviderEvent, Verdict
from backend.payments.ports import Notice
from backend.payments.selectors import HELD

WRITTEN = (
    "id",
    "provider",
    "event_id",
    "kind",
    "reference",
    "refund_key",
    "amount_minor",
    "is_authentic",
    "digest",
    "payload",
    "verdict",
    "times_seen",
    "received_at",
)
INSERT_ONCE = f"""
INSERT INTO payments_providerevent ({", ".join(WRITTEN)}) VALUES ({", ".join(["%s"] * len(WRITTEN))})
ON CONFLICT (provider, event_id) WHERE is_authentic DO NOTHING RETURNING id
"""  # noqa: S608 - names written in code


@transaction.atomic(savepoint=False)
def record_event(*, notice: Notice, now: datetime) -> ProviderEvent | None:
    """Write an authentic message down; None says that it was here before.

    A second copy that arrives meanwhile waits for the first transaction to end.
    """
    event = ProviderEvent(
        provider=notice.provider,
        event_id=notice.event_id,
        kind=notice.kind,
        reference=notice.reference,
        refund_key=notice.refund_key,
        amount_minor=notice.amount_minor,
        is_authentic=True,
        digest=digest_of(notice.body),
        payload=kept_text(notice.body),
        verdict=Verdict.IGNORED,
        received_at=now,
    )
    with connection.cursor() as cursor:
        cursor.execute(INSERT_ONCE, [getattr(event, name) for name in WRITTEN])
        if cursor.fetchone():
            event._state.adding = False
            return event
    ProviderEvent.objects.filter(provider=notice.provider, event_id=notice.event_id, is_authentic=True).update(
        times_seen=F("times_seen") + 1
    )
    return None


@transaction.atomic(savepoint=False)
def give_verdict(*, event: ProviderEvent, verdict: Verdict, now: datetime) -> None:
    """Note what became of a message; one that could not be applied is held for a person.

    Emits: ProviderEventHeld.
    """
    event.verdict = verdict
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_providerevent SET verdict = %s WHERE id = %s", [verdict.value, event.pk])
    if verdict in HELD:
        emit(ProviderEventHeld(provider_event_id=event.id, provider=event.provider, verdict=verdict, at=now))


@transaction.atomic(savepoint=False)
def keep_refused_event(*, provider: str, verdict: Verdict, body: bytes, now: datetime) -> None:
    """Keep a message that is not believed, for a person to read; the same content is kept once.

    Emits: ProviderEventHeld.
    """
    event, is_new = ProviderEvent.objects.get_or_create(
        provider=provider,
        digest=digest_of(body),
        is_authentic=False,
        defaults={"event_id": "", "payload": kept_text(body), "verdict": verdict, "received_at": now},
    )
    if is_new:
        emit(ProviderEventHeld(provider_event_id=event.id, provider=provider, verdict=verdict, at=now))
        return
    ProviderEvent.objects.filter(pk=event.pk).update(times_seen=F("times_seen") + 1)

"""Messages from carriers: each authentic one once, each forgery once per content, nothing thrown away."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from backend.core.webhooks.messages import digest_of, kept_text
from backend.fulfilment.events import CarrierMessageHeld
from backend.fulfilment.models import CarrierMessage, Verdict
from backend.fulfilment.ports import NoticeRefused, TrackingNotice
from backend.fulfilment.rules import HELD


@transaction.atomic(savepoint=False)
def record_message(*, notice: TrackingNotice, now: datetime) -> CarrierMessage | None:
    """Write an authentic message down; None says that it was here before."""
    message = CarrierMessage(
        carrier=notice.carrier,
        event_id=notice.event_id,
        tracking_number=notice.tracking_number,
        is_authentic=True,
        digest=digest_of(notice.body),
        payload=kept_text(notice.body),
        verdict=Verdict.APPLIED,
        received_at=now,
    )
    if insert_row_once(message):
        return message
    CarrierMessage.objects.filter(carrier=notice.carrier, event_id=notice.event_id, is_authentic=True).update(
        times_seen=F("times_seen") + 1
    )
    return None


def kept_notice(message: CarrierMessage) -> TrackingNotice:
    """Read a message again that was believed when it came.

    Raises: NoticeRefused.
    """
    try:
        content = json.loads(message.payload)
        return TrackingNotice(
            carrier=message.carrier,
            event_id=message.event_id,
            tracking_number=message.tracking_number,
            code=str(content["code"]),
            at=datetime.fromisoformat(content["at"]),
            place=str(content.get("place", "")),
            text=str(content.get("text", "")),
        )
    except (ValueError, KeyError, TypeError) as broken:
        raise NoticeRefused(Verdict.UNREADABLE) from broken


@transaction.atomic(savepoint=False)
def give_verdict(*, message: CarrierMessage, verdict: Verdict, now: datetime) -> Verdict:
    """Note what became of a message; one that could not be applied is held for a person.

    Emits: CarrierMessageHeld.
    """
    if message.verdict != verdict:
        message.verdict = verdict
        message.save(update_fields=["verdict"])
    if verdict in HELD:
        emit(CarrierMessageHeld(carrier_message_id=message.id, carrier=message.carrier, verdict=verdict, at=now))
    return verdict


@transaction.atomic(savepoint=False)
def keep_refused_message(*, carrier: str, verdict: Verdict, body: bytes, now: datetime) -> None:
    """Keep a message that is not believed, for a person to read; the same content is kept once.

    Emits: CarrierMessageHeld.
    """
    digest = digest_of(body)
    message = CarrierMessage(
        carrier=carrier,
        event_id=digest,
        is_authentic=False,
        digest=digest,
        payload=kept_text(body),
        verdict=verdict,
        received_at=now,
    )
    if insert_row_once(message):
        emit(CarrierMessageHeld(carrier_message_id=message.id, carrier=carrier, verdict=verdict, at=now))
        return
    CarrierMessage.objects.filter(carrier=carrier, digest=digest, is_authentic=False).update(
        times_seen=F("times_seen") + 1
    )


@transaction.atomic
def review_message(*, message_id: UUID, reviewer_id: UUID, now: datetime) -> CarrierMessage:
    """Note that a person has looked at a message that was held; asked twice, the first one stays noted.

    Raises: NotFound.
    """
    message = lock_one(CarrierMessage, message_id)
    if message.reviewed_at is None:
        message.reviewed_at, message.reviewed_by_id = now, reviewer_id
        message.save(update_fields=["reviewed_at", "reviewed_by_id"])
    return message

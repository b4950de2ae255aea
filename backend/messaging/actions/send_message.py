"""Saying something in a room, taking it back, and having seen it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.accounts.selectors import is_blocked_between
from backend.core.errors import InvalidInput, NotFound, TooManyRequests
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.messaging import rules
from backend.messaging.actions.append import append_event
from backend.messaging.errors import (
    AlreadyRecalled,
    ClientIdReused,
    LinksNotYet,
    PersonUnavailable,
    RecallTooLate,
    RequestPending,
    RoomReadOnly,
)
from backend.messaging.events import RoomRead
from backend.messaging.models import Room, RoomEvent, RoomMember

SAID = (RoomEvent.Type.MESSAGE, RoomEvent.Type.STICKER, RoomEvent.Type.PRODUCT)


@transaction.atomic
def send_message(
    *,
    room_id: UUID,
    sender_id: UUID,
    client_message_id: UUID,
    now: datetime,
    body: str = "",
    sticker: str | None = None,
    product_id: UUID | None = None,
) -> RoomEvent:
    """Say something in a room; sending the same client message id again gives the same event.

    Raises: NotFound, InvalidInput, ClientIdReused, RoomReadOnly, TooManyRequests, PersonUnavailable,
        RequestPending, LinksNotYet.
    Emits: RoomAdvanced.
    """
    kind, text, payload = _content(body=body, sticker=sticker, product_id=product_id)
    room = lock_one(Room, room_id)
    member = _staying(room, sender_id)
    if sent := RoomEvent.objects.filter(room=room, actor_id=sender_id, client_message_id=client_message_id).first():
        return _same(sent, kind=kind, text=text, payload=payload)

    if room.is_read_only:
        raise RoomReadOnly
    _check_speed(room, sender_id=sender_id, now=now)
    if room.kind == Room.Kind.DIRECT:
        _check_direct(room, member=member, text=text, now=now)
    event = append_event(
        room, kind=kind, actor_id=sender_id, body=text, payload=payload, client_message_id=client_message_id, now=now
    )
    member.read_seq = event.seq
    member.is_request = False
    member.save(update_fields=["read_seq", "is_request"])
    return event


@transaction.atomic
def post_system_event(
    *,
    room_id: UUID,
    type: str,  # noqa: A002 - the word of the log's own column
    payload: Mapping[str, Any],
    dedupe_key: str,
    now: datetime,
) -> RoomEvent:
    """Write into a room what happened around it; `type` says what, the same key writes it once.

    Raises: NotFound.
    Emits: RoomAdvanced.
    """
    room = lock_one(Room, room_id)
    if posted := RoomEvent.objects.filter(room=room, dedupe_key=dedupe_key).first():
        return posted
    content = {"type": type, **payload}
    return append_event(room, kind=RoomEvent.Type.SYSTEM, payload=content, dedupe_key=dedupe_key, now=now)


@transaction.atomic
def recall_message(*, room_id: UUID, seq: int, actor_id: UUID, now: datetime) -> RoomEvent:
    """Take one's own message back while it is young; its place in the log stays, its text is hidden.

    Raises: NotFound, RecallTooLate, AlreadyRecalled.
    Emits: RoomAdvanced.
    """
    room = lock_one(Room, room_id)
    _staying(room, actor_id)
    event = RoomEvent.objects.filter(room=room, seq=seq, actor_id=actor_id, type__in=SAID).first()
    if event is None:
        raise NotFound
    if event.redacted_at is not None:
        raise AlreadyRecalled
    if not rules.may_recall(sent_at=event.at, now=now):
        raise RecallTooLate(minutes=rules.RECALL_MINUTES)
    return _redact(room, event, actor_id=actor_id, reason="recalled", now=now)


@transaction.atomic
def redact_event(*, room_id: UUID, seq: int, now: datetime, reason: str = "removed") -> RoomEvent:
    """Hide a message by decision of the shop, however old it is; hiding twice is hiding once.

    Raises: NotFound.
    Emits: RoomAdvanced.
    """
    room = lock_one(Room, room_id)
    event = RoomEvent.objects.filter(room=room, seq=seq, type__in=SAID).first()
    if event is None:
        raise NotFound
    if event.redacted_at is not None:
        return RoomEvent.objects.get(room=room, type=RoomEvent.Type.REDACT, payload__seq=seq)
    return _redact(room, event, actor_id=None, reason=reason, now=now)


@transaction.atomic
def mark_room_read(*, room_id: UUID, user_id: UUID, seq: int, now: datetime) -> RoomMember:
    """Note how far a person has seen a room; the mark only ever moves forward.

    Raises: NotFound.
    Emits: RoomRead.
    """
    room = Room.objects.filter(pk=room_id).first()
    if room is None:
        raise NotFound
    stay = RoomMember.objects.filter(room=room, user_id=user_id).order_by("-join_seq").first()
    if stay is None:
        raise NotFound
    seen = min(seq, room.last_seq)
    moved = RoomMember.objects.filter(pk=stay.pk, read_seq__lt=seen).update(read_seq=Greatest(F("read_seq"), seen))
    if moved:
        emit(RoomRead(room_id=room_id, user_id=user_id, seq=seen, at=now))
        stay.refresh_from_db()
    return stay


def _content(*, body: str, sticker: str | None, product_id: UUID | None) -> tuple[RoomEvent.Type, str, dict[str, Any]]:
    text = body.strip()
    if len(text) > rules.BODY_LENGTH:
        raise InvalidInput("body", _("A message has at most 4000 characters. Send it in parts."))
    if sticker is not None:
        if sticker not in rules.STICKERS:
            raise InvalidInput("sticker", _("This sticker is not in the list. Choose one of those shown."))
        return RoomEvent.Type.STICKER, "", {"sticker": sticker}
    if product_id is not None:
        return RoomEvent.Type.PRODUCT, text, {"productId": str(product_id)}
    if not text:
        raise InvalidInput("body", _("Write something first."))
    return RoomEvent.Type.MESSAGE, text, {}


def _staying(room: Room, user_id: UUID) -> RoomMember:
    member = RoomMember.objects.filter(room=room, user_id=user_id, left_seq=None).first()
    if member is None:
        raise NotFound
    return member


def _same(sent: RoomEvent, *, kind: RoomEvent.Type, text: str, payload: dict[str, Any]) -> RoomEvent:
    if (sent.type, sent.body, sent.payload) != (kind, text, payload):
        raise ClientIdReused
    return sent


def _check_speed(room: Room, *, sender_id: UUID, now: datetime) -> None:
    newest = RoomEvent.objects.filter(room=room, seq__gt=room.last_seq - 5 * rules.BURST, actor_id=sender_id)
    times = list(newest.filter(type__in=SAID).order_by("-seq").values_list("at", flat=True)[: rules.BURST])
    tenth = times[rules.BURST - 1] if len(times) == rules.BURST else None
    if rules.is_too_fast(tenth_newest_at=tenth, now=now):
        raise TooManyRequests(retry_after_seconds=rules.BURST_SECONDS)


def _check_direct(room: Room, *, member: RoomMember, text: str, now: datetime) -> None:
    other = RoomMember.objects.filter(room=room, left_seq=None).exclude(user_id=member.user_id).first()
    open_account = other is not None and User.objects.filter(pk=other.user_id, is_active=True).exists()
    if other is None or not open_account or is_blocked_between(member.user_id, other.user_id):
        raise PersonUnavailable
    if other.is_request:
        sent = RoomEvent.objects.filter(room=room, actor_id=member.user_id, type__in=SAID).count()
        if sent >= rules.REQUEST_MESSAGES:
            raise RequestPending
    joined_at = User.objects.values_list("date_joined", flat=True).get(pk=member.user_id)
    if rules.holds_link(text) and not rules.may_send_links(joined_at=joined_at, now=now):
        raise LinksNotYet(days=rules.LINK_FREE_DAYS)


def _redact(room: Room, event: RoomEvent, *, actor_id: UUID | None, reason: str, now: datetime) -> RoomEvent:
    event.redacted_at = now
    event.save(update_fields=["redacted_at"])
    payload = {"seq": event.seq, "reason": reason}
    return append_event(room, kind=RoomEvent.Type.REDACT, actor_id=actor_id, payload=payload, now=now)

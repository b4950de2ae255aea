"""Rooms as their members see them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from backend.accounts.selectors import PublicPerson, public_people
from backend.core.errors import NotFound
from backend.core.languages import translate
from backend.core.paging import Page, keyset_page
from backend.messaging.models import Room, RoomEvent, RoomMember
from backend.messaging.rules import PERSONAL_HINTS_UP_TO, UNREAD_CAP

MEMBERS_SHOWN = 50
Row = dict[str, Any]

_UNREAD = """
SELECT member.room_id, (
    SELECT count(*) FROM (
        SELECT 1 FROM messaging_roomevent AS event
        WHERE event.room_id = member.room_id AND event.seq > member.read_seq AND event.seq >= member.join_seq
          AND event.type IN ('message', 'sticker', 'product') AND event.redacted_at IS NULL
          AND event.actor_id IS DISTINCT FROM member.user_id
        LIMIT %s) AS capped)
FROM messaging_roommember AS member
WHERE member.user_id = %s AND member.left_seq IS NULL AND member.room_id = ANY(%s)
"""


def rooms_of(user_id: UUID, *, locale: str, first: int, after: str | None = None) -> Page:
    """The rooms a person is in, those with the newest event first."""
    staying = RoomMember.objects.filter(room_id=OuterRef("pk"), user_id=user_id, left_seq=None)
    page = keyset_page(Room.objects.filter(Exists(staying)), order=("-last_event_at", "-id"), first=first, after=after)
    rows = _room_rows([edge.node for edge in page.edges], user_id=user_id, locale=locale)
    return replace(page, edges=[replace(edge, node=row) for edge, row in zip(page.edges, rows, strict=True)])


def visible_room(*, room_id: UUID, user_id: UUID, locale: str) -> Row:
    """A room that the person is in, or was in.

    Raises: NotFound.
    """
    stays = RoomMember.objects.filter(room_id=OuterRef("pk"), user_id=user_id)
    room = Room.objects.filter(Exists(stays), pk=room_id).first()
    if room is None:
        raise NotFound
    return _room_rows([room], user_id=user_id, locale=locale)[0]


def room_events(
    *, room_id: UUID, user_id: UUID, first: int, after_seq: int | None = None, before_seq: int | None = None
) -> list[Row]:
    """A stretch of a room's log in order: what follows a number, what precedes one, or the newest."""
    events = _seen_by(room_id=room_id, user_id=user_id)
    if before_seq is not None:
        events = events.filter(seq__lt=before_seq)
    if after_seq is not None:
        found = list(events.filter(seq__gt=after_seq).order_by("seq")[:first])
    else:
        found = list(events.order_by("-seq")[:first])[::-1]
    people = public_people(event.actor_id for event in found if event.actor_id)
    return [_event_row(event, people) for event in found]


def visible_event(event: RoomEvent) -> Row:
    """One event as its room sees it."""
    people = public_people([event.actor_id] if event.actor_id else [])
    return _event_row(event, people)


def said_event(*, event_id: UUID) -> RoomEvent | None:
    """What somebody said, whoever asks; for reports and their examination."""
    return RoomEvent.objects.filter(
        pk=event_id, actor__isnull=False, type__in=["message", "sticker", "product"]
    ).first()


def present_members(room_id: UUID) -> list[UUID]:
    """Who is in a room now; nobody where the room is too large for personal hints."""
    staying = RoomMember.objects.filter(room_id=room_id, left_seq=None).values_list("user_id", flat=True)
    people = list(staying[: PERSONAL_HINTS_UP_TO + 1])
    return people if len(people) <= PERSONAL_HINTS_UP_TO else []


def is_member(*, room_id: UUID, user_id: UUID) -> bool:
    """Whether a person is in a room now."""
    return RoomMember.objects.filter(room_id=room_id, user_id=user_id, left_seq=None).exists()


def room_of_subject(*, kind: str, subject_type: str, subject_id: UUID) -> Room | None:
    """The room of a subject, if it was opened."""
    return Room.objects.filter(kind=kind, subject_type=subject_type, subject_id=subject_id).first()


def _seen_by(*, room_id: UUID, user_id: UUID) -> QuerySet[RoomEvent]:
    """The events within one of the person's stays."""
    stays = RoomMember.objects.filter(room_id=OuterRef("room_id"), user_id=user_id, join_seq__lte=OuterRef("seq"))
    within = stays.filter(Q(left_seq=None) | Q(left_seq__gt=OuterRef("seq")))
    return RoomEvent.objects.filter(Exists(within), room_id=room_id)


def _room_rows(rooms: Sequence[Room], *, user_id: UUID, locale: str) -> list[Row]:
    ids = [room.pk for room in rooms]
    own = {stay.room_id: stay for stay in RoomMember.objects.filter(room__in=ids, user_id=user_id).order_by("join_seq")}
    present = _present_in(ids)
    newest = {event.room_id: event for event in _newest_events(own.values())}
    actors = {event.actor_id for event in newest.values() if event.actor_id}
    people = public_people({person for group in present.values() for person in group} | actors)
    unread = _unread_in(ids, user_id=user_id)
    return [
        {
            "id": room.pk,
            "kind": room.kind,
            "subject_type": room.subject_type,
            "subject_id": room.subject_id,
            "sibling_subjects": [each.subject_id for each in rooms if each.subject_type == room.subject_type],
            "title": _title(
                room, [people[each] for each in present[room.pk] if each in people and each != user_id], locale
            ),
            "last_seq": room.last_seq,
            "read_seq": own[room.pk].read_seq,
            "unread": unread.get(room.pk, 0),
            "is_read_only": room.is_read_only or own[room.pk].left_seq is not None,
            "is_request": own[room.pk].is_request,
            "members": [people[each] for each in present[room.pk] if each in people],
            "last_event": _event_row(newest[room.pk], people) if room.pk in newest else None,
        }
        for room in rooms
    ]


def _present_in(ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    present: dict[UUID, list[UUID]] = {room_id: [] for room_id in ids}
    staying = RoomMember.objects.filter(room__in=ids, left_seq=None).order_by("joined_at", "pk")
    for room_id, person in staying.values_list("room_id", "user_id"):
        if len(present[room_id]) < MEMBERS_SHOWN:
            present[room_id].append(person)
    return present


def _newest_events(stays: Iterable[RoomMember]) -> list[RoomEvent]:
    """The newest event that each stay shows: the last of the room, or the leaving itself."""
    wanted = Q(pk__in=[])
    for stay in stays:
        shown = F("room__last_seq") if stay.left_seq is None else stay.left_seq - 1
        wanted |= Q(room_id=stay.room_id, seq=shown)
    return list(RoomEvent.objects.filter(wanted))


def _unread_in(ids: Sequence[UUID], *, user_id: UUID) -> dict[UUID, int]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [UNREAD_CAP, user_id, list(ids)])
        return dict(cursor.fetchall())


def _title(room: Room, others: Sequence[PublicPerson], locale: str) -> str:
    if room.kind == Room.Kind.DIRECT:
        return others[0]["name"] if others else _("Conversation")
    return translate(room.title, locale) or (
        _("Customer service") if room.kind == Room.Kind.SERVICE else _("Group chat")
    )


def _event_row(event: RoomEvent, people: dict[UUID, PublicPerson]) -> Row:
    is_hidden = event.redacted_at is not None
    return {
        "id": event.pk,
        "seq": event.seq,
        "type": event.type,
        "actor": people.get(event.actor_id) if event.actor_id else None,
        "client_message_id": event.client_message_id,
        "body": "" if is_hidden else event.body,
        "payload": {"redacted": True} if is_hidden else event.payload,
        "at": event.at,
    }

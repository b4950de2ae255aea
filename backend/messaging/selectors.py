"""Reads of notifications and rooms."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from backend.accounts.selectors import PublicPerson, public_people
from backend.core.errors import NotFound
from backend.core.languages import translate
from backend.messaging.models import Notification, NotificationCause, Room, RoomEvent, RoomMember
from backend.messaging.rules import EVENTS_PAGE, PERSONAL_HINTS_UP_TO, UNREAD_CAP

FACES_SHOWN = 3


class UnreadCounts(TypedDict):
    """The numbers on the bell and on the messages tab."""

    unreadNotifications: int
    unreadRooms: int


# Rooms in which somebody else said something after the reader's mark, each list of unread capped.
_UNREAD_ROOMS = """
SELECT member.user_id, count(*) FROM messaging_roommember AS member
WHERE member.user_id = ANY(%s) AND EXISTS (
    SELECT 1 FROM messaging_roomevent AS event
    WHERE event.room_id = member.room_id AND event.seq > member.read_seq AND event.seq >= member.join_seq
      AND (member.left_seq IS NULL OR event.seq < member.left_seq)
      AND event.type IN ('message', 'sticker', 'product') AND event.redacted_at IS NULL
      AND event.actor_id IS DISTINCT FROM member.user_id)
GROUP BY member.user_id
"""
_UNREAD_NOTIFICATIONS = """
SELECT person.id, (
    SELECT count(*) FROM (
        SELECT 1 FROM messaging_notification AS told
        WHERE told.user_id = person.id AND told.read_at IS NULL AND told.retracted_at IS NULL LIMIT %s) AS capped)
FROM unnest(%s::uuid[]) AS person(id)
"""
_UNREAD_EVENTS = """
SELECT member.room_id, (
    SELECT count(*) FROM (
        SELECT 1 FROM messaging_roomevent AS event
        WHERE event.room_id = member.room_id AND event.seq > member.read_seq AND event.seq >= member.join_seq
          AND (member.left_seq IS NULL OR event.seq < member.left_seq)
          AND event.type IN ('message', 'sticker', 'product') AND event.redacted_at IS NULL
          AND event.actor_id IS DISTINCT FROM member.user_id
        LIMIT %s) AS capped)
FROM messaging_roommember AS member WHERE member.user_id = %s AND member.room_id = ANY(%s)
"""


def hint_counts(user_ids: Collection[UUID]) -> dict[UUID, UnreadCounts]:
    """Unread notifications and rooms of several people, in two queries."""
    people = list(user_ids)
    if not people:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD_ROOMS, [people])
        rooms = dict(cursor.fetchall())
        cursor.execute(_UNREAD_NOTIFICATIONS, [UNREAD_CAP, people])
        notifications = dict(cursor.fetchall())
    return {
        person: {
            "unreadNotifications": notifications.get(person, 0),
            "unreadRooms": min(rooms.get(person, 0), UNREAD_CAP),
        }
        for person in people
    }


def unread_of(user_id: UUID) -> UnreadCounts:
    """Unread notifications and rooms of one person, each at most 100."""
    return hint_counts([user_id])[user_id]


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

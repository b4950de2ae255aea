"""The numbers on the bell and on the messages tab."""

from collections.abc import Collection
from typing import TypedDict
from uuid import UUID

from django.db import connection

from backend.messaging.rules import UNREAD_CAP


class UnreadCounts(TypedDict):
    """The numbers on the bell and on the messages tab."""

    unread_notifications: int
    unread_rooms: int


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
        person: UnreadCounts(
            unread_notifications=notifications.get(person, 0), unread_rooms=min(rooms.get(person, 0), UNREAD_CAP)
        )
        for person in people
    }


def unread_of(user_id: UUID) -> UnreadCounts:
    """Unread notifications and rooms of one person, each at most 100."""
    return hint_counts([user_id])[user_id]

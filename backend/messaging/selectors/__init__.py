"""Reads of notifications and rooms."""

from backend.messaging.selectors.counts import UnreadCounts, hint_counts, unread_of
from backend.messaging.selectors.notifications import notifications_of
from backend.messaging.selectors.rooms import (
    is_member,
    present_members,
    room_events,
    room_of_subject,
    rooms_of,
    said_event,
    visible_event,
    visible_room,
)

__all__ = [
    "UnreadCounts",
    "hint_counts",
    "is_member",
    "notifications_of",
    "present_members",
    "room_events",
    "room_of_subject",
    "rooms_of",
    "said_event",
    "unread_of",
    "visible_event",
    "visible_room",
]

"""Rooms, messages and notifications for tests, made by the actions that the shop uses."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from backend.accounts.models import User
from backend.core.ids import new_id
from backend.messaging.actions import add_member, notify, open_room, send_message, start_direct_room
from backend.messaging.models import Notification, Room, RoomEvent

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
_numbers = count(1)


def make_group_room(*people: User, now: datetime = NOON) -> Room:
    """A room of a group in which these people are."""
    title = {"zh-Hans": "阿梨的团", "zh-Hant": "阿梨的團", "en": "Ali's group"}
    room = open_room(kind=Room.Kind.GROUP, subject_type="group", subject_id=new_id(), title=title, now=now)
    for person in people:
        add_member(room_id=room.id, user_id=person.id, now=now)
    room.refresh_from_db()
    return room


def make_direct_room(starter: User, other: User, *, now: datetime = NOON) -> Room:
    """The room of two people."""
    return start_direct_room(starter_id=starter.id, person_id=other.id, now=now)


def say(room: Room, sender: User, body: str = "你好", *, now: datetime = NOON) -> RoomEvent:
    """Something that somebody says in a room."""
    return send_message(room_id=room.id, sender_id=sender.id, client_message_id=new_id(), body=body, now=now)


def tell(user: User, kind: str = "tests.greeting", *, now: datetime = NOON, **other: Any) -> Notification:
    """Something that a person is told."""
    number = next(_numbers)
    told = {"params": {"name": "团子"}, "url": "/me", "dedupe_key": f"told-{number}"} | other
    return notify(user_id=user.id, kind=kind, now=now, **told)

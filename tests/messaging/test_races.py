"""Many messages into one room at the same moment."""

import importlib
from uuid import UUID

import pytest

from backend.core.ids import new_id
from backend.messaging.actions import add_member, open_room, send_message
from backend.messaging.models import Room, RoomEvent
from tests.factories.accounts import make_person
from tests.factories.messaging import NOON
from tests.support.races import Outcome, all_at_once

SENDERS = 50


def crowded_room() -> tuple[Room, list[UUID]]:
    """A room with as many people as will speak at once."""
    room = open_room(kind="group", subject_type="group", subject_id=new_id(), now=NOON)
    people = [make_person(f"P{number}") for number in range(SENDERS)]
    for person in people:
        add_member(room_id=room.id, user_id=person.id, now=NOON)
    return room, [person.id for person in people]


def everybody_speaks(room: Room, people: list[UUID]) -> Outcome[int]:
    """Each sends one message at the same moment."""
    return all_at_once(
        SENDERS,
        lambda number: (
            send_message(
                room_id=room.id,
                sender_id=people[number],
                client_message_id=new_id(),
                body=str(number),
                now=NOON,
            ).seq
        ),
    )


def test_fifty_messages_at_once_get_numbers_without_gap(fresh_database: str) -> None:
    room, people = crowded_room()

    outcome = everybody_speaks(room, people)

    assert outcome.raised == []
    numbers = list(RoomEvent.objects.filter(room=room).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, 2 * SENDERS + 1))
    assert Room.objects.get(pk=room.pk).last_seq == 2 * SENDERS


def test_without_the_lock_of_the_room_messages_are_lost(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room, people = crowded_room()
    module = importlib.import_module("backend.messaging.actions.send_message")
    monkeypatch.setattr(module, "lock_one", lambda model, pk: model._default_manager.get(pk=pk))

    outcome = everybody_speaks(room, people)

    assert outcome.raised
    assert RoomEvent.objects.filter(room=room).count() < 2 * SENDERS


def test_one_message_sent_twenty_times_at_once_is_said_once(fresh_database: str) -> None:
    ali = make_person("Ali")
    room = open_room(kind="group", subject_type="group", subject_id=new_id(), now=NOON)
    add_member(room_id=room.id, user_id=ali.id, now=NOON)
    message_id = new_id()

    outcome = all_at_once(
        20,
        lambda number: (
            send_message(room_id=room.id, sender_id=ali.id, client_message_id=message_id, body="你好", now=NOON).id
        ),
    )

    assert outcome.raised == []
    assert len(set(outcome.answers)) == 1
    assert RoomEvent.objects.filter(room=room).count() == 2

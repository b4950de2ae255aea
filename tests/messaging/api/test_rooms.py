"""The API of rooms and notifications, asked as nobody, stranger, member and staff."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import User
from backend.core.errors import NotFound
from backend.core.graphql import Viewer
from backend.core.ids import new_id
from backend.messaging.models import Notification, Room, RoomEvent
from backend.messaging.schema.subscriptions import Subscriptions
from tests.factories.accounts import make_moderator, make_person
from tests.factories.messaging import NOON, make_direct_room, make_group_room, say, tell
from tests.support.api import Api

pytestmark = pytest.mark.django_db

ROOM = """query ($id: ID!, $after: Int) { room(id: $id) { id title lastSeq readSeq unread isReadOnly isRequest
  members { name isSelf } lastEvent { seq body } events(afterSeq: $after, first: 50) {
    id seq type body payload clientMessageId actor { name isSelf } } } }"""
LISTS = """query ($first: Int) { viewer { unreadNotifications unreadRooms
  notifications(first: $first) { edges { node { id kind title body url isRead people { name } } } }
  rooms(first: $first) { edges { node { id title unread members { name face }
    lastEvent { body actor { name } } } } } } }"""
SEND = """mutation ($input: SendMessageInput!) { sendMessage(input: $input) {
  event { seq type body clientMessageId actor { isSelf } } errors { code message field } } }"""
RECALL = """mutation ($input: RecallMessageInput!) { recallMessage(input: $input) {
  event { type payload } errors { code message } } }"""
READ = """mutation ($input: MarkRoomReadInput!) { markRoomRead(input: $input) {
  room { readSeq unread } errors { code } } }"""
READ_TOLD = """mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) {
  unread errors { code } } }"""
START = """mutation ($input: StartDirectRoomInput!) { startDirectRoom(input: $input) {
  room { id kind title members { name } } errors { code } } }"""


def codes(payload: dict[str, Any]) -> list[str]:
    """The refusals of a payload."""
    return [error["code"] for error in payload["errors"]]


def test_a_room_is_for_its_members_only() -> None:
    ali, mallory = make_person("Ali"), make_person("Mallory")
    room = make_group_room(ali)
    say(room, ali, "你好")

    seen = Api(ali)(ROOM, id=str(room.id))["room"]

    assert (seen["title"], seen["lastSeq"], seen["unread"]) == ("阿梨的团", 2, 0)
    assert seen["events"][1]["actor"] == {"name": "Ali", "isSelf": True}
    for stranger in (mallory, make_moderator()):
        assert Api(stranger)(ROOM, id=str(room.id))["room"] is None
    assert Api().codes(ROOM, id=str(room.id)) == ["SIGN_IN_REQUIRED"]


def test_only_members_hear_of_a_room() -> None:
    ali, mallory = make_person("Ali"), make_person("Mallory")
    room = make_group_room(ali)
    field = Subscriptions.room_changed

    assert field.open(Viewer(user_id=ali.id), {"id": room.id}) == f"room:{room.id}"
    with pytest.raises(NotFound):
        field.open(Viewer(user_id=mallory.id), {"id": room.id})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (SEND, {"roomId": str(new_id()), "clientMessageId": str(new_id()), "body": "你好"}),
        (RECALL, {"roomId": str(new_id()), "seq": 1}),
        (READ, {"roomId": str(new_id()), "seq": 1}),
        (READ_TOLD, {"all": True}),
        (START, {"personId": str(new_id())}),
    ],
)
def test_nobody_talks(text: str, wanted: dict[str, Any]) -> None:
    assert codes(Api().payload(text, input=wanted)) == ["SIGN_IN_REQUIRED"]
    assert not Room.objects.exists()


def test_a_message_is_sent_once_and_a_stranger_sends_none() -> None:
    ali, mallory = make_person("Ali"), make_person("Mallory")
    room = make_group_room(ali)
    wanted = {"roomId": str(room.id), "clientMessageId": str(new_id()), "body": "你好"}
    api = Api(ali)

    first, second = api.payload(SEND, input=wanted), api.payload(SEND, input=wanted)
    strange = Api(mallory).payload(SEND, input=wanted)

    assert first == second
    assert first["event"] | {"seq": 0} == {
        "seq": 0,
        "type": "message",
        "body": "你好",
        "clientMessageId": wanted["clientMessageId"],
        "actor": {"isSelf": True},
    }
    assert codes(strange) == ["NOT_FOUND"]
    assert RoomEvent.objects.filter(type="message").count() == 1


def test_a_refusal_names_its_numbers() -> None:
    ali = make_person("Ali")
    room = make_group_room(ali)
    event = say(room, ali, now=NOON - timedelta(days=365))

    (error,) = Api(ali, locale="en").payload(RECALL, input={"roomId": str(room.id), "seq": event.seq})["errors"]

    assert error["code"] == "RECALL_TOO_LATE"
    assert error["message"].startswith("A message can be recalled within 2 minutes")


def test_reading_a_room_and_the_bell() -> None:
    ali, chen = make_person("Ali"), make_person("Chen")
    room = make_group_room(ali, chen)
    event = say(room, ali)
    first, second = tell(chen), tell(chen)
    api = Api(chen)

    room_read = api.payload(READ, input={"roomId": str(room.id), "seq": event.seq})
    one_read = api.payload(READ_TOLD, input={"ids": [str(first.id)]})
    none_read = api.payload(READ_TOLD, input={})
    all_read = api.payload(READ_TOLD, input={"all": True})

    assert room_read["room"] == {"readSeq": event.seq, "unread": 0}
    assert [one_read["unread"], none_read["unread"], all_read["unread"]] == [1, 1, 0]
    assert Notification.objects.get(pk=second.pk).read_at is not None


def test_two_people_begin_a_conversation() -> None:
    ali, chen = make_person("Ali"), make_person("Chen")

    room = Api(ali).payload(START, input={"personId": str(chen.id)})["room"]
    itself = Api(ali).payload(START, input={"personId": str(ali.id)})
    nobody = Api(ali).payload(START, input={"personId": str(new_id())})

    assert (room["kind"], room["title"], len(room["members"])) == ("direct", "Chen", 2)
    assert codes(itself) == ["CANNOT_WRITE_TO_YOURSELF"]
    assert codes(nobody) == ["NOT_FOUND"]


def filled_lists(number: int) -> User:
    """Somebody with so many rooms and notifications."""
    ali = make_person("Ali")
    for place in range(number):
        other = make_person(f"Other {place}")
        room = make_direct_room(ali, other) if place % 2 else make_group_room(ali, other)
        say(room, other, now=NOON + timedelta(minutes=place))
        tell(ali, actor_id=other.id)
    return ali


def test_twenty_rooms_and_notifications_cost_as_many_queries_as_two() -> None:
    counts = []
    for number in (2, 20):
        api = Api(filled_lists(number))
        with CaptureQueriesContext(connection) as queries:
            viewer = api(LISTS, first=20)["viewer"]
        assert len(viewer["rooms"]["edges"]) == len(viewer["notifications"]["edges"]) == number
        assert viewer["unreadRooms"] == viewer["unreadNotifications"] == number
        counts.append(len(queries))

    assert counts[0] == counts[1]

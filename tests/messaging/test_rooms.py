"""Talking in rooms."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.accounts.actions import block_person, close_account, follow_person
from backend.accounts.models import User
from backend.core.errors import InvalidInput, NotFound, TooManyRequests
from backend.core.ids import new_id
from backend.messaging import errors, handlers
from backend.messaging.actions import (
    add_member,
    close_room,
    mark_room_read,
    open_room,
    post_system_event,
    recall_message,
    redact_event,
    remove_member,
    send_message,
    start_direct_room,
)
from backend.messaging.models import Room, RoomEvent
from backend.messaging.rules import BODY_LENGTH, BURST, REQUEST_MESSAGES
from backend.messaging.selectors import room_events, rooms_of, unread_of, visible_room
from tests.factories.accounts import make_person
from tests.factories.messaging import NOON, make_direct_room, make_group_room, say

pytestmark = pytest.mark.django_db


def log_of(room: Room) -> list[int]:
    """The numbers of a room's entries."""
    return list(RoomEvent.objects.filter(room=room).order_by("seq").values_list("seq", flat=True))


def test_a_subject_has_one_room() -> None:
    subject = new_id()

    rooms = {open_room(kind="group", subject_type="group", subject_id=subject, now=NOON).id for _ in range(3)}

    assert len(rooms) == 1


def test_numbers_have_no_gap_and_an_id_says_a_thing_once() -> None:
    ali = make_person("Ali")
    room, message_id = make_group_room(ali), new_id()

    said = [
        send_message(room_id=room.id, sender_id=ali.id, client_message_id=message_id, body=" 你好 ", now=NOON)
        for _ in range(3)
    ]

    assert len({event.id for event in said}) == 1
    assert said[0].body == "你好"
    assert log_of(room) == [1, 2]


def test_an_id_with_another_text_is_refused() -> None:
    ali = make_person("Ali")
    room, message_id = make_group_room(ali), new_id()
    send_message(room_id=room.id, sender_id=ali.id, client_message_id=message_id, body="你好", now=NOON)

    with pytest.raises(errors.ClientIdReused):
        send_message(room_id=room.id, sender_id=ali.id, client_message_id=message_id, body="再见", now=NOON)

    assert log_of(room) == [1, 2]


@pytest.mark.parametrize(
    ("content", "field"),
    [({"body": "  "}, "body"), ({"body": "长" * (BODY_LENGTH + 1)}, "body"), ({"sticker": "rude"}, "sticker")],
)
def test_what_cannot_be_said_is_refused(content: dict[str, Any], field: str) -> None:
    ali = make_person("Ali")
    room = make_group_room(ali)

    with pytest.raises(InvalidInput) as refusal:
        send_message(room_id=room.id, sender_id=ali.id, client_message_id=new_id(), now=NOON, **content)

    assert refusal.value.field == field
    assert log_of(room) == [1]


def test_a_sticker_and_a_product_travel_as_payload() -> None:
    ali, product = make_person("Ali"), new_id()
    room = make_group_room(ali)
    sent: dict[str, Any] = {"room_id": room.id, "sender_id": ali.id, "now": NOON}

    sticker = send_message(client_message_id=new_id(), sticker="feast", **sent)
    shown = send_message(client_message_id=new_id(), product_id=product, body="看看这个", **sent)

    assert (sticker.type, sticker.payload) == ("sticker", {"sticker": "feast"})
    assert (shown.type, shown.payload, shown.body) == ("product", {"productId": str(product)}, "看看这个")


def test_strangers_and_those_who_left_cannot_speak() -> None:
    ali, chen, mallory = make_person("Ali"), make_person("Chen"), make_person("Mallory")
    room = make_group_room(ali, chen)
    remove_member(room_id=room.id, user_id=chen.id, now=NOON)

    for silent in (chen, mallory):
        with pytest.raises(NotFound):
            say(room, silent)

    assert log_of(room) == [1, 2, 3]


def test_a_closed_room_can_be_read_but_not_written_in() -> None:
    ali = make_person("Ali")
    room = make_group_room(ali)
    close_room(room_id=room.id)

    with pytest.raises(errors.RoomReadOnly):
        say(room, ali)

    assert visible_room(room_id=room.id, user_id=ali.id, locale="en")["is_read_only"]
    assert log_of(room) == [1]


def test_one_sees_what_was_said_while_one_was_there() -> None:
    ali, chen = make_person("Ali"), make_person("Chen")
    room = make_group_room(ali)
    say(room, ali, "before")
    add_member(room_id=room.id, user_id=chen.id, now=NOON)
    say(room, ali, "during")
    remove_member(room_id=room.id, user_id=chen.id, now=NOON)
    say(room, ali, "away")
    add_member(room_id=room.id, user_id=chen.id, now=NOON)
    say(room, ali, "again")

    seen = room_events(room_id=room.id, user_id=chen.id, first=50, after_seq=0)

    assert [row["body"] for row in seen if row["type"] == "message"] == ["during", "again"]
    assert [row["seq"] for row in seen] == [3, 4, 5, 7, 8]


def test_a_log_is_read_forwards_backwards_and_from_its_end() -> None:
    ali = make_person("Ali")
    room = make_group_room(ali)
    for number in range(2, 9):
        say(room, ali, str(number), now=NOON + timedelta(seconds=number))
    asked: dict[str, Any] = {"room_id": room.id, "user_id": ali.id, "first": 3}

    assert [row["seq"] for row in room_events(after_seq=4, **asked)] == [5, 6, 7]
    assert [row["seq"] for row in room_events(before_seq=4, **asked)] == [1, 2, 3]
    assert [row["seq"] for row in room_events(**asked)] == [6, 7, 8]


def test_a_system_event_is_posted_once() -> None:
    room = make_group_room(make_person("Ali"))

    for _ in range(2):
        event = post_system_event(room_id=room.id, type="seat_taken", payload={"left": 2}, dedupe_key="s-1", now=NOON)

    assert event.payload == {"type": "seat_taken", "left": 2}
    assert log_of(room) == [1, 2]


def test_a_message_can_be_recalled_for_two_minutes_and_its_text_is_gone() -> None:
    ali = make_person("Ali")
    room = make_group_room(ali)
    young, old = say(room, ali, "slip"), say(room, ali, "stays")

    recall_message(room_id=room.id, seq=young.seq, actor_id=ali.id, now=NOON + timedelta(minutes=2))
    with pytest.raises(errors.RecallTooLate):
        recall_message(room_id=room.id, seq=old.seq, actor_id=ali.id, now=NOON + timedelta(minutes=2, seconds=1))
    with pytest.raises(errors.AlreadyRecalled):
        recall_message(room_id=room.id, seq=young.seq, actor_id=ali.id, now=NOON)

    rows = {row["seq"]: row for row in room_events(room_id=room.id, user_id=ali.id, first=50)}
    assert (rows[young.seq]["body"], rows[young.seq]["payload"]) == ("", {"redacted": True})
    assert rows[old.seq]["body"] == "stays"
    assert (rows[4]["type"], rows[4]["payload"]["seq"]) == ("redact", young.seq)


def test_nobody_recalls_what_another_said_but_the_shop_can_hide_it() -> None:
    ali, mallory = make_person("Ali"), make_person("Mallory")
    room = make_group_room(ali, mallory)
    event = say(room, ali, "mine")

    with pytest.raises(NotFound):
        recall_message(room_id=room.id, seq=event.seq, actor_id=mallory.id, now=NOON)
    first = redact_event(room_id=room.id, seq=event.seq, now=NOON + timedelta(days=9))
    again = redact_event(room_id=room.id, seq=event.seq, now=NOON + timedelta(days=9))

    assert first == again
    assert log_of(room) == [1, 2, 3, 4]


def test_a_burst_is_slowed_down() -> None:
    ali = make_person("Ali")
    room = make_group_room(ali)
    for _ in range(BURST):
        say(room, ali)

    with pytest.raises(TooManyRequests):
        say(room, ali)
    say(room, ali, now=NOON + timedelta(seconds=3))

    assert len(log_of(room)) == 1 + BURST + 1


def test_unread_counts_what_others_said_since_and_reading_only_moves_forward() -> None:
    ali, chen = make_person("Ali"), make_person("Chen")
    room = make_group_room(ali, chen)
    say(room, ali)
    last = say(room, ali)

    assert visible_room(room_id=room.id, user_id=chen.id, locale="en")["unread"] == 2
    assert (unread_of(chen.id)["unread_rooms"], unread_of(ali.id)["unread_rooms"]) == (1, 0)
    mark_room_read(room_id=room.id, user_id=chen.id, seq=last.seq + 100, now=NOON)
    stay = mark_room_read(room_id=room.id, user_id=chen.id, seq=1, now=NOON)

    assert stay.read_seq == last.seq
    assert unread_of(chen.id)["unread_rooms"] == 0


def test_a_message_hints_the_room_and_every_member(
    monkeypatch: pytest.MonkeyPatch, deliver_outbox: Callable[[], int]
) -> None:
    ali, chen = make_person("Ali"), make_person("Chen")
    room = make_group_room(ali, chen)
    deliver_outbox()
    hints: dict[str, dict[str, Any]] = {}
    monkeypatch.setattr(handlers, "publish", hints.__setitem__)

    event = say(room, ali)
    deliver_outbox()

    assert hints[f"room:{room.id}"] == {"id": str(room.id), "last_seq": event.seq}
    assert hints[f"user:{chen.id}"] == {"unread_notifications": 0, "unread_rooms": 1, "reason": "room"}
    assert hints[f"user:{ali.id}"]["unread_rooms"] == 0


def test_two_people_have_one_room_whoever_begins() -> None:
    ali, chen = make_person("Ali"), make_person("Chen")

    assert make_direct_room(ali, chen) == make_direct_room(chen, ali)


def test_the_first_messages_are_a_request_that_an_answer_accepts() -> None:
    ali, chen = make_person("Ali"), make_person("Chen")
    room = make_direct_room(ali, chen)
    for _ in range(REQUEST_MESSAGES):
        say(room, ali)

    with pytest.raises(errors.RequestPending):
        say(room, ali)
    assert visible_room(room_id=room.id, user_id=chen.id, locale="en")["is_request"]
    say(room, chen, "你好呀")
    say(room, ali, "太好了")

    assert not visible_room(room_id=room.id, user_id=chen.id, locale="en")["is_request"]


def test_who_is_followed_by_the_other_asks_nothing() -> None:
    ali, chen = make_person("Ali"), make_person("Chen")
    follow_person(follower_id=chen.id, followee_id=ali.id, now=NOON)
    room = make_direct_room(ali, chen)

    for _ in range(REQUEST_MESSAGES + 1):
        say(room, ali)

    assert not visible_room(room_id=room.id, user_id=chen.id, locale="en")["is_request"]


def test_a_block_works_both_ways_and_looks_like_nobody() -> None:
    ali, mallory = make_person("Ali"), make_person("Mallory")
    room = make_direct_room(ali, mallory)
    block_person(blocker_id=ali.id, blocked_id=mallory.id, now=NOON)

    for one, other in ((ali, mallory), (mallory, ali)):
        with pytest.raises(errors.PersonUnavailable):
            say(room, one)
        with pytest.raises(NotFound):
            start_direct_room(starter_id=one.id, person_id=other.id, now=NOON)

    assert log_of(room) == [1, 2]


def test_nobody_writes_to_a_closed_account_or_to_themselves() -> None:
    ali, gone = make_person("Ali"), make_person("Gone")
    room = make_direct_room(ali, gone)
    close_account(user_id=gone.id, now=NOON)

    with pytest.raises(errors.PersonUnavailable):
        say(room, ali)
    with pytest.raises(errors.CannotWriteToYourself):
        start_direct_room(starter_id=ali.id, person_id=ali.id, now=NOON)

    assert Room.objects.count() == 1


def test_a_new_account_sends_no_links_to_single_people() -> None:
    mallory, bob = make_person("Mallory"), make_person("Bob")
    User.objects.filter(pk=mallory.pk).update(date_joined=NOON)
    room = make_direct_room(mallory, bob)

    with pytest.raises(errors.LinksNotYet):
        say(room, mallory, "免费领取 https://example.com/win")
    say(room, mallory, "免费领取", now=NOON)
    say(room, mallory, "www.example.com", now=NOON + timedelta(days=3))

    assert len(log_of(room)) == 4


def test_rooms_are_listed_with_the_newest_first_and_carry_their_last_entry() -> None:
    ali, chen = make_person("Ali"), make_person("Chen")
    quiet, lively = make_group_room(ali), make_direct_room(ali, chen)
    say(lively, chen, "在吗", now=NOON + timedelta(minutes=1))

    first, second = rooms_of(ali.id, locale="zh-Hant", first=20).nodes

    assert (first["id"], first["title"], first["last_event"]["body"]) == (lively.id, "Chen", "在吗")
    assert (second["id"], second["title"]) == (quiet.id, "阿梨的團")

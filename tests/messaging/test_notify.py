"""Telling a person something once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import gettext_lazy, override

from backend.messaging import handlers, kinds
from backend.messaging.actions import mark_notifications_read, retract_notifications
from backend.messaging.kinds import register_kind
from backend.messaging.models import Notification
from backend.messaging.rules import UNREAD_CAP
from backend.messaging.selectors import notifications_of, unread_of
from tests.factories.accounts import make_person
from tests.factories.messaging import NOON, tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {})
    register_kind(
        "tests.liked",
        title=gettext_lazy("Copied"),
        body="%(person)s: %(post)s",
        body_for_many="%(person)s +%(others_count)s: %(post)s",
    )


@pytest.fixture
def hints(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    told: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(handlers, "publish", lambda topic, payload: told.append((topic, payload)))
    return told


def test_the_same_happening_is_told_once() -> None:
    bob = make_person("Bob")

    first = tell(bob, dedupe_key="order-1-paid")
    second = tell(bob, dedupe_key="order-1-paid")

    assert first == second
    assert unread_of(bob.id)["unread_notifications"] == 1


def test_happenings_of_one_group_join_while_it_is_unread() -> None:
    bob, likers = make_person("Bob"), [make_person(name) for name in ("Ann", "Ben", "Cho", "Dan")]
    for number, liker in enumerate([*likers, likers[0]]):
        tell(
            bob,
            "tests.liked",
            group_key="post-1",
            dedupe_key=f"like-{number}",
            actor_id=liker.id,
            params={"post": {"zh-Hans": "多肉", "en": "Succulents"}},
            now=NOON + timedelta(minutes=number),
        )

    (row,) = notifications_of(bob.id, locale="en", first=20).nodes

    assert row["body"] == "Ann +3: Succulents"
    assert [person["name"] for person in row["people"]] == ["Ann", "Dan", "Cho"]


def test_a_group_that_was_read_or_is_a_day_old_begins_anew() -> None:
    bob, ann = make_person("Bob"), make_person("Ann")
    liked: dict[str, Any] = {"group_key": "post-1", "actor_id": ann.id, "params": {"post": "x"}}
    tell(bob, "tests.liked", dedupe_key="like-1", **liked)

    mark_notifications_read(user_id=bob.id, now=NOON)
    tell(bob, "tests.liked", dedupe_key="like-2", **liked)
    tell(bob, "tests.liked", dedupe_key="like-3", now=NOON + timedelta(hours=25), **liked)
    repeated = tell(bob, "tests.liked", dedupe_key="like-1", **liked)

    assert Notification.objects.count() == 3
    assert repeated.read_at is not None


def test_words_are_made_in_the_readers_language_when_they_are_read() -> None:
    bob = make_person("Bob")
    tell(bob, "tests.liked", params={"person": "阿梨", "post": {"zh-Hans": "多肉", "en": "Succulents"}})

    with override("zh-hans"):
        simplified = notifications_of(bob.id, locale="zh-Hans", first=1).nodes[0]
    with override("en"):
        english = notifications_of(bob.id, locale="en", first=1).nodes[0]

    assert (simplified["title"], simplified["body"]) == ("已复制", "阿梨: 多肉")
    assert (english["title"], english["body"]) == ("Copied", "阿梨: Succulents")


def test_a_kind_without_an_owner_reads_as_its_own_words() -> None:
    bob = make_person("Bob")
    tell(bob, "tests.unknown", params={"title": {"en": "Hello"}, "body": {"en": "World"}})

    (row,) = notifications_of(bob.id, locale="en", first=1).nodes

    assert (row["title"], row["body"]) == ("Hello", "World")


def test_the_bell_counts_to_a_hundred_and_its_hint_is_the_whole_number(
    hints: list[tuple[str, dict[str, Any]]], deliver_outbox: Callable[[], int]
) -> None:
    bob = make_person("Bob")
    for _ in range(3):
        tell(bob)
    deliver_outbox()

    assert [payload["unread_notifications"] for _, payload in hints] == [3, 3, 3]
    assert hints[-1] == (f"user:{bob.id}", {"unread_notifications": 3, "unread_rooms": 0, "reason": "tests.greeting"})

    for _ in range(UNREAD_CAP):
        tell(bob)
    assert unread_of(bob.id)["unread_notifications"] == UNREAD_CAP


def test_reading_is_only_of_ones_own() -> None:
    bob, mallory = make_person("Bob"), make_person("Mallory")
    told = tell(bob)

    assert mark_notifications_read(user_id=mallory.id, ids=[told.id], now=NOON) == 0
    assert mark_notifications_read(user_id=bob.id, ids=[told.id], now=NOON) == 1
    assert mark_notifications_read(user_id=bob.id, ids=[told.id], now=NOON) == 0


def test_what_is_retracted_is_no_longer_seen_or_counted() -> None:
    bob = make_person("Bob")
    tell(bob, dedupe_key="post-1:liked")
    tell(bob, dedupe_key="post-2:liked")

    assert retract_notifications(dedupe_key_prefix="post-1:", now=NOON) == 1

    assert unread_of(bob.id)["unread_notifications"] == 1
    assert len(notifications_of(bob.id, locale="en", first=20).nodes) == 1

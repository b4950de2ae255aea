"""The socket: the protocol step by step, the hub behind it, and the unchanged npm client in front of it."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator

from backend.core.errors import NotFound
from backend.core.graphql import settings as graphql_settings
from backend.core.graphql.documents import DocumentStore
from backend.core.graphql.feeds import feeds
from backend.core.graphql.runners import ThreadRunner
from backend.core.graphql.socket import SUBPROTOCOL, GraphQLSocketDoor
from backend.core.realtime.publishing import EVENT_TYPE, group_of
from tests.core.graphql.shop import calls, schema
from tests.support.api import Api

WATCH = "subscription ($number: Int!) { goodChanged(number: $number) { id name price { minor } } }"
OURS = [(b"host", b"testserver"), (b"origin", b"http://testserver")]


def door(**given: Any) -> GraphQLSocketDoor:
    limits = dataclasses.replace(graphql_settings.limits(), **given)
    store = DocumentStore(schema.graphql_schema, limits)
    return GraphQLSocketDoor(store=lambda: store, limits=lambda: limits, runner=ThreadRunner(threads=2, waiting=50))


@asynccontextmanager
async def socket(app: Any = None, *, init: bool = True, headers: Any = None, **given: Any) -> AsyncIterator[Any]:
    """An open socket of the small shop."""
    path = WebsocketCommunicator(app or door(**given), "/ws/graphql", headers or OURS, subprotocols=[SUBPROTOCOL])
    connected, protocol = await path.connect()
    assert (connected, protocol) == (True, SUBPROTOCOL)
    if init:
        await path.send_json_to({"type": "connection_init"})
        assert await path.receive_json_from() == {"type": "connection_ack"}
    yield path
    await path.disconnect()


async def subscribe(path: Any, id_: str = "1", number: int = 7, text: str = WATCH) -> None:
    await path.send_json_to(
        {"id": id_, "type": "subscribe", "payload": {"query": text, "variables": {"number": number}}}
    )


async def until(condition: Any) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.01)


async def tell(number: int, name: str = "tea") -> None:
    topic = f"good:{number}"
    payload = {"id": str(number), "name": name, "price": 5}
    await get_channel_layer().group_send(group_of(topic), {"type": EVENT_TYPE, "topic": topic, "payload": payload})


async def closing(path: Any) -> int:
    output = await path.receive_output(timeout=5)
    assert output["type"] == "websocket.close", output
    return int(output["code"])


def run(work: Any) -> None:
    asyncio.run(work())


def test_an_event_reaches_a_listener() -> None:
    async def work() -> None:
        async with socket() as path:
            await subscribe(path)
            await until(lambda: feeds().hub.topics)
            await asyncio.sleep(0.1)
            await tell(7)
            assert await path.receive_json_from(timeout=5) == {
                "id": "1",
                "type": "next",
                "payload": {"data": {"goodChanged": {"id": "7", "name": "tea", "price": {"minor": 5}}}},
            }

    run(work)


def test_one_event_is_answered_once_for_all_listeners_of_a_selection() -> None:
    calls.clear()

    async def work() -> None:
        app = door()
        async with socket(app) as first, socket(app) as second, socket(app) as third:
            for path in (first, second, third):
                await subscribe(path)
            await until(lambda: sum(len(feed.offers) for feed in feeds()._feeds.values()) == 3)
            await asyncio.sleep(0.1)
            await tell(7)
            for path in (first, second, third):
                assert (await path.receive_json_from(timeout=5))["type"] == "next"
        assert calls == ["resolved"]
        assert len(feeds()) == 0
        assert not feeds().hub.topics

    run(work)


def test_a_listener_that_completes_hears_nothing_more() -> None:
    async def work() -> None:
        async with socket() as path:
            await subscribe(path)
            await until(lambda: feeds().hub.topics)
            await path.send_json_to({"id": "1", "type": "complete"})
            await until(lambda: not feeds().hub.topics)
            await tell(7)
            assert await path.receive_nothing(timeout=0.3)

    run(work)


def test_a_query_is_answered_and_completed() -> None:
    async def work() -> None:
        async with socket() as path:
            await subscribe(path, text="{ locale }")
            assert (await path.receive_json_from())["payload"] == {"data": {"locale": "zh-Hans"}}
            assert await path.receive_json_from() == {"id": "1", "type": "complete"}

    run(work)


def test_a_ping_gets_its_payload_back() -> None:
    async def work() -> None:
        async with socket(init=False) as path:
            await path.send_json_to({"type": "ping", "payload": {"a": 1}})
            assert await path.receive_json_from() == {"type": "pong", "payload": {"a": 1}}

    run(work)


@pytest.mark.parametrize(
    ("init", "messages", "code"),
    [
        (False, [{"type": "subscribe", "id": "1", "payload": {"query": "{ locale }"}}], 4401),
        (True, [{"type": "connection_init"}], 4429),
        (True, [{"type": "nonsense"}], 4400),
        (True, [[]], 4400),
        (True, [{"type": "subscribe", "payload": {"query": "{ locale }"}}], 4400),
        (True, [{"type": "subscribe", "id": "1"}], 4400),
        (True, [{"type": "subscribe", "id": "1", "payload": {"query": WATCH, "variables": {"number": 1}}}] * 2, 4409),
    ],
)
def test_the_protocol_closes_with_its_codes(init: bool, messages: list[Any], code: int) -> None:
    async def work() -> None:
        async with socket(init=init) as path:
            for message in messages:
                await path.send_json_to(message)
            assert await closing(path) == code

    run(work)


def test_a_message_that_is_not_json_closes_the_socket() -> None:
    async def work() -> None:
        async with socket() as path:
            await path.send_to(text_data="{")
            assert await closing(path) == 4400

    run(work)


def test_a_message_that_is_too_large_closes_the_socket() -> None:
    async def work() -> None:
        async with socket() as path:
            await path.send_to(text_data='"' + "x" * 70_000 + '"')
            assert await closing(path) == 4400

    run(work)


def test_silence_instead_of_an_initialisation_ends_the_socket() -> None:
    async def work() -> None:
        async with socket(init=False, socket_init_seconds=0.1) as path:
            assert await closing(path) == 4408

    run(work)


def test_another_subprotocol_is_refused() -> None:
    async def work() -> None:
        path = WebsocketCommunicator(door(), "/ws/graphql", OURS, subprotocols=["graphql-ws"])
        await path.connect()
        assert await closing(path) == 4406

    run(work)


@pytest.mark.parametrize("headers", [[(b"host", b"testserver")], [*OURS[:1], (b"origin", b"https://evil.example")]])
def test_a_foreign_or_missing_origin_is_refused_before_the_handshake(headers: Any) -> None:
    async def work() -> None:
        path = WebsocketCommunicator(door(), "/ws/graphql", headers, subprotocols=[SUBPROTOCOL])
        assert await path.connect() == (False, 4403)

    run(work)


def test_more_subscriptions_than_allowed_are_refused_and_the_socket_stays() -> None:
    async def work() -> None:
        async with socket(socket_subscriptions=2) as path:
            for number in range(3):
                await subscribe(path, str(number), number)
            answer = await path.receive_json_from(timeout=5)
            assert answer["type"] == "error"
            assert answer["payload"][0]["extensions"]["code"] == "TOO_MANY_SUBSCRIPTIONS"

    run(work)


def test_a_listener_without_the_right_is_refused() -> None:
    async def work() -> None:
        async with socket() as path:
            await subscribe(path, "1", number=13)
            assert (await path.receive_json_from(timeout=5))["payload"][0]["extensions"]["code"] == "SOLD_OUT"
            await subscribe(path, "2", text="subscription { mineChanged }")
            assert (await path.receive_json_from(timeout=5))["payload"][0]["extensions"]["code"] == "SIGN_IN_REQUIRED"

    run(work)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{ nope }", "INVALID_DOCUMENT"),
        ("{", "SYNTAX_ERROR"),
        (
            "{ goods(first: 100) { edges { node { like(first: 100) { edges { node { id } } } } } } }",
            "TOO_EXPENSIVE",
        ),
    ],
)
def test_the_guards_stand_at_the_socket_too(text: str, code: str) -> None:
    async def work() -> None:
        async with socket() as path:
            await subscribe(path, text=text)
            assert (await path.receive_json_from(timeout=5))["payload"][0]["extensions"]["code"] == code

    run(work)


def test_a_reader_that_is_too_slow_is_sent_away() -> None:
    async def work() -> None:
        gate = asyncio.Event()
        app = door(socket_queue=4)

        async def slow(scope: Any, receive: Any, send: Any) -> None:
            async def send_slowly(message: Any) -> None:
                if message["type"] == "websocket.send" and "next" in message["text"]:
                    await gate.wait()
                await send(message)

            await app(scope, receive, send_slowly)

        async with socket(slow) as path:
            await subscribe(path)
            await until(lambda: feeds().hub.topics)
            await asyncio.sleep(0.1)
            for number in range(12):
                await tell(7, f"tea {number}")
            assert await closing(path) == 1013

    run(work)


def test_an_idle_socket_still_hears_after_ten_seconds() -> None:
    async def work() -> None:
        async with socket() as path:
            await subscribe(path)
            await until(lambda: feeds().hub.topics)
            await asyncio.sleep(10)
            await tell(7)
            assert (await path.receive_json_from(timeout=5))["type"] == "next"

    run(work)


def cookies_of(user: Any) -> list[tuple[bytes, bytes]]:
    cookies = "; ".join(f"{name}={value}" for name, value in Api(user).cookies.items())
    return [*OURS, (b"cookie", cookies.encode())]


@pytest.mark.usefixtures("fresh_database")
def test_a_kicked_person_is_closed_out(person) -> None:
    async def work() -> None:
        async with socket(headers=cookies_of_bob) as path:
            await until(lambda: feeds().hub.topics)
            await asyncio.sleep(0.1)
            topic = f"kick:{bob.pk}"
            message = {"type": EVENT_TYPE, "topic": topic, "payload": {"session_key": None}}
            await get_channel_layer().group_send(group_of(topic), message)
            assert await closing(path) == 4403

    bob = person()
    cookies_of_bob = cookies_of(bob)
    run(work)


@pytest.mark.usefixtures("fresh_database")
def test_a_session_that_ends_closes_its_sockets(person) -> None:
    async def work() -> None:
        async with socket(headers=cookies_of_bob, socket_check_seconds=0.3) as path:
            await subscribe(path, text="subscription { mineChanged }")
            await until(lambda: len(feeds()) == 1)
            await asyncio.to_thread(lambda: type(bob).objects.filter(pk=bob.pk).update(is_active=False))
            assert await closing(path) == 4403

    bob = person()
    cookies_of_bob = cookies_of(bob)
    run(work)


@pytest.mark.usefixtures("fresh_database")
def test_a_right_that_is_lost_ends_its_subscription_and_keeps_the_socket(person, monkeypatch) -> None:
    async def work() -> None:
        async with socket(headers=cookies_of_bob, socket_check_seconds=0.3) as path:
            await subscribe(path)
            await until(lambda: len(feeds()) == 1)
            field = schema.graphql_schema.subscription_type.graphene_type._meta.fields["good_changed"]
            monkeypatch.setattr(field, "authorise", refuse)
            answer = await path.receive_json_from(timeout=5)
            assert (answer["id"], answer["type"]) == ("1", "error")
            assert answer["payload"][0]["extensions"]["code"] == "NOT_FOUND"
            await until(lambda: len(feeds()) == 0)
            await subscribe(path, "2", text="{ locale }")
            assert (await path.receive_json_from(timeout=5))["type"] == "next"

    def refuse(viewer: Any, **arguments: Any) -> None:
        raise NotFound

    cookies_of_bob = cookies_of(person())
    run(work)

"""Publishing from ordinary code, and the hub that hears it."""

from __future__ import annotations

import asyncio
from typing import Any

from backend.core.realtime import publish
from backend.core.realtime.hub import Hub
from backend.core.realtime.publishing import group_of


async def until(condition: Any) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.01)


def test_what_is_published_in_ordinary_code_reaches_the_hub() -> None:
    async def work() -> None:
        hub = Hub()
        heard: list[Any] = []
        await hub.listen("group:1", heard.append)
        await asyncio.to_thread(publish, "group:1", {"version": 3})
        await asyncio.to_thread(publish, "group:2", {"version": 4})
        await until(lambda: heard)
        assert heard == [{"version": 3}]
        await hub.close()

    asyncio.run(work())


def test_a_topic_is_left_when_its_last_listener_goes() -> None:
    async def work() -> None:
        hub = Hub()
        first: list[Any] = []
        second: list[Any] = []
        await hub.listen("group:1", first.append)
        await hub.listen("group:1", second.append)
        await hub.leave("group:1", first.append)
        await asyncio.to_thread(publish, "group:1", {"version": 1})
        await until(lambda: second)
        await hub.leave("group:1", second.append)
        assert not hub.topics
        await asyncio.to_thread(publish, "group:1", {"version": 2})
        await asyncio.sleep(0.2)
        assert (first, second) == ([], [{"version": 1}])
        await hub.close()

    asyncio.run(work())


def test_one_listener_that_fails_does_not_silence_the_others() -> None:
    async def work() -> None:
        hub = Hub()
        heard: list[Any] = []

        def fail(payload: Any) -> None:
            raise ZeroDivisionError

        await hub.listen("group:1", fail)
        await hub.listen("group:1", heard.append)
        for version in range(3):
            await asyncio.to_thread(publish, "group:1", {"version": version})
        await until(lambda: len(heard) == 3)
        await hub.close()

    asyncio.run(work())


def test_a_dead_channel_layer_neither_raises_nor_unregisters(settings, monkeypatch) -> None:
    class Dead:
        async def group_send(self, *given: Any) -> None:
            raise ConnectionError

        async def new_channel(self, *given: Any) -> None:
            raise ConnectionError

    async def work() -> None:
        hub = Hub()
        heard: list[Any] = []
        monkeypatch.setattr("backend.core.realtime.hub.get_channel_layer", Dead)
        monkeypatch.setattr("backend.core.realtime.hub._RETRY_SECONDS", 0.1)
        await hub.listen("group:1", heard.append)
        assert hub.topics == {"group:1"}
        monkeypatch.undo()
        await until(lambda: hub._joined)
        await asyncio.to_thread(publish, "group:1", {"version": 1})
        await until(lambda: heard)
        await hub.close()

    asyncio.run(work())
    monkeypatch.setattr("backend.core.realtime.publishing.get_channel_layer", Dead)
    publish("group:1", {"version": 1})


def test_a_topic_becomes_a_name_that_the_channel_layer_takes() -> None:
    assert group_of("group:0198-äb") == "group.0198-.b"
    assert len(group_of("x" * 200)) == 99

"""The hub: one reader of the channel layer for all sockets of a process.

A topic is joined when its first listener comes and left when the last one goes. While the channel layer is away
the listeners stay registered and the hub tries again, so that a dead Redis only means silence.
"""

import asyncio
import logging
import weakref
from collections.abc import Callable
from typing import Any

from channels.layers import get_channel_layer

from backend.core.realtime.publishing import group_of

log = logging.getLogger(__name__)

Told = Callable[[dict[str, Any]], None]
_RETRY_SECONDS = 2.0
_LEAST_READ_SECONDS = 0.5


class Hub:
    """Passes what is published on a topic to its listeners in this event loop."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Told]] = {}
        self._joined: set[str] = set()
        self._channel: str | None = None
        self._reader: asyncio.Task[None] | None = None
        self._retry: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()

    async def listen(self, topic: str, told: Told) -> None:
        """Tell a listener what is published on the topic from now on."""
        self._listeners.setdefault(topic, set()).add(told)
        await self._settle()

    async def leave(self, topic: str, told: Told) -> None:
        """Tell a listener no longer."""
        listeners = self._listeners.get(topic, set())
        listeners.discard(told)
        if not listeners:
            self._listeners.pop(topic, None)
            await self._settle()

    @property
    def topics(self) -> frozenset[str]:
        """The topics that somebody here listens to."""
        return frozenset(self._listeners)

    async def close(self) -> None:
        """Stop reading."""
        for task in (self._reader, self._retry):
            if task is not None:
                task.cancel()
        self._reader = self._retry = None

    async def _settle(self) -> None:
        try:
            async with self._lock:
                await self._join_and_leave()
        except Exception as error:  # noqa: BLE001 - the layer is away; the listeners wait
            log.warning("live hints are away: %r", error)
            if self._retry is None or self._retry.done():
                self._retry = asyncio.create_task(self._settle_later())

    async def _settle_later(self) -> None:
        await asyncio.sleep(_RETRY_SECONDS)
        self._retry = None
        await self._settle()

    async def _join_and_leave(self) -> None:
        layer = get_channel_layer()
        if self._channel is None:
            self._channel = await layer.new_channel("hub.")
            self._reader = asyncio.create_task(self._read(layer, self._channel))
        for topic in self._listeners.keys() - self._joined:
            await layer.group_add(group_of(topic), self._channel)
            self._joined.add(topic)
        for topic in self._joined - self._listeners.keys():
            await layer.group_discard(group_of(topic), self._channel)
            self._joined.discard(topic)

    async def _read(self, layer: Any, channel: str) -> None:
        while True:
            try:
                message = await layer.receive(channel)
            except Exception as error:  # noqa: BLE001 - reading goes on when the layer is back
                log.warning("live hints are away: %r", error)
                await asyncio.sleep(_LEAST_READ_SECONDS)
                continue
            self._tell(message["topic"], message["payload"])

    def _tell(self, topic: str, payload: dict[str, Any]) -> None:
        for told in tuple(self._listeners.get(topic, ())):
            try:
                told(payload)
            except Exception:
                log.exception("a listener of %s failed", topic)


_hubs: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = weakref.WeakKeyDictionary()


def hub() -> Hub:
    """Give the hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]

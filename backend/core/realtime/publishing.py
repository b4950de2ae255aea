"""Telling browsers that something happened. What is told may be lost; the truth is read from the API."""

import asyncio
import logging
import os
import re
import threading
from typing import Any

from channels.layers import get_channel_layer

log = logging.getLogger(__name__)

EVENT_TYPE = "hub.event"
_PATIENCE_SECONDS = 1.0
_UNFIT = re.compile(r"[^A-Za-z0-9_.-]")


def publish(topic: str, payload: dict[str, Any]) -> None:
    """Tell everybody who listens to a topic, such as `group:<id>`.

    Call it from an outbox handler with a small JSON hint. It never raises: a dead channel layer only costs time.
    """
    message = {"type": EVENT_TYPE, "topic": topic, "payload": payload}
    try:
        _speaker().say(group_of(topic), message)
    except Exception as error:  # noqa: BLE001 - whatever fails here, the truth is already stored
        log.warning("a hint for %s was lost: %r", topic, error)


def kick(user_id: Any, *, session_key: str | None = None) -> None:
    """Close the sockets of a person, or of one session, because they may no longer be what they were."""
    publish(kick_topic(user_id), {"session_key": session_key})


def kick_topic(user_id: Any) -> str:
    """Give the topic on which the sockets of a person are told to close."""
    return f"kick:{user_id}"


def group_of(topic: str) -> str:
    """Give the channel layer's name of a topic."""
    return _UNFIT.sub(".", topic)[:99]


class Speaker:
    """One event loop on one thread that keeps its connection; a new loop per message would open one each time."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="publisher", daemon=True).start()

    def say(self, group: str, message: dict[str, Any]) -> None:
        """Hand a message to the channel layer and wait a moment until it is there."""
        sending = asyncio.run_coroutine_threadsafe(get_channel_layer().group_send(group, message), self._loop)
        sending.result(_PATIENCE_SECONDS)


_lock = threading.Lock()
_kept: list[Speaker] = []


def _speaker() -> Speaker:
    with _lock:
        if not _kept or _kept[0].process != os.getpid():
            _kept[:] = [Speaker()]
        return _kept[0]

"""`python -m backend.config.serve`: Daphne, with the two things it lacks.

A polite end: on SIGTERM the process says it is not ready, finishes the requests it has, closes sockets with
1012 ("restarting, come again") and only then stops. And a bounded writer: a socket whose reader is too slow holds
its sender back, and is dropped when it stays slow, instead of filling the memory.
"""

# Daphne first: it chooses Twisted's reactor when it is imported.
from daphne.server import Server  # isort: skip
from daphne.ws_protocol import WebSocketProtocol  # isort: skip

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable
from typing import Any

from django.conf import settings
from twisted.internet import defer, reactor
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

from backend.config.asgi import application
from backend.config.health import state
from backend.config.settings.engines import bound_statements
from backend.core.graphql.settings import limits

logger = logging.getLogger(__name__)

GOING_AWAY = 1012
SLOW_READER_SECONDS = 15.0
NOTICE_SECONDS = float(os.environ.get("DRAIN_NOTICE_SECONDS", "0"))
DRAIN_SECONDS = float(os.environ.get("DRAIN_SECONDS", "20"))


@implementer(IPushProducer)
class Writer:
    """Told by the transport when its buffer is full and when it has room again."""

    def __init__(self) -> None:
        self.has_room = asyncio.Event()
        self.has_room.set()

    def pauseProducing(self) -> None:  # noqa: N802 - Twisted's name
        self.has_room.clear()

    def resumeProducing(self) -> None:  # noqa: N802 - Twisted's name
        self.has_room.set()

    def stopProducing(self) -> None:  # noqa: N802 - Twisted's name
        self.has_room.set()


class PoliteServer(Server):  # type: ignore[misc]  # Daphne has no types
    """Daphne's server with a drain and with bounded writers."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.ports: list[Any] = []

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Pass a message on; a socket with a full buffer makes its sender wait."""
        if isinstance(protocol, WebSocketProtocol) and message["type"] == "websocket.send":
            if not await self.room_to_write(protocol):
                return
        elif state.draining and message["type"] == "http.response.start":
            protocol.channel.persistent = False
        await super().handle_reply(protocol, message)

    async def room_to_write(self, protocol: Any) -> bool:
        """Wait for room in the buffer; a reader that stays too slow is cut off, and may come again."""
        if (writer := getattr(protocol, "writer", None)) is None:
            writer = protocol.writer = Writer()
            protocol.transport.unregisterProducer()
            protocol.transport.registerProducer(writer, streaming=True)
        try:
            async with asyncio.timeout(SLOW_READER_SECONDS):
                await writer.has_room.wait()
        except TimeoutError:
            logger.warning("A socket read too slowly and was dropped: %s", protocol)
            protocol.dropConnection(abort=True)
            return False
        return True

    def begin_drain(self) -> None:
        """Called by the signal; a second signal changes nothing."""
        if not state.draining:
            state.draining = True
            self.draining = asyncio.ensure_future(self.drain())
            self.draining.add_done_callback(lambda _: self.stop())

    async def drain(self) -> None:
        """Not ready; finish what is in flight; send the sockets away; stop."""
        logger.info("Draining: %d requests and %d sockets", len(self.requests()), len(self.sockets()))
        await asyncio.sleep(NOTICE_SECONDS)
        for port in self.ports:
            port.stopListening()
        await self.until_empty(self.requests, DRAIN_SECONDS)
        for socket in self.sockets():
            # `sendClose` accepts only the codes of applications.
            socket.sendCloseFrame(code=GOING_AWAY, isReply=False)
        await self.until_empty(self.sockets, 3)

    async def until_empty(self, what: Any, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while what() and loop.time() < until:
            await asyncio.sleep(0.05)

    def requests(self) -> list[Any]:
        return [
            protocol
            for protocol, details in self.connections.items()
            if not isinstance(protocol, WebSocketProtocol)
            and (application := details.get("application_instance")) is not None
            and not application.done()
        ]

    def sockets(self) -> list[Any]:
        return [
            protocol
            for protocol, details in self.connections.items()
            if isinstance(protocol, WebSocketProtocol) and "disconnected" not in details
        ]

    def kill_all_applications(self) -> Any:
        """What is left after the drain is cancelled; connections whose application has ended are passed over."""
        left: list[Awaitable[Any]] = []
        for details in self.connections.values():
            instance = details.get("application_instance")
            if instance is not None and not instance.done():
                instance.cancel()
                left.append(instance)
        ended = defer.Deferred.fromFuture(asyncio.gather(*left, return_exceptions=True))
        ended.addErrback(lambda _: None)
        return ended

    def listen_success(self, port: Any) -> None:
        self.ports.append(port)
        super().listen_success(port)

    def listen_error(self, failure: Any) -> None:
        """A port that is taken ends the process with a line that says so."""
        print(f"The port cannot be opened: {failure.getErrorMessage()} Set PORT to another one.", file=sys.stderr)
        self.failed = True
        self.stop()


def serve(app: Any, *, port: int, host: str = "127.0.0.1", kind: type[Server] = PoliteServer) -> int:
    """Serve an ASGI application until a signal ends it; returns the exit code."""
    server = kind(
        app,
        endpoints=[f"tcp:{port}:interface={host}"],
        signal_handlers=kind is not PoliteServer,
        http_timeout=60,
        websocket_timeout=-1,
        proxy_forwarded_address_header="X-Forwarded-For" if "TRUSTED_PROXY_COUNT" in os.environ else None,
        server_name="",
    )
    if isinstance(server, PoliteServer):
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: reactor.callFromThread(server.begin_drain))
    server.run()
    return 1 if getattr(server, "failed", False) else 0


def main() -> int:
    bound_statements(limits().seconds + 1)
    return serve(application, port=settings.PORT, host=os.environ.get("HOST", "127.0.0.1"))


if __name__ == "__main__":
    sys.exit(main())

"""`/ws/graphql`: the `graphql-transport-ws` protocol over plain ASGI.

Sockets carry hints; each has a bounded queue and is closed when its reader falls behind.
Who is there is read from the session when the socket opens, for every operation, and again every minute.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import orjson
from django.utils import translation
from graphql import GraphQLError, OperationType

from backend.core.clock import now
from backend.core.errors import DomainError
from backend.core.graphql.documents import DocumentStore, Operation
from backend.core.graphql.execution import check_cost, public_error, run_operation
from backend.core.graphql.feeds import Selection, feeds, open_selection
from backend.core.graphql.guards import DocumentRefused, Text
from backend.core.graphql.messages import TOO_BUSY, TOO_MUCH
from backend.core.graphql.rates import seconds_to_wait
from backend.core.graphql.requests import DoorRequest, origin_refused, viewer_of
from backend.core.graphql.runners import Runner, TooBusy
from backend.core.graphql.settings import Limits
from backend.core.graphql.viewer import Context, Viewer
from backend.core.languages import django_language
from backend.core.realtime.publishing import kick_topic

log = logging.getLogger("backend.graphql")

SUBPROTOCOL = "graphql-transport-ws"
_LONGEST_ID = 100


class Closing(Exception):
    """The socket ends with a code and a reason of the protocol."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Denied(Exception):
    """One operation is refused; the socket stays."""

    def __init__(self, *errors: dict[str, Any]) -> None:
        super().__init__(*errors)
        self.errors = errors


class GraphQLSocketDoor:
    """The ASGI application at /ws/graphql."""

    def __init__(self, *, store: Callable[[], DocumentStore], limits: Callable[[], Limits], runner: Runner) -> None:
        self._store = store
        self._limits = limits
        self._runner = runner

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        """Serve one socket until it closes."""
        await receive()
        request = DoorRequest(dict(scope))
        if reason := origin_refused(request, needs_origin=True):
            log.info("socket refused: %s", reason)
            await send({"type": "websocket.close", "code": 4403, "reason": reason})
        elif SUBPROTOCOL not in scope.get("subprotocols", ()):
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": 4406, "reason": "Subprotocol not acceptable"})
        else:
            await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
            await Socket(request, receive, send, self._store(), self._limits(), self._runner).serve()


class Socket:
    """One open socket: a reader, a writer behind a bounded queue, and a watch over the session."""

    def __init__(
        self, request: DoorRequest, receive: Any, send: Any, store: DocumentStore, limits: Limits, runner: Runner
    ) -> None:
        self._request = request
        self._receive = receive
        self._send = send
        self._store = store
        self._limits = limits
        self._runner = runner
        self._queue: asyncio.Queue[str] = asyncio.Queue(limits.socket_queue)
        self._ending: asyncio.Future[Closing | None] = asyncio.get_running_loop().create_future()
        self._viewer: Viewer | None = None
        self._open: dict[str, Subscribed] = {}
        self._starting: dict[str, asyncio.Task[None]] = {}

    async def serve(self) -> None:
        """Run the socket until somebody ends it, and leave nothing behind."""
        tasks = [asyncio.create_task(work()) for work in (self._read, self._write, self._watch)]
        try:
            ending = await self._ending
        finally:
            for task in [*tasks, *self._starting.values()]:
                task.cancel()
            await asyncio.gather(*tasks, *self._starting.values(), return_exceptions=True)
            await self._leave_all()
        if ending is not None:
            with contextlib.suppress(Exception):
                await self._send({"type": "websocket.close", "code": ending.code, "reason": ending.reason})

    def end(self, code: int, reason: str) -> None:
        """End the socket with a code of the protocol."""
        if not self._ending.done():
            self._ending.set_result(Closing(code, reason))

    def say(self, frame: str) -> None:
        """Queue a frame; a reader that is too slow is sent away, because hints must not pile up."""
        try:
            self._queue.put_nowait(frame)
        except asyncio.QueueFull:
            self.end(1013, "The reader is too slow; come again and refetch")

    async def _read(self) -> None:
        try:
            await self._wait_for_init()
            while True:
                await self._take(await self._next())
        except Closing as closing:
            self.end(closing.code, closing.reason)
        except _Gone:
            if not self._ending.done():
                self._ending.set_result(None)
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("a socket failed")
            self.end(4500, "Internal server error")

    async def _write(self) -> None:
        while True:
            await self._send({"type": "websocket.send", "text": await self._queue.get()})

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._limits.socket_check_seconds)
            if self._viewer is None:
                continue
            try:
                await self._look_again(self._viewer)
            except Exception as error:  # noqa: BLE001 - the next look may succeed
                log.warning("a socket could not be checked: %r", error)

    async def _look_again(self, known: Viewer) -> None:
        seen = await self._run(lambda: viewer_of(self._request))
        if (seen.user_id, seen.roles) != (known.user_id, known.roles):
            self.end(4403, "Forbidden")
            return
        for id_, error in await self._run(lambda: self._no_longer_allowed(seen)):
            await self._complete(id_)
            self.say(_frame(id_, "error", orjson.dumps([error]).decode()))

    async def _wait_for_init(self) -> None:
        try:
            async with asyncio.timeout(self._limits.socket_init_seconds):
                while (message := await self._next())["type"] in {"ping", "pong"}:
                    await self._take(message)
        except TimeoutError as error:
            raise Closing(4408, "Connection initialisation timeout") from error
        if message["type"] != "connection_init":
            raise Closing(4401, "Unauthorized")
        self._viewer = await self._run(lambda: viewer_of(self._request))
        if self._viewer.is_signed_in:
            await feeds().hub.listen(kick_topic(self._viewer.user_id), self._kicked)
        self.say('{"type":"connection_ack"}')

    async def _next(self) -> dict[str, Any]:
        message = await self._receive()
        if message["type"] == "websocket.disconnect":
            raise _Gone
        text = message.get("text")
        if text is None or len(text) > self._limits.body_bytes:
            raise Closing(4400, "Invalid message received")
        try:
            given = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            raise Closing(4400, "Invalid message received") from error
        if not isinstance(given, dict) or not isinstance(given.get("type"), str):
            raise Closing(4400, "Invalid message received")
        return given

    async def _take(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "ping":
                payload = {"payload": message["payload"]} if "payload" in message else {}
                self.say(orjson.dumps({"type": "pong", **payload}).decode())
            case "pong":
                pass
            case "connection_init":
                raise Closing(4429, "Too many initialisation requests")
            case "subscribe":
                self._subscribe(_id_of(message), message.get("payload"))
            case "complete":
                await self._complete(_id_of(message))
            case _:
                raise Closing(4400, "Invalid message received")

    def _subscribe(self, id_: str, payload: Any) -> None:
        if id_ in self._open or id_ in self._starting:
            raise Closing(4409, f"Subscriber for {id_} already exists")
        if not isinstance(payload, dict):
            raise Closing(4400, "Invalid message received")
        task = self._starting[id_] = asyncio.create_task(self._start(id_, payload))
        task.add_done_callback(lambda _done: self._starting.pop(id_, None))

    async def _start(self, id_: str, payload: dict[str, Any]) -> None:
        try:
            if len(self._open) + len(self._starting) > self._limits.socket_subscriptions:
                raise Denied(_error("TOO_MANY_SUBSCRIPTIONS", "Too many subscriptions on one socket."))
            opened = await self._run(lambda: self._prepare_in_language(payload))
        except Denied as denied:
            self.say(_frame(id_, "error", orjson.dumps(denied.errors).decode()))
        except (TooBusy, TimeoutError):
            with translation.override(django_language(self._request.locale)):
                self.say(_frame(id_, "error", orjson.dumps([_error("BUSY", TOO_BUSY)]).decode()))
        else:
            if isinstance(opened, Selection):
                subscribed = self._open[id_] = Subscribed(self, id_, opened)
                await feeds().join(opened, subscribed.offer, self._runner)
            else:
                self.say(_frame(id_, "next", opened))
                self.say(_frame(id_, "complete"))

    async def _complete(self, id_: str) -> None:
        if (starting := self._starting.get(id_)) is not None:
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
        if (subscribed := self._open.pop(id_, None)) is not None:
            await feeds().leave(subscribed.selection, subscribed.offer)

    def _prepare_in_language(self, payload: dict[str, Any]) -> "Selection | str":
        with translation.override(django_language(self._request.locale)):
            return self._prepare(payload)

    def _prepare(self, payload: dict[str, Any]) -> "Selection | str":
        viewer = viewer_of(self._request)
        variables = payload.get("variables") or {}
        try:
            operation = self._operation(payload, viewer)
            cost = check_cost(operation, variables)
            if seconds_to_wait(viewer=viewer, facts=self._request.facts, cost=cost) > 0:
                raise Denied(_error("TOO_MANY_REQUESTS", TOO_MUCH))
            if operation.kind is OperationType.SUBSCRIPTION:
                return open_selection(operation, variables, viewer)
        except DocumentRefused as refused:
            raise Denied(*(_error(refused.code, reason) for reason in refused.reasons)) from refused
        except (DomainError, GraphQLError) as error:
            known = error if isinstance(error, GraphQLError) else GraphQLError("", original_error=error)
            raise Denied(public_error(known, self._request.id)) from error
        context = Context(viewer=viewer, now=now(), request=self._request.facts)
        return orjson.dumps(run_operation(operation, variables, context).body, default=str).decode()

    def _operation(self, payload: dict[str, Any], viewer: Viewer) -> Operation:
        id_, text, name = payload.get("documentId"), payload.get("query"), payload.get("operationName")
        if not isinstance(payload.get("variables") or {}, dict) or not isinstance(name, str | None):
            raise DocumentRefused("BAD_REQUEST", "operationName is a string and variables an object.")
        id_ = id_ or ((payload.get("extensions") or {}).get("documentId") if not text else None)
        if isinstance(id_, str):
            return self._store.trusted(id_).operation(name or None)
        if not isinstance(text, str):
            raise DocumentRefused("BAD_REQUEST", "Send either documentId or query.")
        if not (self._limits.allow_text or viewer.is_staff):
            raise DocumentRefused("TRUSTED_DOCUMENTS_ONLY", "Only the documents of our own pages run here.")
        return self._store.from_text(text).operation(name or None)

    def _no_longer_allowed(self, viewer: Viewer) -> list[tuple[str, dict[str, Any]]]:
        refused: list[tuple[str, dict[str, Any]]] = []
        for id_, subscribed in tuple(self._open.items()):
            selection = subscribed.selection
            try:
                open_selection(selection.operation, selection.variables, viewer)
            except DomainError as error:
                refused.append((id_, public_error(GraphQLError("", original_error=error), self._request.id)))
        return refused

    def _kicked(self, payload: dict[str, Any]) -> None:
        session_key = payload.get("session_key")
        if session_key is None or session_key == self._request.session_key:
            self.end(4403, "Forbidden")

    async def _leave_all(self) -> None:
        for subscribed in self._open.values():
            await feeds().leave(subscribed.selection, subscribed.offer)
        if self._viewer is not None and self._viewer.is_signed_in:
            await feeds().hub.leave(kick_topic(self._viewer.user_id), self._kicked)

    async def _run(self, work: Callable[[], Any]) -> Any:
        return await self._runner.run(work, seconds=self._limits.seconds + 1)


class Subscribed:
    """One subscription of one socket."""

    def __init__(self, socket: Socket, id_: str, selection: Selection) -> None:
        self.selection = selection
        self._socket = socket
        self._before = f'{{"id":{orjson.dumps(id_).decode()},"type":"next","payload":'

    def offer(self, body: str) -> None:
        """Wrap an answer that was encoded once for everybody, and queue it."""
        self._socket.say(f"{self._before}{body}}}")


class _Gone(Exception):
    """The browser closed the socket."""


def _id_of(message: dict[str, Any]) -> str:
    id_ = message.get("id")
    if not isinstance(id_, str) or not 0 < len(id_) <= _LONGEST_ID:
        raise Closing(4400, "Invalid message received")
    return id_


def _frame(id_: str, type_: str, payload: str | None = None) -> str:
    body = "" if payload is None else f',"payload":{payload}'
    return f'{{"id":{orjson.dumps(id_).decode()},"type":"{type_}"{body}}}'


def _error(code: str, message: Text) -> dict[str, Any]:
    return {"message": str(message), "extensions": {"code": code}}

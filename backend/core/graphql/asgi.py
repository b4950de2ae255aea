"""`/graphql`: a small ASGI application before Django's handler. It does what Django's middleware would have done.

In order: method, content type, size, host and origin, JSON, shared answer at hand; then on a thread the viewer,
the anti-forgery token, the document, its cost, the rate, and the operation itself.
"""

import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils import translation
from graphql import GraphQLError, OperationType

from backend.core.clock import now
from backend.core.graphql.documents import Document, DocumentStore, Operation
from backend.core.graphql.execution import check_cost, run_operation
from backend.core.graphql.guards import DocumentRefused, Text
from backend.core.graphql.messages import OUT_OF_DATE, TOO_BUSY, TOO_MUCH, TOOK_TOO_LONG, WENT_WRONG
from backend.core.graphql.rates import seconds_to_wait
from backend.core.graphql.requests import DoorRequest, origin_refused, token_refused, viewer_of
from backend.core.graphql.responses import answer_name, public_viewer, response_cache
from backend.core.graphql.runners import Runner, TooBusy
from backend.core.graphql.settings import Limits
from backend.core.graphql.viewer import Context, Viewer
from backend.core.languages import django_language

log = logging.getLogger("backend.graphql")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Refused(Exception):
    """The request ends here, with a status and a reason that may be shown."""

    def __init__(self, status: int, code: str, *messages: Text, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code
        self.messages = messages
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Asked:
    """What the body of a request says."""

    document_id: str | None
    text: str | None
    operation_name: str | None
    variables: dict[str, Any]


@dataclass(slots=True)
class Reply:
    """What goes back, and what the log says about it."""

    status: int
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    operation: str = "-"
    cost: int = 0
    viewer: str = "-"
    source: str = "run"


class GraphQLDoor:
    """The ASGI application at /graphql."""

    def __init__(self, *, store: Callable[[], DocumentStore], limits: Callable[[], Limits], runner: Runner) -> None:
        self._store = store
        self._limits = limits
        self._runner = runner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        began = time.perf_counter()
        request = DoorRequest(dict(scope))
        try:
            reply = await self._answer(request, receive)
        except Refused as refused:
            reply = _refusal(refused, request)
        except TooBusy:
            reply = _refusal(Refused(503, "BUSY", TOO_BUSY, headers=((b"retry-after", b"2"),)), request)
        except TimeoutError:
            reply = _refusal(Refused(503, "TIMEOUT", TOOK_TOO_LONG), request)
        except Exception:
            log.exception("graphql request failed: trace=%s", request.id)
            reply = _refusal(Refused(500, "INTERNAL", WENT_WRONG), request, traceId=request.id)
        await _send(send, reply, request.id)
        _log_line(request, reply, time.perf_counter() - began)

    async def _answer(self, request: DoorRequest, receive: Receive) -> Reply:
        limits = self._limits()
        _check_envelope(request, limits)
        asked = read_body(await _read(receive, limits.body_bytes))
        operation = self._known(asked)
        if operation is not None and operation.public.is_cacheable:
            return await self._shared(request, asked, operation)
        return await self._runner.run(lambda: self._serve(request, asked), seconds=limits.seconds + 1)

    def _known(self, asked: Asked) -> Operation | None:
        try:
            if asked.document_id is not None:
                return self._store().trusted(asked.document_id).operation(asked.operation_name)
            document = self._store().at_hand(asked.text or "") if self._limits().allow_text else None
            return document.operation(asked.operation_name) if document else None
        except DocumentRefused as refused:
            raise Refused(400, refused.code, *refused.reasons) from refused

    async def _shared(self, request: DoorRequest, asked: Asked, operation: Operation) -> Reply:
        name = answer_name(operation, asked.variables, request.locale)
        if request.header("CACHE_CONTROL") == "no-cache":
            # Somebody who was told of a change a moment ago wants what is true after it, not the answer of before.
            return await self._runner.run(lambda: self._serve(request, asked), seconds=self._limits().seconds + 1)
        if (body := response_cache().at_hand(name)) is not None:
            return Reply(200, body, operation=operation.name, source="hand")
        seconds = self._limits().seconds + 1
        reply, led = await self._runner.once(
            name, lambda: self._runner.run(lambda: self._serve(request, asked), seconds=seconds)
        )
        if led or reply.status == 200:
            return reply
        return await self._runner.run(lambda: self._serve(request, asked), seconds=seconds)

    def _serve(self, request: DoorRequest, asked: Asked) -> Reply:
        viewer = viewer_of(request)
        try:
            operation = self._document(asked, viewer).operation(asked.operation_name)
            cost = check_cost(operation, asked.variables)
        except DocumentRefused as refused:
            raise Refused(400, refused.code, *refused.reasons) from refused
        if operation.kind is OperationType.SUBSCRIPTION:
            raise Refused(400, "WRONG_DOOR", "Subscriptions run over the socket.")
        if (request.session_key or operation.kind is OperationType.MUTATION) and token_refused(request):
            raise Refused(403, "CSRF_FAILED", OUT_OF_DATE)
        _charge(viewer, request, cost)
        reply = self._public(request, asked, operation, viewer) if operation.public.is_cacheable else None
        reply = reply or self._run(request, asked, operation, viewer)
        reply.operation, reply.cost = operation.name, cost
        reply.viewer = str(viewer.user_id or "-")
        return reply

    def _document(self, asked: Asked, viewer: Viewer) -> Document:
        if asked.document_id is not None:
            return self._store().trusted(asked.document_id)
        if not (self._limits().allow_text or viewer.is_staff):
            raise Refused(403, "TRUSTED_DOCUMENTS_ONLY", "Only the documents of our own pages run here.")
        return self._store().from_text(asked.text or "")

    def _public(self, request: DoorRequest, asked: Asked, operation: Operation, viewer: Viewer) -> Reply | None:
        try:
            keys = operation.public.keys({**operation.defaults, **asked.variables})
        except GraphQLError:
            return None
        body, _is_clean = response_cache().fetch(
            answer_name(operation, asked.variables, viewer.locale),
            keys=keys,
            seconds=operation.public.seconds,
            make=lambda: self._made(request, asked, operation, public_viewer(viewer)),
        )
        return Reply(200, body, source="shared")

    def _run(self, request: DoorRequest, asked: Asked, operation: Operation, viewer: Viewer) -> Reply:
        body, _is_clean = self._made(request, asked, operation, viewer)
        return Reply(200, body)

    def _made(self, request: DoorRequest, asked: Asked, operation: Operation, viewer: Viewer) -> tuple[bytes, bool]:
        deadline = time.monotonic() + self._limits().seconds
        context = Context(viewer=viewer, now=now(), request=request.facts, deadline=deadline)
        answer = run_operation(operation, asked.variables, context)
        return orjson.dumps(answer.body, default=str), answer.is_clean


def read_body(body: bytes) -> Asked:
    """Read what is asked. A batch is refused, because it would multiply every limit.

    Raises: Refused.
    """
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refused(400, "BAD_JSON", "The body is not JSON.") from error
    if not isinstance(given, dict):
        raise Refused(400, "BAD_REQUEST", "Send one operation as a JSON object.")
    document_id, text = given.get("documentId"), given.get("query")
    name, variables = given.get("operationName"), given.get("variables")
    if (document_id is None) == (text is None) or not isinstance(document_id or text, str):
        raise Refused(400, "BAD_REQUEST", "Send either documentId or query.")
    if not isinstance(name, str | None) or not isinstance(variables, dict | None):
        raise Refused(400, "BAD_REQUEST", "operationName is a string and variables an object.")
    return Asked(document_id, text, name or None, variables or {})


def _check_envelope(request: DoorRequest, limits: Limits) -> None:
    if request.method != "POST":
        raise Refused(405, "METHOD_NOT_ALLOWED", "Use POST.", headers=((b"allow", b"POST"),))
    if request.META.get("CONTENT_TYPE", "").split(";")[0].strip().lower() != "application/json":
        raise Refused(415, "JSON_ONLY", "Send application/json.")
    length = request.META.get("CONTENT_LENGTH", "0")
    if not length.isdigit() or int(length) > limits.body_bytes:
        raise Refused(413, "TOO_LARGE", f"A request may hold {limits.body_bytes} bytes.")
    if reason := origin_refused(request):
        raise Refused(403, "FOREIGN_ORIGIN", reason)


def _charge(viewer: Viewer, request: DoorRequest, cost: int) -> None:
    wait = seconds_to_wait(viewer=viewer, facts=request.facts, cost=cost)
    if wait > 0:
        seconds = str(int(wait) + 1).encode()
        raise Refused(429, "TOO_MANY_REQUESTS", TOO_MUCH, headers=((b"retry-after", seconds),))


async def _read(receive: Receive, most: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "DISCONNECTED", "The request was broken off.")
        body += message.get("body", b"")
        if len(body) > most:
            raise Refused(413, "TOO_LARGE", f"A request may hold {most} bytes.")
        if not message.get("more_body"):
            return bytes(body)


async def _send(send: Send, reply: Reply, request_id: str) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(reply.body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"vary", b"Cookie, Accept-Language"),
        (b"x-request-id", request_id.encode()),
        *reply.headers,
    ]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})


def _refusal(refused: Refused, request: DoorRequest, **extensions: str) -> Reply:
    with translation.override(django_language(request.locale)):
        errors = [
            {"message": str(message), "extensions": {"code": refused.code, **extensions}}
            for message in refused.messages
        ]
    return Reply(refused.status, orjson.dumps({"errors": errors}), refused.headers, source=refused.code)


def _log_line(request: DoorRequest, reply: Reply, seconds: float) -> None:
    if log.isEnabledFor(logging.INFO):
        line = {
            "event": "graphql",
            "trace": request.id,
            "operation": reply.operation,
            "status": reply.status,
            "source": reply.source,
            "cost": reply.cost,
            "viewer": reply.viewer,
            "ms": round(seconds * 1000, 1),
        }
        log.info(orjson.dumps(line).decode())

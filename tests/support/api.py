"""Asking the API as somebody, along the real path: session cookie, token, limits, executor."""

from __future__ import annotations

import itertools
from typing import Any

import orjson
import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from backend.core.graphql.asgi import GraphQLDoor
from backend.core.graphql.documents import document_store
from backend.core.graphql.responses import response_cache
from backend.core.graphql.runners import InlineRunner
from backend.core.graphql.settings import limits

_addresses = itertools.count(1)


class Reply:
    """What came back: the status, the headers, and the body read as JSON."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status: int = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.content = b"".join(message.get("body", b"") for message in messages[1:])
        self.json: dict[str, Any] = orjson.loads(self.content)


class Api:
    """The API as one person sees it. `Api()` is nobody."""

    def __init__(self, user: Any = None, *, locale: str = "zh-Hans", visitor: str | None = None) -> None:
        response_cache().clear()
        self.locale = locale
        self.address = f"10.1.{next(_addresses) // 250 % 250}.{next(_addresses) % 250}"
        self.door = GraphQLDoor(store=document_store, limits=limits, runner=InlineRunner())
        self.csrf = _get_new_csrf_string()
        self.cookies = {settings.CSRF_COOKIE_NAME: self.csrf, settings.LANGUAGE_COOKIE_NAME: locale}
        if visitor:
            self.cookies["tz_visitor"] = visitor
        if user is not None:
            client = Client()
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
            self.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def __call__(self, text: str, **variables: Any) -> dict[str, Any]:
        """Give the data; a top-level error fails the test."""
        answer = self.ask(text, **variables)
        if "errors" in answer:
            pytest.fail(f"the API answered with errors: {answer['errors']}")
        data: dict[str, Any] = answer["data"]
        return data

    def payload(self, text: str, **variables: Any) -> Any:
        """Give the value of the one root field."""
        (value,) = self(text, **variables).values()
        return value

    def codes(self, text: str, **variables: Any) -> list[str]:
        """Give the codes of the top-level errors."""
        return [error["extensions"]["code"] for error in self.ask(text, **variables).get("errors", [])]

    def ask(self, text: str, **variables: Any) -> dict[str, Any]:
        """Give the whole answer."""
        return self.post({"query": text, "variables": variables}).json

    def post(self, body: Any, **headers: str | None) -> Reply:
        """Send a body as the browser would; a header given as None is left out."""
        content = body if isinstance(body, bytes) else orjson.dumps(body, default=str)
        sent: dict[str, str | None] = {
            "host": "testserver",
            "content-type": "application/json",
            "content-length": str(len(content)),
            "origin": "http://testserver",
            "accept-language": self.locale,
            "x-csrftoken": self.csrf,
            "cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        return self.send("POST", sent, content)

    def send(self, method: str, headers: dict[str, str | None], content: bytes) -> Reply:
        """Send anything. The coroutine never waits, so it runs here without an event loop."""
        messages: list[dict[str, Any]] = []
        waiting = [{"type": "http.request", "body": content, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return waiting.pop(0)

        async def send(message: Any) -> None:
            messages.append(message)

        scope = {
            "type": "http",
            "method": method,
            "path": "/graphql",
            "scheme": "http",
            "server": ("testserver", 80),
            "client": (self.address, 40_000),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items() if value is not None],
        }
        try:
            self.door(scope, receive, send).send(None)
        except StopIteration:
            return Reply(messages)
        raise AssertionError("the door waited for something")

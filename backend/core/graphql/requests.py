"""One HTTP request at the door of the API: its headers, its origin, its token, its person."""

import re
import secrets
from collections.abc import Iterable
from functools import cache
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.module_loading import import_string

from backend.core.graphql.settings import limits
from backend.core.graphql.viewer import RequestFacts, Viewer
from backend.core.languages import locale_of
from backend.core.proxies import client_address

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_VISITOR = re.compile(r"[A-Za-z0-9._:=-]{1,200}")
_OWN_SITES = {"same-origin", "none", ""}


class DoorRequest(HttpRequest):
    """The request in the form in which Django's own checks understand it."""

    def __init__(self, scope: dict[str, Any]) -> None:
        super().__init__()
        self.method = "GET" if scope["type"] == "websocket" else scope["method"]
        self.path = self.path_info = scope["path"]
        self._scheme = {"ws": "http", "wss": "https"}.get(scope.get("scheme", "http"), scope.get("scheme", "http"))
        server = scope.get("server") or ("", 0)
        self.META = {"REQUEST_METHOD": self.method, "SERVER_NAME": server[0], "SERVER_PORT": str(server[1] or "")}
        for name, value in scope["headers"]:
            key = name.decode("latin-1").upper().replace("-", "_")
            self.META[key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"] = value.decode("latin-1")
        self.COOKIES = read_cookies(self.META.get("HTTP_COOKIE", ""))
        self.client = (scope.get("client") or ("", 0))[0]
        given = self.header("X_REQUEST_ID")
        self.id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        self.locale = locale_of(
            cookie=self.COOKIES.get(settings.LANGUAGE_COOKIE_NAME), accept_language=self.header("ACCEPT_LANGUAGE")
        )

    def _get_scheme(self) -> str:
        return str(self._scheme)

    def header(self, name: str) -> str:
        """Give a header, empty if it was not sent."""
        return str(self.META.get(f"HTTP_{name}", ""))

    @property
    def session_key(self) -> str | None:
        """The session that the browser claims."""
        return self.COOKIES.get(settings.SESSION_COOKIE_NAME) or None

    @property
    def address(self) -> str:
        """The client's address."""
        return client_address(forwarded=self.header("X_FORWARDED_FOR"), peer=str(self.client))

    @property
    def facts(self) -> RequestFacts:
        """What mutations may know of the request."""
        visitor = self.COOKIES.get("tz_visitor", "")
        return RequestFacts(
            id=self.id,
            address=self.address,
            user_agent=self.header("USER_AGENT")[:300],
            visitor=visitor if _VISITOR.fullmatch(visitor) else None,
            site=f"{self.scheme}://{self.header('HOST')}",
        )


def read_cookies(header: str) -> dict[str, str]:
    """Read the cookies of a request; a broken header holds none."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def origin_refused(request: DoorRequest, *, needs_origin: bool = False) -> str | None:
    """Say why the request comes from a foreign page, or nothing if it does not."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return "This host is not served here."
    origin = request.header("ORIGIN")
    if origin:
        ours = f"{request.scheme}://{host}"
        return None if origin == ours or _is_trusted(origin) else "The origin is not ours."
    if needs_origin:
        return "The origin is missing."
    return None if request.header("SEC_FETCH_SITE") in _OWN_SITES else "The request comes from another site."


def token_refused(request: DoorRequest) -> bool:
    """Whether the anti-forgery token is missing or wrong, by Django's own check."""
    checker = _csrf()
    checker.process_request(request)
    return checker.process_view(request, _no_view, (), {}) is not None


def viewer_of(request: DoorRequest) -> Viewer:
    """Find the person of a session and what that person may do."""
    facts = request.facts
    if request.session_key is None:
        return Viewer(locale=request.locale, visitor=facts.visitor)
    request.session = _session_engine().SessionStore(request.session_key)
    user = get_user(request)
    if user.pk is None or not user.is_active:
        return Viewer(locale=request.locale, visitor=facts.visitor)
    return Viewer(
        user_id=user.pk,
        roles=frozenset(_roles_of(user.pk)),
        locale=request.locale,
        session_key=request.session_key,
        visitor=facts.visitor,
    )


def _is_trusted(origin: str) -> bool:
    for trusted in settings.CSRF_TRUSTED_ORIGINS:
        if "*" not in trusted and origin == trusted:
            return True
        if "*" in trusted:
            wanted, given = urlsplit(trusted), urlsplit(origin)
            if wanted.scheme == given.scheme and given.netloc.endswith(wanted.netloc.lstrip("*")):
                return True
    return False


def _no_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _roles_of(user_id: Any) -> Iterable[str]:
    path = limits().roles_of
    return import_string(path)(user_id) if path else ()


@cache
def _csrf() -> CsrfViewMiddleware:
    return CsrfViewMiddleware(_no_view)


@cache
def _session_engine() -> Any:
    return import_module(settings.SESSION_ENGINE)

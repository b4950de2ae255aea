"""What every page and door does: headers, cookies, tokens, origins, redirects, and saying nothing of other people."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings as django_settings
from django.test import Client

from backend.config.routing import SOCKETS, route
from backend.core.graphql.socket import SUBPROTOCOL
from referrals.invites.models import ShareLink
from tests.accounts.sign_in_client import Browser
from tests.security.asking import Asker, refill

CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
PAGES = (
    "/", "/p/{product}", "/p/none", "/g/{group}", "/g/x", "/me", "/orders/{order}", "/moderation", "/growth/campaigns",
    "/no/such/page", "/signin?next=//evil.example", "/s/{link}", "/s/{link}?crawler", "/s/none", "/poster/{link}.png",
    "/qr/{link}.svg", "/dev/inbox", "/upload", "/payments/webhook/sandbox", "/_allauth/browser/v1/config",
    "/_allauth/browser/v1/auth/session", "/media/pictures/../../settings.py",
)  # fmt: skip
FOREIGN = "https://evil.example"


@pytest.fixture(autouse=True)
def _undone(asker: Asker, settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FRONTEND_DIST = tmp_path
    for face in ("shop", "moderation", "growth"):
        (tmp_path / face).mkdir()
        manifest = {f"apps/{face}/main.ts": {"file": "assets/main-1.js"}}
        (tmp_path / face / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "operations.json").write_text("{}")
    with asker.undone():
        yield
    refill()


def get(asker: Asker, page: str) -> Any:
    address = page.format(**{**asker.world.ids, **asker.world.slugs})
    client = Client(headers={"user-agent": CRAWLER if address.endswith("?crawler") else "Firefox"})
    return client.get(address)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_carries_the_headers_and_says_nothing_broken(asker: Asker, page: str) -> None:
    answer = get(asker, page)

    assert answer.status_code < 500
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    for cookie in answer.cookies.values():
        assert cookie["samesite"] == "Lax"
        assert cookie["httponly"] or cookie.key == django_settings.CSRF_COOKIE_NAME
    assert not answer.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize("page", PAGES)
def test_scripts_run_only_with_the_nonce_of_the_answer(asker: Asker, page: str) -> None:
    answer = get(asker, page)

    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy["script-src"].startswith("'self'")
    assert "unsafe" not in policy["script-src"]
    for closed in ("object-src", "base-uri", "frame-ancestors"):
        assert policy[closed] == "'none'"
    assert policy["form-action"] == "'self'"
    if "html" in answer["Content-Type"]:
        text = answer.content.decode()
        for attributes in re.findall(r"<script\b([^>]*)>", text):
            nonce = re.search(r'nonce="([^"]+)"', attributes)
            assert nonce is not None or "src=" in attributes or "json" in attributes
            assert nonce is None or nonce[1] in policy["script-src"]
        assert not re.search(r"<[^>]+\son[a-z]+=|javascript:", text)


def test_a_nonce_is_used_once(asker: Asker) -> None:
    policies = {get(asker, "/me")["Content-Security-Policy"] for _ in range(3)}

    assert len(policies) == 3


@pytest.mark.parametrize(
    "path", ["/media/none.webp", "/media/../secret-key", "/media/%2e%2e/secret-key", "/static/shop/../x.js", "/livez"]
)
def test_what_stands_before_django_gives_nothing_away(path: str) -> None:
    status, headers, content = served(path)

    assert status == (200 if path == "/livez" else 404)
    assert b"set-cookie" not in headers
    assert len(content) < 100
    assert b"Traceback" not in content


def served(path: str) -> tuple[int, dict[bytes, bytes], bytes]:
    """The answer to a path as it was sent; no client has tidied it."""
    sent: list[dict[str, Any]] = []

    async def nobody(*_given: Any) -> None:
        raise AssertionError("not for Django")

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b"", "root_path": ""}

    async def work() -> None:
        await route(nobody)(scope, receive, send)

    asyncio.run(work())
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), body


def test_the_api_says_how_its_answers_are_to_be_read(asker: Asker) -> None:
    answer = asker.world.apis["owner"].post({"query": "{ viewer { id } }"})

    assert answer.headers["content-type"].startswith("application/")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in answer.headers["cache-control"]
    assert "access-control-allow-origin" not in answer.headers


def test_the_api_takes_nothing_from_another_page(asker: Asker) -> None:
    api = asker.world.apis["owner"]
    ask = {"query": 'mutation { followTopic(input: {slug: "plants"}) { errors { code } } }'}

    assert api.post(ask).status == 200
    assert api.post(ask, origin=FOREIGN).status == 403
    assert api.post(ask, x_csrftoken=None).status == 403
    assert api.post(ask, x_csrftoken="x" * 32).status == 403
    assert api.post(ask, content_type="text/plain").status in {400, 403, 415}
    assert api.post(ask, content_type="application/x-www-form-urlencoded").status in {400, 403, 415}


@pytest.mark.parametrize("written", ["\\u0000", "\\u{0}", "\\u{0000}", "\x00"])
def test_a_letter_that_the_database_cannot_keep_is_refused_in_a_document_too(asker: Asker, written: str) -> None:
    answer = asker.world.apis["nobody"].post({"query": f'{{ topic(slug: "a{written}") {{ id }} }}'})

    assert answer.status == 400
    assert answer.json["errors"][0]["extensions"]["code"] == "SYNTAX_ERROR"


@pytest.mark.parametrize(
    "path",
    ["/upload", "/_allauth/browser/v1/auth/login", "/_allauth/browser/v1/auth/signup",
     "/_allauth/browser/v1/auth/code/request", "/_allauth/browser/v1/auth/password/request"],
)  # fmt: skip
def test_a_door_takes_nothing_without_the_token(asker: Asker, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(asker.world.people["owner"], backend=django_settings.AUTHENTICATION_BACKENDS[0])

    assert client.post(path, data={"email": "a@example.com"}, content_type="application/json").status_code == 403


def test_signing_out_needs_the_token(asker: Asker) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(asker.world.people["owner"], backend=django_settings.AUTHENTICATION_BACKENDS[0])

    assert client.delete("/_allauth/browser/v1/auth/session").status_code == 403


@pytest.mark.parametrize("origin", [None, b"https://evil.example", b"null", b"http://testserver.evil.example"])
def test_a_socket_opens_only_for_our_own_pages(origin: bytes | None) -> None:
    async def work() -> None:
        headers = [(b"host", b"testserver"), *([(b"origin", origin)] if origin else [])]
        socket = WebsocketCommunicator(SOCKETS["/ws/graphql"], "/ws/graphql", headers, subprotocols=[SUBPROTOCOL])
        assert await socket.connect() == (False, 4403)

    asyncio.run(work())


def test_the_inbox_of_the_demo_is_nowhere_else(settings: Any) -> None:
    settings.DEMO = False

    assert Client().get("/dev/inbox").status_code == 404


@pytest.mark.parametrize("body", [b"", b"{}", b"\x00\xff", b"[" * 5_000, b'{"id": 1e999}'])
def test_a_message_that_is_not_signed_changes_nothing(asker: Asker, body: bytes) -> None:
    for headers in ({}, {"x-sandbox-signature": "t=1,v1=00"}, {"tuanzi-signature": "\x00"}):
        answer = Client(headers=headers).post("/payments/webhook/sandbox", data=body, content_type="application/json")
        assert answer.status_code == 400


@pytest.mark.parametrize(
    "extra", ["?next=//evil.example", "?to=https://evil.example", "?v=%0d%0aLocation:%20//evil.example"]
)
def test_a_link_leads_nowhere_but_into_the_shop(asker: Asker, extra: str) -> None:
    link = ShareLink.objects.get(code=asker.world.slugs["link"])

    answer = Client(headers={"user-agent": "Firefox"}).get(f"/s/{link.code}{extra}")

    assert answer.status_code == 302
    assert re.match(r"/[^/\\]", answer["Location"])
    assert "evil" not in answer["Location"]


def test_wrong_passwords_close_the_door_alike_for_the_known_and_the_unknown(asker: Asker) -> None:
    told = []
    for number, email in enumerate((asker.world.people["owner"].email, "nobody-at-all@example.com")):
        browser = Browser(address=f"10.8.{number}.1")
        answers = [browser.post("/auth/login", email=email, password=f"wrong-{turn}-guess") for turn in range(7)]
        told.append([(answer.status_code, errors(answer)) for answer in answers])

    assert told[0] == told[1]
    assert told[0][0][1] == ["email_password_mismatch"]
    assert told[0][-1][1] == ["too_many_login_attempts"]


@pytest.mark.parametrize("path", ["/auth/code/request", "/auth/password/request"])
def test_asking_for_a_code_does_not_tell_who_has_an_account(asker: Asker, path: str) -> None:
    known, unknown = (
        Browser(address=f"10.7.{number}.1").post(path, email=email)
        for number, email in enumerate((asker.world.people["owner"].email, "nobody-at-all@example.com"))
    )

    assert known.status_code == unknown.status_code == 401
    assert neutral(known) == neutral(unknown)


def errors(answer: Any) -> list[str]:
    return [error["code"] for error in answer.json().get("errors", [])]


def neutral(answer: Any) -> str:
    return re.sub(r"[\w.-]+@[\w.]+", "somebody", answer.content.decode())

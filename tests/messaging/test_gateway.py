"""The real sandbox as a process of its own, and the inbox that shows what it took."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client

from backend.core.clock import now
from backend.messaging import gateway
from backend.messaging.actions import queue_message, send_due_messages
from backend.messaging.models import OutgoingMessage

pytestmark = pytest.mark.django_db


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """A running sandbox: its web address and its mail port."""
    web, mail = free_port(), free_port()
    folder: Path = tmp_path_factory.mktemp("gateway")
    environment = os.environ | {
        "GATEWAY_PORT": str(web),
        "GATEWAY_MAIL_PORT": str(mail),
        "GATEWAY_FILE": str(folder / "gateway.sqlite3"),
    }
    process = subprocess.Popen([sys.executable, "-m", "backend.messaging.sandbox"], env=environment)
    address = f"http://127.0.0.1:{web}"
    try:
        for _ in range(100):
            try:
                httpx.get(f"{address}/livez", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address, mail
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def sandbox(addresses: tuple[str, int], settings: Any) -> Iterator[httpx.Client]:
    """The sandbox, empty and well-behaved, as the one that the shop sends to."""
    settings.GATEWAY_URL, settings.EMAIL_PORT = addresses
    settings.EMAIL_HOST = "127.0.0.1"
    with httpx.Client(base_url=addresses[0], trust_env=False) as client:
        client.delete("/messages")
        client.post("/knobs", json={"is_down": False, "refuse_rate": 0, "lose_answer_rate": 0, "delay_seconds": 0})
        yield client


def queued(channel: str = "sms", to: str = "+8613800138000") -> OutgoingMessage:
    """A message that waits."""
    body = "【团子】验证码 271828，5 分钟内有效。"
    return queue_message(channel=channel, to=to, subject="团子验证码", body=body, html="<b>271828</b>", now=now())


def test_text_messages_and_mail_arrive_as_they_were_written(sandbox: httpx.Client) -> None:
    queued()
    queued("mail", "carol@example.com")

    assert send_due_messages(send=gateway.send, now=now()) == 2

    mail, text = sandbox.get("/messages").json()["messages"]
    assert (text["channel"], text["to"], "271828" in text["body"]) == ("sms", "+8613800138000", True)
    assert (mail["channel"], mail["to"], mail["subject"]) == ("mail", "carol@example.com", "团子验证码")
    assert "271828" in mail["body"]
    assert "<b>271828</b>" in mail["html"]


@pytest.mark.parametrize(("channel", "to"), [("sms", "+8613800138000"), ("mail", "carol@example.com")])
def test_an_answer_that_gets_lost_makes_no_second_message(sandbox: httpx.Client, channel: str, to: str) -> None:
    message = queued(channel, to)
    sandbox.post("/knobs", json={"lose_answer_rate": 1})
    send_due_messages(send=gateway.send, now=now())
    message.refresh_from_db()
    assert message.state == "queued"

    sandbox.post("/knobs", json={"lose_answer_rate": 0})
    send_due_messages(send=gateway.send, now=message.next_attempt_at)

    message.refresh_from_db()
    assert message.state == "sent"
    assert len(sandbox.get("/messages").json()["messages"]) == 1


@pytest.mark.parametrize(("channel", "to"), [("sms", "+8613800138000"), ("mail", "carol@example.com")])
def test_a_gateway_that_is_down_is_tried_again(sandbox: httpx.Client, channel: str, to: str) -> None:
    message = queued(channel, to)
    sandbox.post("/knobs", json={"is_down": True})

    assert send_due_messages(send=gateway.send, now=now()) == 0

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 1)
    assert sandbox.get("/messages").json()["messages"] == []


def test_a_number_that_cannot_be_is_given_up_at_once(sandbox: httpx.Client) -> None:
    message = queued(to="12345")

    send_due_messages(send=gateway.send, now=now())

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("dead", 1)


@pytest.mark.parametrize("wrong", [{"volume": 11}, {"refuse_rate": "often"}])
def test_a_knob_that_is_not_there_is_refused(sandbox: httpx.Client, wrong: dict[str, Any]) -> None:
    assert sandbox.post("/knobs", json=wrong).status_code == 400


@pytest.mark.parametrize(
    ("locale", "words"), [("zh-Hans", "开发收件箱"), ("zh-Hant", "開發收件匣"), ("en", "Development inbox")]
)
def test_the_inbox_shows_the_code_in_the_readers_language(sandbox: httpx.Client, locale: str, words: str) -> None:
    queued()
    send_due_messages(send=gateway.send, now=now())
    browser = Client()
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = locale

    page = browser.get("/dev/inbox").content.decode()
    elsewhere = browser.get("/dev/inbox", {"to": "carol"}).content.decode()

    assert words in page
    assert "<output>271828</output>" in page
    assert "271828" not in elsewhere


def test_the_inbox_escapes_what_it_shows(sandbox: httpx.Client) -> None:
    sandbox.post("/sms", json={"id": "x", "to": "+8613800138000", "text": "<script>alert(1)</script>"})

    page = Client().get("/dev/inbox").content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_the_inbox_says_what_to_do_when_the_gateway_is_away(settings: Any) -> None:
    settings.GATEWAY_URL = f"http://127.0.0.1:{free_port()}"

    answer = Client().get("/dev/inbox", headers={"Accept-Language": "en"})

    assert answer.status_code == 200
    assert "make run" in answer.content.decode()


def test_there_is_no_inbox_outside_the_demo(settings: Any) -> None:
    settings.DEMO = False

    assert Client().get("/dev/inbox").status_code == 404

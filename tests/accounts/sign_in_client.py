"""A browser that signs in through the real addresses, and a gateway that remembers what it was given."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client

from backend.core.clock import now
from backend.messaging.actions import send_due_messages
from backend.messaging.models import OutgoingMessage

ROOT = "/_allauth/browser/v1"


@dataclass
class Gateway:
    """Takes messages as the worker hands them out."""

    taken: list[tuple[str, str, str]] = field(default_factory=list)

    def take(self, message: OutgoingMessage) -> None:
        """Remember one message."""
        self.taken.append((message.channel, message.to, message.body))

    def deliver(self) -> None:
        """Let the worker send what is due."""
        send_due_messages(send=self.take, now=now())

    def code_for(self, receiver: str) -> str:
        """The newest code that reached somebody."""
        self.deliver()
        bodies = [body for _, to, body in self.taken if to == receiver]
        found = re.search(r"\d{6}", bodies[-1]) if bodies else None
        assert found, f"no code reached {receiver}: {self.taken}"
        return found.group()


class Browser:
    """Keeps cookies and sends the token, as the front end does."""

    def __init__(self, *, visitor: str = "", locale: str = "zh-Hans", address: str = "10.9.0.1") -> None:
        self.client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address)
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = locale
        if visitor:
            self.client.cookies["tz_visitor"] = visitor
        self.client.get(f"{ROOT}/config")
        self.client.get(f"{ROOT}/auth/session")

    def post(self, path: str, **body: Any) -> Any:
        """Send JSON, and give the answer with its body read."""
        return self._send("post", path, body)

    def delete(self, path: str, **body: Any) -> Any:
        """Ask to take something away."""
        return self._send("delete", path, body)

    def session(self) -> Any:
        """Ask who is signed in."""
        return self.client.get(f"{ROOT}/auth/session")

    def _send(self, verb: str, path: str, body: dict[str, Any]) -> Any:
        token = self.client.cookies.get(settings.CSRF_COOKIE_NAME)
        headers = {"X-CSRFToken": token.value} if token else {}
        return getattr(self.client, verb)(f"{ROOT}{path}", data=body, content_type="application/json", headers=headers)

"""Carries webhooks to the shop, signed anew for each try, until they are taken."""

import threading
import time
from abc import ABC, abstractmethod
from typing import ClassVar

import httpx

from backend.core.sandbox.configuration import Configuration
from backend.core.sandbox.store import Row, SandboxStore

TIMEOUT_SECONDS = 10.0


class WebhookCourier(ABC):
    """One thread that looks for webhooks that are due; a subclass says where one goes and how it is signed."""

    look_every_seconds: ClassVar[float]

    def __init__(self, store: SandboxStore, configuration: Configuration) -> None:
        self._store = store
        self._configuration = configuration
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    @abstractmethod
    def address_of(self, delivery: Row) -> str:
        """Where this webhook goes."""

    @abstractmethod
    def signature_of(self, delivery: Row, body: bytes, *, at: int, secret: str) -> dict[str, str]:
        """The header that signs this webhook at that second."""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the round and end."""
        self._stop.set()
        self._thread.join(timeout=TIMEOUT_SECONDS)

    def deliver_due(self, client: httpx.Client) -> int:
        """Send what is due once, and say how much that was."""
        due = self._store.due_deliveries()
        for delivery in due:
            self._deliver(client, delivery)
        return len(due)

    def _run(self) -> None:
        with httpx.Client(timeout=TIMEOUT_SECONDS) as client:
            while not self._stop.wait(self.look_every_seconds):
                self.deliver_due(client)

    def _deliver(self, client: httpx.Client, delivery: Row) -> None:
        body = bytes(delivery["body"])
        signature = self.signature_of(delivery, body, at=int(time.time()), secret=self._configuration.secrets[0])
        headers = {"Content-Type": "application/json", **signature}
        try:
            answer = client.post(self.address_of(delivery), content=body, headers=headers)
        except httpx.HTTPError as silence:
            self._store.delivered(delivery, answer=type(silence).__name__, taken=False)
            return
        self._store.delivered(delivery, answer=f"{answer.status_code} {answer.text[:80]}", taken=answer.is_success)

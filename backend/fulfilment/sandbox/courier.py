"""Carries webhooks to the shop, signed anew for each try, until they are taken."""

import threading
import time

import httpx

from backend.fulfilment.carriers.signing import SIGNATURE_HEADER, sign_body
from backend.fulfilment.sandbox.configuration import Configuration
from backend.fulfilment.sandbox.store import Row, Store

LOOK_EVERY_SECONDS = 0.2
TIMEOUT_SECONDS = 10.0


class Courier:
    """One thread that looks for webhooks that are due."""

    def __init__(self, store: Store, configuration: Configuration) -> None:
        self._store = store
        self._configuration = configuration
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

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
            while not self._stop.wait(LOOK_EVERY_SECONDS):
                self.deliver_due(client)

    def _deliver(self, client: httpx.Client, delivery: Row) -> None:
        body, carrier = bytes(delivery["body"]), delivery["carrier"]
        signature = sign_body(body, carrier=carrier, at=int(time.time()), secret=self._configuration.secrets[0])
        headers = {"Content-Type": "application/json", SIGNATURE_HEADER: signature}
        try:
            answer = client.post(f"{self._configuration.shop_url}/{carrier}", content=body, headers=headers)
        except httpx.HTTPError as silence:
            self._store.delivered(delivery, answer=type(silence).__name__, taken=False)
            return
        self._store.delivered(delivery, answer=f"{answer.status_code} {answer.text[:80]}", taken=answer.is_success)

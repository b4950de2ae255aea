"""The memory of the sandbox: parcels, their steps, and the webhooks that tell of them."""

import json
import random
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backend.core.sandbox.store import Row, SandboxStore
from backend.fulfilment.sandbox.routes import plan

TABLES = """
CREATE TABLE IF NOT EXISTS parcel (
    key TEXT PRIMARY KEY, carrier TEXT NOT NULL, tracking TEXT NOT NULL UNIQUE, order_number TEXT NOT NULL,
    request TEXT NOT NULL, trouble TEXT NOT NULL, accepted_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS event (
    id TEXT PRIMARY KEY, tracking TEXT NOT NULL, carrier TEXT NOT NULL, body BLOB NOT NULL, at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS event_of_parcel ON event (tracking, at);
"""
KNOBS = {"late": 0, "duplicate": 0, "shuffle": 0, "lost": 0, "exception": 0, "failure": 0}
NEWEST = {
    "parcel": "SELECT * FROM parcel ORDER BY accepted_at DESC LIMIT ?",
    "delivery": "SELECT * FROM delivery ORDER BY due_at DESC LIMIT ?",
}
PREFIXES = {"deer": "DE", "elephant": "EL"}
TROUBLES = ("delayed", "refused", "returned")


class ParcelRefused(Exception):
    """The parcel cannot be taken, or its key was used for another one."""


class Store(SandboxStore):
    """Everything the sandbox remembers; its time runs so much faster than life."""

    tables = TABLES
    about = "carrier"
    knobs_at_rest = KNOBS
    most_disorder = 20_000
    newest = NEWEST

    def __init__(self, path: Path, *, speed: float) -> None:
        super().__init__(path)
        self._speed = speed

    def accept(self, *, key: str, wanted: Mapping[str, Any]) -> Row:
        """Take a parcel under a key, once, and plan its whole way. Raises: ParcelRefused."""
        carrier, address = wanted["carrier"], wanted["address"]
        request = json.dumps(wanted, sort_keys=True)
        if carrier not in PREFIXES or not isinstance(address, dict) or not key:
            raise ParcelRefused("this parcel cannot be read")
        with self._lock:
            if known := self._one("SELECT * FROM parcel WHERE key = ?", key):
                if known["request"] != request:
                    raise ParcelRefused("this key was used for another parcel")
                return known
            tracking = f"{PREFIXES[carrier]}{int(time.time()) % 10**8:08d}{secrets.randbelow(10**4):04d}"
            trouble = secrets.choice(TROUBLES) if secrets.randbelow(100) < self.knobs()["exception"] else ""
            self._do(
                "INSERT INTO parcel VALUES (?, ?, ?, ?, ?, ?, ?)",
                key, carrier, tracking, str(wanted.get("order", "")), request, trouble, time.time(),
            )  # fmt: skip
            self._plan(carrier=carrier, tracking=tracking, address=address, trouble=trouble)
            return self._one("SELECT * FROM parcel WHERE key = ?", key) or {}

    def events_so_far(self, *, carrier: str, tracking: str) -> list[Row] | None:
        """The steps that a parcel has taken by now, or nothing when nobody knows it."""
        if self._one("SELECT 1 FROM parcel WHERE carrier = ? AND tracking = ?", carrier, tracking) is None:
            return None
        found = self._all("SELECT body FROM event WHERE tracking = ? AND at <= ? ORDER BY at", tracking, time.time())
        return [json.loads(row["body"]) for row in found]

    def _plan(self, *, carrier: str, tracking: str, address: Mapping[str, str], trouble: str) -> None:
        """Write down every step and the webhooks that tell of it, as late, often and disorderly as the knobs say."""
        knobs, began = self.knobs(), time.time()
        dice = random.Random(tracking)  # noqa: S311 - the way of a parcel is no secret
        for step in plan(carrier=carrier, address=address, trouble=trouble, dice=dice):
            at = began + step.after_hours * 3600 / self._speed
            event_id = f"trk_{secrets.token_hex(10)}"
            body = json.dumps({
                "id": event_id, "tracking": tracking, "code": step.code, "place": step.place, "text": step.text,
                "at": datetime.fromtimestamp(at, UTC).isoformat(),
            }).encode()  # fmt: skip
            self._do("INSERT INTO event VALUES (?, ?, ?, ?, ?)", event_id, tracking, carrier, body, at)
            if secrets.randbelow(100) < knobs["lost"]:
                continue
            self._plan_webhook(event_id, carrier, body, at=at, knobs=knobs)

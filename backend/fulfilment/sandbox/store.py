"""The memory of the sandbox: one SQLite file, one connection, one lock."""

import json
import random
import secrets
import sqlite3
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, carrier TEXT NOT NULL, body BLOB NOT NULL,
    due_at REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '',
    done INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due_at) WHERE done = 0;
CREATE TABLE IF NOT EXISTS knob (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
KNOBS = {"late": 0, "duplicate": 0, "shuffle": 0, "lost": 0, "exception": 0, "failure": 0}
PREFIXES = {"deer": "DE", "elephant": "EL"}
TROUBLES = ("delayed", "refused", "returned")
PAUSES = (1, 2, 5, 15, 60, 300, 900, 3600)
Row = dict[str, Any]


class ParcelRefused(Exception):
    """The parcel cannot be taken, or its key was used for another one."""


class Store:
    """Everything the sandbox remembers."""

    def __init__(self, path: Path, *, speed: float) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._speed = speed
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.executescript(TABLES)

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

    def knobs(self) -> dict[str, int]:
        """How the sandbox misbehaves now."""
        return KNOBS | {row["name"]: row["value"] for row in self._all("SELECT * FROM knob")}

    def turn(self, name: str, value: int) -> None:
        """Turn one knob."""
        if name in KNOBS:
            self._do("INSERT OR REPLACE INTO knob VALUES (?, ?)", name, max(0, min(value, 100)))

    def recent(self, table: str, first: int = 12) -> list[Row]:
        """The newest rows, for the knobs page."""
        order = {"parcel": "accepted_at", "delivery": "due_at"}[table]
        return self._all(f"SELECT * FROM {table} ORDER BY {order} DESC LIMIT ?", first)  # noqa: S608

    def due_deliveries(self) -> list[Row]:
        """The webhooks to send now."""
        return self._all("SELECT * FROM delivery WHERE done = 0 AND due_at <= ? ORDER BY due_at LIMIT 20", time.time())

    def delivered(self, delivery: Row, *, answer: str, taken: bool) -> None:
        """Note the shop's answer; a webhook that was not taken is sent again, later each time."""
        attempts = delivery["attempts"] + 1
        gives_up = attempts > len(PAUSES)
        pause = PAUSES[min(attempts, len(PAUSES)) - 1]
        self._do(
            "UPDATE delivery SET attempts = ?, answer = ?, done = ?, due_at = ? WHERE id = ?",
            attempts, answer[:200], int(taken or gives_up), time.time() + pause, delivery["id"],
        )  # fmt: skip

    def _plan(self, *, carrier: str, tracking: str, address: Mapping[str, str], trouble: str) -> None:
        """Write down every step and the webhooks that tell of it, as late, often and disorderly as the knobs say."""
        knobs, began = self.knobs(), time.time()
        for step in plan(carrier=carrier, address=address, trouble=trouble, dice=random.Random(tracking)):  # noqa: S311
            at = began + step.after_hours * 3600 / self._speed
            event_id = f"trk_{secrets.token_hex(10)}"
            body = json.dumps({
                "id": event_id, "tracking": tracking, "code": step.code, "place": step.place, "text": step.text,
                "at": datetime.fromtimestamp(at, UTC).isoformat(),
            }).encode()  # fmt: skip
            self._do("INSERT INTO event VALUES (?, ?, ?, ?, ?)", event_id, tracking, carrier, body, at)
            if secrets.randbelow(100) < knobs["lost"]:
                continue
            for _copy in range(1 + knobs["duplicate"]):
                disorder = secrets.randbelow(20_000) / 1000 if knobs["shuffle"] else 0
                self._do(
                    "INSERT INTO delivery (event_id, carrier, body, due_at) VALUES (?, ?, ?, ?)",
                    event_id, carrier, body, at + knobs["late"] + disorder,
                )  # fmt: skip

    def _do(self, statement: str, *values: object) -> None:
        with self._lock:
            self._connection.execute(statement, values)

    def _one(self, statement: str, *values: object) -> Row | None:
        found = self._all(statement, *values)
        return found[0] if found else None

    def _all(self, statement: str, *values: object) -> list[Row]:
        with self._lock:
            return [dict(row) for row in self._connection.execute(statement, values).fetchall()]

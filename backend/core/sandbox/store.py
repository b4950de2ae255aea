"""The memory of a sandbox: one SQLite file, one connection, one lock."""

import secrets
import sqlite3
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

_TABLES = """
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, {about} TEXT NOT NULL, body BLOB NOT NULL,
    due_at REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '',
    done INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due_at) WHERE done = 0;
CREATE TABLE IF NOT EXISTS knob (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
_PLAN = "INSERT INTO delivery (event_id, {about}, body, due_at) VALUES (?, ?, ?, ?)"
PAUSES = (1, 2, 5, 15, 60, 300, 900, 3600)
Row = dict[str, Any]


class SandboxStore:
    """The webhooks that wait, and the knobs; a subclass adds what its sandbox is about.

    It gives `tables` and the `knobs_at_rest`; `about`, the column that says what a webhook is about;
    `most_disorder`, in milliseconds; and `newest`, the statement that reads the latest rows of a table.
    """

    tables: ClassVar[str]
    about: ClassVar[str]
    knobs_at_rest: ClassVar[Mapping[str, int]]
    most_disorder: ClassVar[int]
    newest: ClassVar[Mapping[str, str]]

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.executescript(self.tables + _TABLES.format(about=self.about))

    def knobs(self) -> dict[str, int]:
        """How the sandbox misbehaves now."""
        return {**self.knobs_at_rest, **{row["name"]: row["value"] for row in self._all("SELECT * FROM knob")}}

    def turn(self, name: str, value: int) -> None:
        """Turn one knob."""
        if name in self.knobs_at_rest:
            self._do("INSERT OR REPLACE INTO knob VALUES (?, ?)", name, max(0, min(value, 100)))

    def stumbles(self) -> bool:
        """Whether this time the knob of failures makes a call fail."""
        return secrets.randbelow(100) < self.knobs()["failure"]

    def recent(self, table: str, first: int = 12) -> list[Row]:
        """The newest rows, for the knobs page."""
        return self._all(self.newest[table], first)

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

    def _plan_webhook(self, event_id: str, about: str, body: bytes, *, at: float, knobs: Mapping[str, int]) -> None:
        """Plan a webhook, as late, as often and as disorderly as the knobs say."""
        for _copy in range(1 + knobs["duplicate"]):
            disorder = secrets.randbelow(self.most_disorder) / 1000 if knobs["shuffle"] else 0
            self._do(_PLAN.format(about=self.about), event_id, about, body, at + knobs["late"] + disorder)

    def _do(self, statement: str, *values: object) -> None:
        with self._lock:
            self._connection.execute(statement, values)

    def _one(self, statement: str, *values: object) -> Row | None:
        found = self._all(statement, *values)
        return found[0] if found else None

    def _all(self, statement: str, *values: object) -> list[Row]:
        with self._lock:
            return [dict(row) for row in self._connection.execute(statement, values).fetchall()]

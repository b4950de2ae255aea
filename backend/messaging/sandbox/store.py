"""What the sandbox has taken, and its knobs, in one small file."""

import random
import sqlite3
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_TABLE = """
CREATE TABLE IF NOT EXISTS message (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, receiver TEXT NOT NULL,
    subject TEXT NOT NULL, body TEXT NOT NULL, html TEXT NOT NULL, at TEXT NOT NULL)
"""
_ADD = "INSERT OR IGNORE INTO message (id, channel, receiver, subject, body, html, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
_LIST = """
SELECT id, channel, receiver AS "to", subject, body, html, at FROM message
WHERE (? = '' OR receiver LIKE '%' || ? || '%') ORDER BY position DESC LIMIT ?
"""
MOST_KEPT = 2000
_TRIM = "DELETE FROM message WHERE position <= (SELECT max(position) FROM message) - ?"


@dataclass(frozen=True, slots=True)
class Knobs:
    """How the sandbox misbehaves. Rates go from 0, never, to 1, always."""

    is_down: bool = False
    refuse_rate: float = 0.0
    lose_answer_rate: float = 0.0
    delay_seconds: float = 0.0


class Store:
    """Messages under their ids; an id that was taken before is taken again without a second message."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.knobs = Knobs()
        with self._open() as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute(_TABLE)

    def add(self, *, message_id: str, channel: str, to: str, subject: str, body: str, html: str = "") -> bool:
        """Keep a message; say whether it was new."""
        at = datetime.now(UTC).isoformat()
        with self._open() as database:
            is_new = database.execute(_ADD, (message_id, channel, to, subject, body, html, at)).rowcount == 1
            database.execute(_TRIM, (MOST_KEPT,))
        return is_new

    def newest(self, *, to: str = "", limit: int = 60) -> list[dict[str, Any]]:
        """The newest messages first, perhaps only those to one receiver."""
        with self._open() as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(_LIST, (to, to, limit))]

    def clear(self) -> None:
        """Forget every message."""
        with self._open() as database:
            database.execute("DELETE FROM message")

    def turn(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Turn knobs; unknown names and wrong kinds are refused."""
        kinds = {field.name: type(getattr(self.knobs, field.name)) for field in fields(Knobs)}
        if unknown := wanted.keys() - kinds.keys():
            raise ValueError(f"There is no knob {', '.join(sorted(unknown))}; there are {', '.join(kinds)}.")
        self.knobs = replace(self.knobs, **{name: kinds[name](value) for name, value in wanted.items()})
        return asdict(self.knobs)

    def is_unlucky(self, rate: float) -> bool:
        """Whether this time the failure of a knob happens."""
        return random.random() < rate  # noqa: S311 - a failure knob needs no secret

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=5)

"""The memory of the sandbox: one SQLite file, one connection, one lock."""

import json
import secrets
import sqlite3
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS payment (
    reference TEXT PRIMARY KEY, amount INTEGER NOT NULL, currency TEXT NOT NULL, subject TEXT NOT NULL,
    state TEXT NOT NULL, "transaction" TEXT NOT NULL, changed_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS refund (
    key TEXT PRIMARY KEY, reference TEXT NOT NULL, amount INTEGER NOT NULL, state TEXT NOT NULL, at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL,
    due_at REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '',
    done INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due_at) WHERE done = 0;
CREATE TABLE IF NOT EXISTS knob (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
KNOBS = {"late": 0, "duplicate": 0, "shuffle": 0, "wrong_amount": 0, "timeout": 0, "failure": 0}
PAUSES = (1, 2, 5, 15, 60, 300, 900, 3600)
Row = dict[str, Any]


class RefundRefused(Exception):
    """The refund asks for what is not there, or its key was used for another one."""


class Store:
    """Everything the sandbox remembers."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.executescript(TABLES)

    def payment(self, reference: str) -> Row | None:
        """A payment that somebody looked at, or nothing."""
        return self._one("SELECT * FROM payment WHERE reference = ?", reference)

    def pay(self, *, reference: str, amount: int, currency: str, subject: str) -> Row:
        """Take the money of a payment, once."""
        with self._lock:
            known = self.payment(reference)
            if known and known["state"] == "succeeded":
                return known
            number = f"SBX{int(time.time())}{secrets.token_hex(4).upper()}"
            self._do(
                "INSERT OR REPLACE INTO payment VALUES (?, ?, ?, ?, 'succeeded', ?, ?)",
                reference, amount, currency, subject, number, time.time(),
            )  # fmt: skip
            paid = self.payment(reference) or {}
            self._announce_payment("payment.succeeded", paid)
            return paid

    def fail(self, *, reference: str, amount: int, currency: str, subject: str) -> None:
        """Refuse a payment; it may be tried again."""
        with self._lock:
            known = self.payment(reference)
            if known and known["state"] == "succeeded":
                return
            self._do(
                "INSERT OR REPLACE INTO payment VALUES (?, ?, ?, ?, 'failed', '', ?)",
                reference, amount, currency, subject, time.time(),
            )  # fmt: skip
            self._announce_payment("payment.failed", self.payment(reference) or {})

    def refund(self, key: str) -> Row | None:
        """A refund by its key, or nothing."""
        return self._one("SELECT * FROM refund WHERE key = ?", key)

    def make_refund(self, *, key: str, reference: str, amount: int, tells_key: bool = True) -> Row:
        """Send money back under a key, once. Raises: RefundRefused."""
        with self._lock:
            if known := self.refund(key):
                if (known["reference"], known["amount"]) != (reference, amount):
                    raise RefundRefused("this key was used for another refund")
                return known
            payment = self.payment(reference)
            if payment is None or payment["state"] != "succeeded":
                raise RefundRefused("there is no such payment")
            gone = self._one("SELECT COALESCE(SUM(amount), 0) AS sum FROM refund WHERE reference = ?", reference)
            if amount < 1 or amount > payment["amount"] - (gone or {})["sum"]:
                raise RefundRefused("more than was paid")
            self._do("INSERT INTO refund VALUES (?, ?, ?, 'succeeded', ?)", key, reference, amount, time.time())
            self._announce(
                "refund.succeeded",
                {**payment, "amount": amount},
                refundKey=key if tells_key else "",
            )
            return self.refund(key) or {}

    def statement(self) -> str:
        """Every movement, as a file that the shop can compare with its own."""
        lines = ["id,type,reference,transaction,refund_key,amount,currency,at"]
        for paid in self._all("SELECT * FROM payment WHERE state = 'succeeded' ORDER BY changed_at"):
            told = (paid["transaction"], "payment", paid["reference"], paid["transaction"], "", paid["amount"])
            lines.append(",".join(map(str, (*told, paid["currency"], _moment(paid["changed_at"])))))
        for back in self._all("SELECT refund.*, payment.currency FROM refund JOIN payment USING (reference)"):
            told = (f"refund-{back['key']}", "refund", back["reference"], "", back["key"], back["amount"])
            lines.append(",".join(map(str, (*told, back["currency"], _moment(back["at"])))))
        return "\n".join(lines) + "\n"

    def knobs(self) -> dict[str, int]:
        """How the sandbox misbehaves now."""
        return KNOBS | {row["name"]: row["value"] for row in self._all("SELECT * FROM knob")}

    def turn(self, name: str, value: int) -> None:
        """Turn one knob."""
        if name in KNOBS:
            self._do("INSERT OR REPLACE INTO knob VALUES (?, ?)", name, max(0, min(value, 100)))

    def recent(self, table: str, first: int = 12) -> list[Row]:
        """The newest rows, for the knobs page."""
        order = {"payment": "changed_at", "refund": "at", "delivery": "id"}[table]
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

    def _announce_payment(self, kind: str, payment: Row) -> None:
        wrong = self.knobs()["wrong_amount"] and kind == "payment.succeeded"
        self._announce(kind, {**payment, "amount": payment["amount"] - 1} if wrong else payment)

    def _announce(self, kind: str, payment: Row, **more: str) -> None:
        """Plan the webhook, as late, as often and as disorderly as the knobs say."""
        knobs, event_id = self.knobs(), f"evt_{secrets.token_hex(10)}"
        body = json.dumps({
            "id": event_id, "type": kind, "reference": payment["reference"], "amount": payment["amount"],
            "currency": payment["currency"], "transaction": payment["transaction"], **more,
        }).encode()  # fmt: skip
        for _copy in range(1 + knobs["duplicate"]):
            disorder = secrets.randbelow(8_000) / 1000 if knobs["shuffle"] else 0
            self._do(
                "INSERT INTO delivery (event_id, kind, body, due_at) VALUES (?, ?, ?, ?)",
                event_id, kind, body, time.time() + knobs["late"] + disorder,
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


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")

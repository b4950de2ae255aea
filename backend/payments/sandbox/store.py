"""The memory of the sandbox: payments, refunds, and the webhooks that tell of them."""

import json
import secrets
import time
from datetime import UTC, datetime

from backend.core.sandbox.store import Row, SandboxStore

TABLES = """
CREATE TABLE IF NOT EXISTS payment (
    reference TEXT PRIMARY KEY, amount INTEGER NOT NULL, currency TEXT NOT NULL, subject TEXT NOT NULL,
    state TEXT NOT NULL, "transaction" TEXT NOT NULL, changed_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS refund (
    key TEXT PRIMARY KEY, reference TEXT NOT NULL, amount INTEGER NOT NULL, state TEXT NOT NULL, at REAL NOT NULL
);
"""
KNOBS = {
    "late": 0, "duplicate": 0, "shuffle": 0, "wrong_amount": 0, "timeout": 0, "failure": 0, "refuse_capture": 0,
}  # fmt: skip
# What says that the buyer has done their part.
DONE = frozenset({"held", "succeeded", "voided", "lapsed"})
NEWEST = {
    "payment": "SELECT * FROM payment ORDER BY changed_at DESC LIMIT ?",
    "refund": "SELECT * FROM refund ORDER BY at DESC LIMIT ?",
    "delivery": "SELECT * FROM delivery ORDER BY id DESC LIMIT ?",
}


class RefundRefused(Exception):
    """The refund asks for what is not there, or its key was used for another one."""


class CaptureRefused(Exception):
    """There is nothing that could be taken."""


class Store(SandboxStore):
    """Everything the sandbox remembers."""

    tables = TABLES
    about = "kind"
    knobs_at_rest = KNOBS
    most_disorder = 8_000
    newest = NEWEST

    def payment(self, reference: str) -> Row | None:
        """A payment that somebody looked at, or nothing."""
        return self._one("SELECT * FROM payment WHERE reference = ?", reference)

    def pay(self, *, reference: str, amount: int, currency: str, subject: str, is_hold: bool = False) -> Row:
        """Take the money of a payment, or hold it, once."""
        with self._lock:
            known = self.payment(reference)
            if known and known["state"] in DONE:
                return known
            number = f"SBX{int(time.time())}{secrets.token_hex(4).upper()}"
            state = "held" if is_hold else "succeeded"
            self._do(
                "INSERT OR REPLACE INTO payment VALUES (?, ?, ?, ?, ?, ?, ?)",
                reference, amount, currency, subject, state, number, time.time(),
            )  # fmt: skip
            paid = self.payment(reference) or {}
            self._announce_payment("payment.authorised" if is_hold else "payment.succeeded", paid)
            return paid

    def capture(self, reference: str) -> Row:
        """Take money that is held, once; the knob ends the hold instead. Raises: CaptureRefused."""
        with self._lock:
            known = self.payment(reference)
            if known is None or known["state"] not in ("held", "succeeded"):
                raise CaptureRefused("nothing is held any more")
            if known["state"] == "succeeded":
                return known
            if self.knobs()["refuse_capture"]:
                self._end(known, into="lapsed")
                raise CaptureRefused("the card is closed")
            return self._move(known, into="succeeded", kind="payment.succeeded")

    def void(self, reference: str) -> Row:
        """Release money that is held, once. Raises: CaptureRefused."""
        with self._lock:
            known = self.payment(reference)
            if known is None or known["state"] == "failed":
                raise CaptureRefused("nothing was ever held")
            return known if known["state"] != "held" else self._end(known, into="voided")

    def fail(self, *, reference: str, amount: int, currency: str, subject: str) -> None:
        """Refuse a payment; it may be tried again."""
        with self._lock:
            known = self.payment(reference)
            if known and known["state"] in DONE:
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

    def _end(self, payment: Row, *, into: str) -> Row:
        return self._move(payment, into=into, kind="payment.voided")

    def _move(self, payment: Row, *, into: str, kind: str) -> Row:
        self._do(
            "UPDATE payment SET state = ?, changed_at = ? WHERE reference = ?", into, time.time(), payment["reference"]
        )
        moved = self.payment(payment["reference"]) or {}
        self._announce_payment(kind, moved)
        return moved

    def _announce_payment(self, kind: str, payment: Row) -> None:
        wrong = self.knobs()["wrong_amount"] and kind in ("payment.succeeded", "payment.authorised")
        self._announce(kind, {**payment, "amount": payment["amount"] - 1} if wrong else payment)

    def _announce(self, kind: str, payment: Row, **more: str) -> None:
        """Plan the webhook, as late, as often and as disorderly as the knobs say."""
        knobs, event_id = self.knobs(), f"evt_{secrets.token_hex(10)}"
        body = json.dumps({
            "id": event_id, "type": kind, "reference": payment["reference"], "amount": payment["amount"],
            "currency": payment["currency"], "transaction": payment["transaction"], **more,
        }).encode()  # fmt: skip
        self._plan_webhook(event_id, kind, body, at=time.time(), knobs=knobs)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")

"""A stand-in for Stripe: the parts of its API that the shop uses, in its wire format, with keys of its own.

It signs webhooks as Stripe does: `t=<seconds>,v1=<hex HMAC-SHA256 of "<seconds>.<body>">`.
"""

import hashlib
import hmac
import json
import time
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.payments.stubs.serving import Answer, Knobs, Message

API_KEY = "sk_test_stub"
WEBHOOK_SECRET = "whsec_stub"
JSON = "application/json"


class StripeStub:
    """One Stripe account."""

    def __init__(self, url: str) -> None:
        self.url, self.knobs = url, Knobs()
        self.sessions: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.remembered: dict[str, tuple[list[tuple[str, str]], Answer]] = {}
        self.calls: list[tuple[str, str]] = []
        self.messages: list[Message] = []
        self.intents: dict[str, dict[str, Any]] = {}
        self._numbers = count(1)

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> Answer | None:
        """Answer one call of the API."""
        place = urlsplit(path)
        self.calls.append((method, place.path))
        if self.knobs.is_down:
            return self._no(503, "api_error", "down")
        if headers.get("Authorization") != f"Bearer {API_KEY}":
            return self._no(401, "invalid_request_error", "Invalid API Key provided")
        form = parse_qsl(body.decode() if method == "POST" else place.query, keep_blank_values=True)
        key = headers.get("Idempotency-Key") if method == "POST" else None
        if key and key in self.remembered:
            wanted, first = self.remembered[key]
            return first if wanted == form else self._no(400, "idempotency_error", "Keys for idempotent requests")
        told = self._do(method, place.path, dict(form))
        if key:
            self.remembered[key] = (form, told)
        return None if self.knobs.is_silent_after_success and method == "POST" else told

    def _do(self, method: str, path: str, form: dict[str, str]) -> Answer:
        parts = path.removeprefix("/v1/").split("/")
        match (method, parts):
            case ("POST", ["checkout", "sessions"]):
                return self._open(form)
            case ("GET", ["checkout", "sessions", name]) if name in self.sessions:
                return self._yes(self.sessions[name])
            case ("POST", ["checkout", "sessions", name, "expire"]) if name in self.sessions:
                if self.sessions[name]["status"] != "open":
                    return self._no(400, "invalid_request_error", "Only open sessions can be expired")
                self.sessions[name]["status"] = "expired"
                return self._yes(self.sessions[name])
            case ("GET", ["payment_intents", name]) if name in self.intents:
                return self._yes(self.intents[name])
            case ("POST", ["payment_intents", name, "capture" | "cancel" as verb]) if name in self.intents:
                return self._end(self.intents[name], into="succeeded" if verb == "capture" else "canceled")
            case ("POST", ["refunds"]):
                return self._refund(form)
            case ("GET", ["refunds"]):
                found = [one for one in self.refunds.values() if one["payment_intent"] == form["payment_intent"]]
                return self._yes({"object": "list", "data": found, "has_more": False, "url": "/v1/refunds"})
        return self._no(404, "invalid_request_error", "No such thing")

    def _open(self, form: dict[str, str]) -> Answer:
        amount, expires = form["line_items[0][price_data][unit_amount]"], int(form["expires_at"])
        if not amount.isdigit() or not 1800 <= expires - time.time() <= 86_400:
            return self._no(400, "invalid_request_error", "expires_at must be between 30 minutes and 24 hours from now")
        name = f"cs_test_{next(self._numbers)}"
        self.sessions[name] = {
            "id": name, "object": "checkout.session", "amount_total": int(amount), "status": "open",
            "currency": form["line_items[0][price_data][currency]"], "payment_status": "unpaid",
            "client_reference_id": form["client_reference_id"], "expires_at": expires, "payment_intent": None,
            "metadata": {"reference": form["metadata[reference]"]}, "mode": "payment", "locale": form["locale"],
            "capture_method": form.get("payment_intent_data[capture_method]", "automatic"),
            "url": f"{self.url}/c/pay/{name}",
        }  # fmt: skip
        return self._yes(self.sessions[name])

    def _refund(self, form: dict[str, str]) -> Answer:
        paid = next((one for one in self.sessions.values() if one["payment_intent"] == form["payment_intent"]), None)
        if paid is None:
            return self._no(404, "invalid_request_error", "No such payment_intent")
        gone = sum(one["amount"] for one in self.refunds.values() if one["payment_intent"] == paid["payment_intent"])
        if int(form["amount"]) > paid["amount_total"] - gone:
            return self._no(400, "invalid_request_error", "Refund amount is greater than unrefunded amount on charge")
        metadata = {name[9:-1]: value for name, value in form.items() if name.startswith("metadata[")}
        made = self._make_refund(paid, int(form["amount"]), metadata)
        return self._yes(made)

    def _make_refund(self, paid: dict[str, Any], amount: int, metadata: dict[str, str]) -> dict[str, Any]:
        name = f"re_{next(self._numbers)}"
        self.refunds[name] = {
            "id": name, "object": "refund", "amount": amount, "currency": paid["currency"], "status": "succeeded",
            "payment_intent": paid["payment_intent"], "charge": f"ch_{name}", "metadata": metadata,
        }  # fmt: skip
        self.tell("refund.created", self.refunds[name])
        self.tell("refund.updated", self.refunds[name])
        return self.refunds[name]

    def pay(self, name: str) -> None:
        """The buyer pays on the page."""
        session = self.sessions[name]
        if session["capture_method"] == "manual":
            self._hold(session)
            return
        session |= {"payment_status": "paid", "status": "complete", "payment_intent": f"pi_{next(self._numbers)}"}
        wrong = {"amount_total": session["amount_total"] - 1} if self.knobs.wrong_amount else {}
        self.tell("checkout.session.completed", {**session, **wrong})

    def pay_with_crypto(self, name: str) -> None:
        """The buyer pays with a stablecoin: the session says no word of it, the charge names the method."""
        self.pay(name)
        session = self.sessions[name]
        details = {"type": "crypto", "crypto": {"buyer_address": "0x0", "network": "base", "token_currency": "usdc"}}
        charge = {
            "id": f"ch_{next(self._numbers)}", "object": "charge", "amount": session["amount_total"],
            "currency": session["currency"], "payment_intent": session["payment_intent"], "status": "succeeded",
            "metadata": session["metadata"], "payment_method_details": details,
        }  # fmt: skip
        self.tell("charge.succeeded", charge)

    def _hold(self, session: dict[str, Any]) -> None:
        number = f"pi_{next(self._numbers)}"
        session |= {"payment_status": "unpaid", "status": "complete", "payment_intent": number}
        self.intents[number] = {
            "id": number, "object": "payment_intent", "amount": session["amount_total"],
            "amount_capturable": session["amount_total"], "currency": session["currency"], "capture_method": "manual",
            "status": "requires_capture", "metadata": session["metadata"],
        }  # fmt: skip
        self.tell("payment_intent.amount_capturable_updated", dict(self.intents[number]))
        self.tell("checkout.session.completed", dict(session))

    def lapse(self, name: str) -> None:
        """The bank ends a hold by itself."""
        self._end(self.intents[name], into="canceled")

    def _end(self, intent: dict[str, Any], *, into: str) -> Answer:
        if intent["status"] != "requires_capture":
            return self._no(400, "invalid_request_error", f"This PaymentIntent has a status of {intent['status']}")
        intent |= {"status": into, "amount_capturable": 0}
        self.tell(f"payment_intent.{into}", dict(intent))
        return self._yes(intent)

    def refund_by_hand(self, name: str, amount: int) -> None:
        """Somebody refunds in Stripe's own dashboard."""
        self._make_refund(self.sessions[name], amount, {})

    def fail(self, name: str) -> None:
        """The bank says no."""
        session = self.sessions[name]
        intent = {
            "id": f"pi_{next(self._numbers)}", "object": "payment_intent", "amount": session["amount_total"],
            "currency": session["currency"], "status": "requires_payment_method", "metadata": session["metadata"],
        }  # fmt: skip
        self.tell("payment_intent.payment_failed", intent)

    def dispute(self, name: str) -> None:
        """The card holder disputes the charge."""
        session = self.sessions[name]
        dispute = {
            "id": f"dp_{next(self._numbers)}", "object": "dispute", "amount": session["amount_total"],
            "currency": session["currency"], "payment_intent": session["payment_intent"], "metadata": {},
        }  # fmt: skip
        self.tell("charge.dispute.created", dispute)

    def tell(self, kind: str, about: dict[str, Any]) -> None:
        """Put a webhook on its way, as often as the knobs say."""
        event = {
            "id": f"evt_{next(self._numbers)}", "object": "event", "api_version": "2026-10-01", "type": kind,
            "created": int(time.time()), "livemode": False, "pending_webhooks": 1, "data": {"object": about},
            "request": {"id": None, "idempotency_key": None},
        }  # fmt: skip
        body = json.dumps(event, indent=2).encode()
        self.messages += [Message(body)] * (1 + self.knobs.copies)

    def sign(self, body: bytes, *, at: float, secret: str = WEBHOOK_SECRET) -> dict[str, str]:
        """Sign a webhook for this moment."""
        mac = hmac.new(secret.encode(), f"{int(at)}.".encode() + body, hashlib.sha256).hexdigest()
        return {"Stripe-Signature": f"t={int(at)},v1={mac}"}

    def _yes(self, content: dict[str, Any]) -> Answer:
        return 200, JSON, json.dumps(content).encode()

    def _no(self, status: int, kind: str, message: str) -> Answer:
        return status, JSON, json.dumps({"error": {"type": kind, "message": message}}).encode()

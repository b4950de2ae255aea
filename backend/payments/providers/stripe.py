"""Stripe: a Checkout Session per payment, signed webhooks, refunds under an idempotency key."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import orjson
import stripe

from backend.core.webhooks.messages import short_text
from backend.core.webhooks.signing import is_fresh
from backend.payments.errors import ProviderRefused, ProviderUnavailable
from backend.payments.models import Verdict
from backend.payments.ports import (
    KnownPayment,
    Notice,
    NoticeRefused,
    PaymentAnswer,
    PaymentOrder,
    PaySession,
    Standing,
    TransferTerms,
)
from backend.payments.providers.amounts import from_stripe, to_stripe

TIMEOUT_SECONDS = 8.0
SIGNATURE_HEADER = "Stripe-Signature"
API_URL = "https://api.stripe.com"
# Stripe takes no shorter life than half an hour, and money that comes after our deadline is late, not lost.
SHORTEST_SESSION = timedelta(minutes=30)
LOCALES = {"zh-Hans": "zh", "zh-Hant": "zh-TW", "en": "en"}
REFUND_STANDINGS = {
    "succeeded": Standing.SUCCEEDED,
    "pending": Standing.PENDING,
    "requires_action": Standing.PENDING,
    "failed": Standing.FAILED,
    "canceled": Standing.FAILED,
}
INTENT_STANDINGS = {
    "requires_capture": Standing.HELD,
    "succeeded": Standing.SUCCEEDED,
    "canceled": Standing.FAILED,
}
INTENT_KINDS = {
    "payment_intent.payment_failed": "payment.failed",
    "payment_intent.amount_capturable_updated": "payment.authorised",
    "payment_intent.canceled": "payment.voided",
}
Answer = TypeVar("Answer")


class StripeProvider:
    """Speaks to the API of Stripe through its own library."""

    name = "stripe"
    # What a card that is not present is held for; some networks allow longer, none of the usual ones less.
    authorises_for: timedelta | None = timedelta(days=7)
    transfer: TransferTerms | None = None
    label: Mapping[str, str] = {"zh-Hans": "银行卡", "zh-Hant": "信用卡／金融卡", "en": "Card"}
    note: Mapping[str, str] = {"zh-Hans": "由 Stripe 处理", "zh-Hant": "由 Stripe 處理", "en": "Handled by Stripe"}
    taken = ""

    def __init__(self, *, api_key: str, webhook_secrets: list[str], api_url: str = API_URL) -> None:
        self._secrets = webhook_secrets
        self._client = stripe.StripeClient(
            api_key,
            base_addresses={"api": api_url.rstrip("/")},
            http_client=stripe.HTTPXClient(timeout=TIMEOUT_SECONDS, allow_sync_methods=True),
            max_network_retries=0,
        )

    def pay_url(self, order: PaymentOrder, *, shop_host: str) -> str | None:
        """Nothing: Stripe makes the page."""
        return None

    def open_session(self, order: PaymentOrder, *, key: str, until: datetime) -> PaySession:
        """Make a Checkout Session; the same key and order make the same one.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        about = {"reference": order.reference}
        wanted: Any = {
            "mode": "payment",
            "client_reference_id": order.reference,
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": order.currency.lower(),
                        "unit_amount": to_stripe(order.amount_minor, order.currency),
                        "product_data": {"name": order.subject[:250] or order.reference},
                    },
                }
            ],
            "metadata": about,
            "payment_intent_data": {"metadata": about, **({"capture_method": "manual"} if order.is_hold else {})},
            "success_url": order.return_url,
            "cancel_url": order.return_url,
            "expires_at": int(until.timestamp()),
            "locale": LOCALES.get(order.locale, "auto"),
        }
        made = _told(lambda: self._client.v1.checkout.sessions.create(wanted, {"idempotency_key": key}))
        if not made.url:
            raise ProviderUnavailable("a session without an address")
        return PaySession(id=made.id, url=made.url, expires_at=datetime.fromtimestamp(made.expires_at, UTC))

    def close_session(self, *, payment: KnownPayment) -> None:
        """Expire the session. One that is finished cannot be expired, and that is as good.

        Raises: ProviderUnavailable.
        """
        if payment.session_id:
            try:
                _told(lambda: self._client.v1.checkout.sessions.expire(payment.session_id))
            except ProviderRefused:
                return

    def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        """Check signature and age over the raw bytes, then read them.

        Raises: NoticeRefused.
        """
        header = headers.get(SIGNATURE_HEADER, "")
        if not any(_is_signed(body, header, secret) for secret in self._secrets):
            raise NoticeRefused(Verdict.BAD_SIGNATURE)
        if not is_fresh(header, now=now):
            raise NoticeRefused(Verdict.STALE)
        try:
            return _notice(orjson.loads(body), body)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoticeRefused(Verdict.UNREADABLE) from error

    def payment_standing(self, *, payment: KnownPayment) -> PaymentAnswer:
        """Ask what became of the session.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        if not payment.session_id:
            return PaymentAnswer(standing=Standing.UNKNOWN)
        found = _told(lambda: self._client.v1.checkout.sessions.retrieve(payment.session_id))
        if found.payment_status == "paid" and found.currency:
            currency = found.currency.upper()
            return PaymentAnswer(
                standing=Standing.SUCCEEDED,
                amount_minor=from_stripe(found.amount_total, currency),
                currency=currency,
                provider_reference=str(found.payment_intent or ""),
            )
        if found.status == "complete" and found.payment_intent:
            return self._intent_standing(str(found.payment_intent))
        return PaymentAnswer(standing=Standing.FAILED if found.status == "expired" else Standing.PENDING)

    def capture(self, *, key: str, payment: KnownPayment) -> Standing:
        """Take all of the money that is held; an intent that is captured stays captured.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        number = payment.provider_reference
        try:
            made = _told(lambda: self._client.v1.payment_intents.capture(number, {}, {"idempotency_key": key}))
        except ProviderRefused:
            standing = self._intent_standing(number).standing
            if standing in (Standing.SUCCEEDED, Standing.FAILED):
                return standing
            raise
        return INTENT_STANDINGS.get(str(made.status), Standing.PENDING)

    def void(self, *, key: str, payment: KnownPayment) -> Standing:
        """Cancel the intent. One that is canceled or captured already says so.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        number = payment.provider_reference
        try:
            made = _told(lambda: self._client.v1.payment_intents.cancel(number, {}, {"idempotency_key": key}))
        except ProviderRefused:
            standing = self._intent_standing(number).standing
            if standing in (Standing.SUCCEEDED, Standing.FAILED):
                return standing
            raise
        return INTENT_STANDINGS.get(str(made.status), Standing.PENDING)

    def _intent_standing(self, number: str) -> PaymentAnswer:
        """What became of money that was to be held."""
        found = _told(lambda: self._client.v1.payment_intents.retrieve(number))
        standing, currency = INTENT_STANDINGS.get(str(found.status), Standing.PENDING), found.currency.upper()
        if standing not in (Standing.HELD, Standing.SUCCEEDED):
            return PaymentAnswer(standing=standing)
        return PaymentAnswer(
            standing=standing,
            amount_minor=from_stripe(found.amount, currency),
            currency=currency,
            provider_reference=found.id,
        )

    def refund(self, *, key: str, payment: KnownPayment, amount_minor: int) -> Standing:
        """Ask for a refund under a key, which Stripe remembers for a day and the refund for good.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        wanted: Any = {
            "payment_intent": payment.provider_reference,
            "amount": to_stripe(amount_minor, payment.currency),
            "metadata": {"reference": payment.reference, "refund_key": key},
        }
        made = _told(lambda: self._client.v1.refunds.create(wanted, {"idempotency_key": key}))
        return REFUND_STANDINGS.get(str(made.status), Standing.PENDING)

    def refund_standing(self, *, key: str, payment: KnownPayment) -> Standing:
        """Look through the refunds of the payment for the key.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        wanted: Any = {"payment_intent": payment.provider_reference, "limit": 100}
        found = _told(lambda: self._client.v1.refunds.list(wanted))
        for refund in found.auto_paging_iter():
            if getattr(refund.metadata, "refund_key", None) == key:
                return REFUND_STANDINGS.get(str(refund.status), Standing.PENDING)
        return Standing.UNKNOWN


def _told(ask: Callable[[], Answer]) -> Answer:
    """Ask, and tell silence from refusal."""
    try:
        return ask()
    except (stripe.APIConnectionError, stripe.RateLimitError) as silence:
        raise ProviderUnavailable(type(silence).__name__) from silence
    except (stripe.IdempotencyError, stripe.InvalidRequestError, stripe.CardError) as no:
        raise ProviderRefused(str(no.user_message or no.code or no)) from no
    except (stripe.AuthenticationError, stripe.PermissionError) as no:
        raise ProviderRefused(type(no).__name__) from no
    except stripe.StripeError as nonsense:
        raise ProviderUnavailable(f"{type(nonsense).__name__} {nonsense.http_status or ''}") from nonsense


def _is_signed(body: bytes, header: str, secret: str) -> bool:
    try:
        return bool(stripe.WebhookSignature.verify_header(body.decode(), header, secret, tolerance=None))
    except (stripe.SignatureVerificationError, UnicodeError, ValueError, IndexError):
        return False


def _notice(event: Mapping[str, Any], body: bytes) -> Notice:
    subject, kind = event["data"]["object"], str(event["type"])
    known: dict[str, Any] = {
        "provider": StripeProvider.name,
        "event_id": short_text(event["id"], 120),
        "kind": kind[:60],
        "reference": short_text((subject.get("metadata") or {}).get("reference", ""), 64),
        "amount_minor": 0,
        "currency": str(subject.get("currency") or "").upper(),
        "provider_reference": short_text(subject.get("payment_intent") or "", 120),
        "body": body,
    }
    read = READERS.get(str(subject.get("object")))
    return Notice(**(known | read(kind, subject, known["currency"]) if read else known))


def _session(kind: str, subject: Mapping[str, Any], currency: str) -> dict[str, Any]:
    return {
        "kind": _kind_of_session(kind, subject),
        "reference": short_text(subject.get("client_reference_id") or "", 64),
        "amount_minor": from_stripe(subject["amount_total"], currency),
    }


def _intent(kind: str, subject: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """A try that failed, money that is held, taken or released. Money taken at once is told by the session."""
    is_taken = kind == "payment_intent.succeeded" and subject.get("capture_method") == "manual"
    return {
        "kind": "payment.succeeded" if is_taken else INTENT_KINDS.get(kind, kind[:60]),
        "provider_reference": short_text(subject["id"], 120),
        "amount_minor": from_stripe(subject["amount"], currency),
    }


def _refund(kind: str, subject: Mapping[str, Any], currency: str) -> dict[str, Any]:
    given = (subject.get("metadata") or {}).get("refund_key")
    return {
        "kind": _kind_of_refund(kind, str(subject.get("status"))),
        "refund_key": short_text(given or subject["id"], 64),
        "amount_minor": from_stripe(subject["amount"], currency),
    }


def _dispute(kind: str, subject: Mapping[str, Any], currency: str) -> dict[str, Any]:
    is_new = kind == "charge.dispute.created"
    return {
        "kind": "payment.disputed" if is_new else kind[:60],
        "amount_minor": from_stripe(subject["amount"], currency),
    }


def _charge(kind: str, subject: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """Only who paid: the card as Stripe knows it again, whatever name it is paid under."""
    card = (subject.get("payment_method_details") or {}).get("card") or {}
    return {"payer": short_text(card.get("fingerprint") or "", 64)}


READERS = {
    "charge": _charge,
    "checkout.session": _session,
    "payment_intent": _intent,
    "refund": _refund,
    "dispute": _dispute,
}


def _kind_of_session(kind: str, session: Mapping[str, Any]) -> str:
    if kind == "checkout.session.async_payment_failed":
        return "payment.failed"
    is_paid = session.get("payment_status") == "paid"
    is_end = kind in ("checkout.session.completed", "checkout.session.async_payment_succeeded")
    return "payment.succeeded" if is_end and is_paid else kind[:60]


def _kind_of_refund(kind: str, status: str) -> str:
    standing = REFUND_STANDINGS.get(status)
    if standing is Standing.SUCCEEDED:
        return "refund.succeeded"
    return "refund.failed" if standing is Standing.FAILED else kind[:60]

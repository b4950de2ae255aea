"""The sandbox provider, seen from the shop: signed pay links, signed webhooks, and a small API."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

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
from backend.payments.providers.signing import (
    SIGNATURE_HEADER,
    api_key,
    is_body_signed,
    sign_link,
)

TIMEOUT_SECONDS = 5.0
# A hold that was released, and one that its bank ended.
ENDED = {"voided": Standing.FAILED, "lapsed": Standing.FAILED}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SandboxProvider:
    """Speaks to `python -m backend.payments.sandbox`."""

    name = "sandbox"
    authorises_for: timedelta | None = timedelta(days=7)
    transfer: TransferTerms | None = None
    label: Mapping[str, str] = {"zh-Hans": "练习收银台", "zh-Hant": "練習收銀台", "en": "Practice checkout"}
    note: Mapping[str, str] = {"zh-Hans": "不会扣真钱", "zh-Hant": "不會扣真錢", "en": "No real money moves"}
    taken = ""

    def __init__(self, *, url: str, public_url: str, secrets: list[str]) -> None:
        self._url = url.rstrip("/")
        self._public_url = public_url.rstrip("/")
        self._secrets = secrets

    def pay_url(self, order: PaymentOrder, *, shop_host: str) -> str | None:
        """Give the signed address of the pay page; nothing has to be asked of the provider first."""
        fields = {
            "reference": order.reference,
            "amount": str(order.amount_minor),
            "currency": order.currency,
            "subject": order.subject,
            "expires": str(int(order.expires_at.timestamp())),
            "return": order.return_url,
            "locale": order.locale,
            "hold": "1" if order.is_hold else "0",
        }
        signature = sign_link(fields, secret=self._secrets[0])
        return f"{self._base_for(shop_host)}/pay?{urlencode({**fields, 'sign': signature})}"

    def open_session(self, order: PaymentOrder, *, key: str, until: datetime) -> PaySession:
        """Never needed: the address is signed here."""
        raise ProviderRefused("the sandbox needs no session")

    def close_session(self, *, payment: KnownPayment) -> None:
        """Nothing to do: the link ends at its own time."""

    def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        """Check signature and age over the raw bytes, then read them.

        Raises: NoticeRefused.
        """
        header = headers.get(SIGNATURE_HEADER, "")
        if not is_body_signed(body, header, secrets=self._secrets):
            raise NoticeRefused(Verdict.BAD_SIGNATURE)
        if not is_fresh(header, now=now):
            raise NoticeRefused(Verdict.STALE)
        try:
            return _notice(json.loads(body), body)
        except (ValueError, KeyError, TypeError) as error:
            raise NoticeRefused(Verdict.UNREADABLE) from error

    def payment_standing(self, *, payment: KnownPayment) -> PaymentAnswer:
        """Ask what became of a payment.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        answer = self._call("GET", f"/payments/{payment.reference}")
        standing = _standing(answer)
        if answer is None or standing not in (Standing.SUCCEEDED, Standing.HELD):
            return PaymentAnswer(standing=standing)
        try:
            return PaymentAnswer(
                standing=standing,
                amount_minor=int(answer["amount"]),
                currency=str(answer["currency"]),
                provider_reference=str(answer["transaction"]),
            )
        except (KeyError, ValueError) as nonsense:
            raise ProviderUnavailable("an answer that makes no sense") from nonsense

    def capture(self, *, key: str, payment: KnownPayment) -> Standing:
        """Take the money that is held; it is taken once.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        path = f"/payments/{payment.reference}/capture"
        return _standing(self._call("POST", path, headers={"Idempotency-Key": key}))

    def void(self, *, key: str, payment: KnownPayment) -> Standing:
        """Release the money that is held.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        path = f"/payments/{payment.reference}/void"
        return _standing(self._call("POST", path, headers={"Idempotency-Key": key}))

    def refund(self, *, key: str, payment: KnownPayment, amount_minor: int) -> Standing:
        """Ask for a refund under a key.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        wanted = {"reference": payment.reference, "amount": amount_minor, "currency": payment.currency}
        return _standing(self._call("POST", "/refunds", headers={"Idempotency-Key": key}, json=wanted))

    def refund_standing(self, *, key: str, payment: KnownPayment) -> Standing:
        """Ask what became of a refund.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        return _standing(self._call("GET", f"/refunds/{key}"))

    def _base_for(self, shop_host: str) -> str:
        """The provider's public address, or its port on the host under which the browser reaches the shop."""
        if self._public_url:
            return self._public_url
        own = urlsplit(self._url)
        shop = urlsplit(f"//{shop_host}").hostname or ""
        if own.hostname not in LOOPBACK or not shop:
            return self._url
        host = f"[{shop}]" if ":" in shop else shop
        return f"{own.scheme}://{host}:{own.port}"

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any] | None:
        """Call the API; None says that it does not know the thing."""
        headers = {"Authorization": f"Bearer {api_key(self._secrets[0])}", **options.pop("headers", {})}
        try:
            answer = httpx.request(method, self._url + path, headers=headers, timeout=TIMEOUT_SECONDS, **options)
            found = answer.json() if answer.status_code < 500 else None
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderUnavailable(type(error).__name__) from error
        if answer.status_code >= 500 or answer.status_code == 429:
            raise ProviderUnavailable(f"status {answer.status_code}")
        if answer.status_code == 404 and method == "GET":
            return None
        if answer.status_code >= 400 or not isinstance(found, dict):
            raise ProviderRefused(str(found))
        return found


def _notice(content: dict[str, Any], body: bytes) -> Notice:
    amount = content["amount"]
    if type(amount) is not int:
        raise TypeError("An amount is a whole number.")
    return Notice(
        provider=SandboxProvider.name,
        event_id=short_text(content["id"], 120),
        kind=short_text(content["type"], 60),
        reference=short_text(content["reference"], 64),
        amount_minor=amount,
        currency=short_text(content["currency"], 3),
        provider_reference=short_text(content.get("transaction", ""), 120),
        refund_key=short_text(content.get("refundKey", ""), 64),
        payer=short_text(content.get("payer", ""), 64),
        body=body,
    )


def _standing(answer: dict[str, Any] | None) -> Standing:
    if answer is None:
        return Standing.UNKNOWN
    try:
        return ENDED.get(answer["state"]) or Standing(answer["state"])
    except (KeyError, ValueError) as error:
        raise ProviderUnavailable("an answer that makes no sense") from error

"""WeChat Pay, API v3: pages in a phone's browser, sealed and signed notifications, refunds under our own number."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx

from backend.payments.errors import ProviderNeedsPerson, ProviderRefused, ProviderUnavailable
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
from backend.payments.providers.wechat_keys import WechatKeys

TIMEOUT_SECONDS = 8
API_URL = "https://api.mch.weixin.qq.com"
SAID_AT = timedelta(minutes=5)
# An address of WeChat's page is good for five minutes; the trade behind it for as long as the payment.
PAGE_LIVES = timedelta(minutes=4, seconds=30)
PAID = frozenset({"SUCCESS", "REFUND"})
OVER = frozenset({"CLOSED", "REVOKED", "PAYERROR"})
REFUND_STANDINGS: Mapping[str, Standing] = {
    "SUCCESS": Standing.SUCCEEDED,
    "PROCESSING": Standing.PENDING,
    "CLOSED": Standing.FAILED,
}
ABNORMAL = "ABNORMAL: the payer's account cannot take the money; settle it on WeChat's merchant page"
KINDS: Mapping[str, str] = {
    "TRANSACTION.SUCCESS": "payment.succeeded",
    "REFUND.SUCCESS": "refund.succeeded",
    "REFUND.ABNORMAL": "refund.failed",
    "REFUND.CLOSED": "refund.failed",
}


class WechatProvider:
    """Speaks to WeChat Pay as one merchant."""

    name = "wechat"
    # A page in the browser takes the money at once.
    authorises_for: timedelta | None = None
    transfer: TransferTerms | None = None
    label: Mapping[str, str] = {"zh-Hans": "微信支付", "zh-Hant": "微信支付", "en": "WeChat Pay"}
    note: Mapping[str, str] = {"zh-Hans": "打开微信付款", "zh-Hant": "開啟微信付款", "en": "Opens WeChat"}
    taken = ""

    def __init__(
        self, *, app_id: str, merchant_id: str, keys: WechatKeys, notify_url: str, api_url: str = API_URL
    ) -> None:
        self._app_id, self._merchant_id, self._keys = app_id, merchant_id, keys
        self._notify_url, self._api_url = notify_url, api_url.rstrip("/")

    def pay_url(self, order: PaymentOrder, *, shop_host: str) -> str | None:
        """None: WeChat makes the page."""
        return None

    def open_session(self, order: PaymentOrder, *, key: str, until: datetime) -> PaySession:
        """Let WeChat make a page. A trade that is asked for again must be the same to the letter, so the text on the
        page depends on nothing but the payment.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        scene = {"payer_client_ip": order.payer_address or "127.0.0.1", "h5_info": {"type": "Wap"}}
        answer = self._call("POST", "/v3/pay/transactions/h5", {**self._trade(order), "scene_info": scene})
        page = answer.get("h5_url") if answer else None
        if not isinstance(page, str) or urlsplit(page).scheme not in ("https", "http"):
            raise ProviderUnavailable("an answer without a page")
        url = f"{page}{'&' if urlsplit(page).query else '?'}{urlencode({'redirect_url': order.return_url})}"
        lives_until = min(until, self._keys.now() + PAGE_LIVES)
        return PaySession(id=order.reference, url=url, expires_at=lives_until)

    def _trade(self, order: PaymentOrder) -> dict[str, Any]:
        """What every kind of trade says; the text depends on nothing but the payment."""
        return {
            "appid": self._app_id,
            "mchid": self._merchant_id,
            "description": f"团子订单 {order.reference[-8:].upper()}",
            "out_trade_no": order.reference,
            "time_expire": order.expires_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00"),
            "notify_url": self._notify_url,
            "amount": {"total": order.amount_minor, "currency": order.currency},
        }

    def close_session(self, *, payment: KnownPayment) -> None:
        """Close the trade, so that nobody can pay it any more; one that nobody opened needs no closing.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        path = f"/v3/pay/transactions/out-trade-no/{quote(payment.reference, safe='')}/close"
        self._call("POST", path, {"mchid": self._merchant_id}, absent_is_none=True)

    def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        """Check signature and age, open what is sealed, check whom it is for, then read.

        Raises: NoticeRefused.
        """
        if not self._keys.is_signed(headers, body):
            raise NoticeRefused(Verdict.BAD_SIGNATURE)
        at = self._keys.said_at(headers)
        if at is None or abs(now - at) > SAID_AT:
            raise NoticeRefused(Verdict.STALE)
        try:
            told = json.loads(body)
            content = json.loads(self._keys.opened(told["resource"]))
            merchant, app_id = content["mchid"], content.get("appid", self._app_id)
            notice = _notice(self.name, told, content, body)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoticeRefused(Verdict.UNREADABLE) from error
        if (merchant, app_id) != (self._merchant_id, self._app_id):
            raise NoticeRefused(Verdict.BAD_SIGNATURE)
        return notice

    def payment_standing(self, *, payment: KnownPayment) -> PaymentAnswer:
        """Ask what became of a trade; a buyer who never opened the page has none.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        asked = urlencode({"mchid": self._merchant_id})
        path = f"/v3/pay/transactions/out-trade-no/{quote(payment.reference, safe='')}?{asked}"
        answer = self._call("GET", path, absent_is_none=True)
        if answer is None:
            return PaymentAnswer(standing=Standing.UNKNOWN)
        state = answer.get("trade_state")
        if state not in PAID:
            return PaymentAnswer(standing=Standing.FAILED if state in OVER else Standing.PENDING)
        try:
            return PaymentAnswer(
                standing=Standing.SUCCEEDED,
                amount_minor=_whole(answer["amount"]["total"]),
                currency=str(answer["amount"].get("currency", "CNY")),
                provider_reference=str(answer["transaction_id"]),
            )
        except (KeyError, TypeError, ValueError) as nonsense:
            raise ProviderUnavailable("an answer without an amount") from nonsense

    def capture(self, *, key: str, payment: KnownPayment) -> Standing:
        """Never needed: nothing is held here."""
        raise ProviderRefused("WeChat Pay holds no money here")

    def void(self, *, key: str, payment: KnownPayment) -> Standing:
        """Never needed: nothing is held here."""
        raise ProviderRefused("WeChat Pay holds no money here")

    def refund(self, *, key: str, payment: KnownPayment, amount_minor: int) -> Standing:
        """Ask for a refund under our number; the same number is the same refund.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        wanted = {
            "out_trade_no": payment.reference,
            "out_refund_no": key,
            "notify_url": self._notify_url,
            "amount": {"refund": amount_minor, "total": payment.amount_minor, "currency": payment.currency},
        }
        return _refund_standing(self._call("POST", "/v3/refund/domestic/refunds", wanted))

    def refund_standing(self, *, key: str, payment: KnownPayment) -> Standing:
        """Ask what became of a refund.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        path = f"/v3/refund/domestic/refunds/{quote(key, safe='')}"
        return _refund_standing(self._call("GET", path, absent_is_none=True))

    def _call(
        self, method: str, path: str, wanted: Mapping[str, Any] | None = None, *, absent_is_none: bool = False
    ) -> dict[str, Any] | None:
        """Call the API, believe only what WeChat signed, and tell silence from refusal."""
        body = b"" if wanted is None else json.dumps(wanted, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            "Authorization": self._keys.authorisation(method, path, body, merchant_id=self._merchant_id),
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        try:
            answer = httpx.request(
                method, self._api_url + path, content=body or None, headers=headers, timeout=TIMEOUT_SECONDS
            )
            found = answer.json() if answer.content else {}
        except (httpx.HTTPError, ValueError) as silence:
            raise ProviderUnavailable(type(silence).__name__) from silence
        if answer.is_success:
            if not self._keys.is_signed(answer.headers, answer.content) or not isinstance(found, dict):
                raise ProviderUnavailable("an answer that WeChat did not sign")
            return found
        if answer.status_code >= 500 or answer.status_code == 429 or not isinstance(found, dict):
            raise ProviderUnavailable(f"status {answer.status_code}")
        if answer.status_code == 404 and absent_is_none:
            return None
        raise ProviderRefused(f"{found.get('code', answer.status_code)} {found.get('message', '')}".strip())


def _notice(provider: str, told: Mapping[str, Any], content: Mapping[str, Any], body: bytes) -> Notice:
    kind = KINDS.get(told["event_type"], str(told["event_type"])[:60].lower())
    is_refund = "out_refund_no" in content
    amount = content["amount"]
    return Notice(
        provider=provider,
        event_id=str(told["id"])[:120],
        kind=kind,
        reference=str(content["out_trade_no"])[:64],
        amount_minor=_whole(amount["refund"] if is_refund else amount["total"]),
        currency=str(amount.get("currency", "CNY")),
        provider_reference=str(content["transaction_id"])[:120],
        refund_key=str(content.get("out_refund_no", ""))[:64],
        payer=str((content.get("payer") or {}).get("openid", ""))[:64],
        body=body,
    )


def _refund_standing(answer: Mapping[str, Any] | None) -> Standing:
    if answer is None:
        return Standing.UNKNOWN
    if answer.get("status") == "ABNORMAL":
        raise ProviderNeedsPerson(ABNORMAL)
    standing = REFUND_STANDINGS.get(str(answer.get("status")))
    if standing is None:
        raise ProviderUnavailable("an answer that makes no sense")
    return standing


def _whole(amount: object) -> int:
    if type(amount) is not int:
        raise TypeError("An amount is a whole number of fen.")
    return amount

"""Alipay on the mobile web: a signed page address, signed notifications, refunds under our own request number."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from alipay import AliPay
from alipay.exceptions import AliPayException, AliPayValidationError
from alipay.utils import AliPayConfig

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
from backend.payments.providers.amounts import fen, yuan

TIMEOUT_SECONDS = 8
GATEWAY = "https://openapi.alipay.com/gateway.do"
SHANGHAI = ZoneInfo("Asia/Shanghai")
# A notification is repeated for 25 hours, and its number makes a copy harmless.
OLDEST_NOTICE = timedelta(hours=26)
DONE = "10000"
NOT_THERE = frozenset({"ACQ.TRADE_NOT_EXIST", "TRADE_NOT_EXIST"})
OUTCOME_UNKNOWN = frozenset({"ACQ.SYSTEM_ERROR", "AQC.SYSTEM_ERROR", "SYSTEM_ERROR", "isp.unknow-error"})
PAID = frozenset({"TRADE_SUCCESS", "TRADE_FINISHED"})
NOT_IN_A_SUBJECT = re.compile(r"[/=&<>\x00-\x1f]+")


class AlipayProvider:
    """Speaks to the gateway of Alipay; RSA2 on both sides."""

    name = "alipay"
    # A page on the mobile web takes the money at once; holding it is another contract and another way to pay.
    authorises_for: timedelta | None = None
    transfer: TransferTerms | None = None
    label: Mapping[str, str] = {"zh-Hans": "支付宝", "zh-Hant": "支付寶", "en": "Alipay"}
    note: Mapping[str, str] = {"zh-Hans": "打开支付宝付款", "zh-Hant": "開啟支付寶付款", "en": "Opens Alipay"}
    taken = "success"

    def __init__(
        self, *, app_id: str, private_key: str, public_key: str, notify_url: str, gateway: str = GATEWAY
    ) -> None:
        self._app_id = app_id
        self._gateway = gateway
        self._alipay = AliPay(
            appid=app_id,
            app_notify_url=notify_url,
            app_private_key_string=_pem(private_key, "RSA PRIVATE KEY"),
            alipay_public_key_string=_pem(public_key, "PUBLIC KEY"),
            sign_type="RSA2",
            config=AliPayConfig(timeout=TIMEOUT_SECONDS),
        )
        self._alipay._gateway = gateway

    def pay_url(self, order: PaymentOrder, *, shop_host: str) -> str | None:
        """Give the signed address of the pay page; nothing has to be asked of Alipay first."""
        if order.currency != "CNY":
            raise ValueError("Alipay takes yuan.")
        signed = self._alipay.api_alipay_trade_wap_pay(
            subject=NOT_IN_A_SUBJECT.sub(" ", order.subject)[:200].strip() or order.reference,
            out_trade_no=order.reference,
            total_amount=yuan(order.amount_minor),
            return_url=order.return_url,
            quit_url=order.return_url,
            time_expire=order.expires_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
        )
        return f"{self._gateway}?{signed}"

    def open_session(self, order: PaymentOrder, *, key: str, until: datetime) -> PaySession:
        """Never needed: the address is signed here."""
        raise ProviderRefused("Alipay needs no session")

    def close_session(self, *, payment: KnownPayment) -> None:
        """Nothing to do: the trade ends at its own time."""

    def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        """Check signature, receiver and age, then read.

        Raises: NoticeRefused.
        """
        try:
            told = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
            is_signed = self._is_signed(told)
        except (ValueError, AliPayException) as error:
            raise NoticeRefused(Verdict.BAD_SIGNATURE) from error
        if not is_signed or told.get("app_id") != self._app_id:
            raise NoticeRefused(Verdict.BAD_SIGNATURE)
        try:
            at = datetime.strptime(told["notify_time"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=SHANGHAI)
        except (KeyError, ValueError) as error:
            raise NoticeRefused(Verdict.UNREADABLE) from error
        if abs(now - at) > OLDEST_NOTICE:
            raise NoticeRefused(Verdict.STALE)
        try:
            return _notice(told, body)
        except (ValueError, KeyError) as error:
            raise NoticeRefused(Verdict.UNREADABLE) from error

    def payment_standing(self, *, payment: KnownPayment) -> PaymentAnswer:
        """Ask what became of a trade; a buyer who never opened the page has none.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        answer = self._ask("alipay.trade.query", {"out_trade_no": payment.reference}, absent_is_none=True)
        if answer is None:
            return PaymentAnswer(standing=Standing.UNKNOWN)
        status = answer.get("trade_status")
        if status in PAID:
            return PaymentAnswer(
                standing=Standing.SUCCEEDED,
                amount_minor=_amount(answer, "total_amount"),
                currency="CNY",
                provider_reference=str(answer.get("trade_no", "")),
            )
        return PaymentAnswer(standing=Standing.FAILED if status == "TRADE_CLOSED" else Standing.PENDING)

    def capture(self, *, key: str, payment: KnownPayment) -> Standing:
        """Never needed: nothing is held here."""
        raise ProviderRefused("Alipay holds no money here")

    def void(self, *, key: str, payment: KnownPayment) -> Standing:
        """Never needed: nothing is held here."""
        raise ProviderRefused("Alipay holds no money here")

    def refund(self, *, key: str, payment: KnownPayment, amount_minor: int) -> Standing:
        """Ask for a refund under our request number. "No change of funds" says that this number was refunded before.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        wanted = {
            "out_trade_no": payment.reference,
            "refund_amount": yuan(amount_minor),
            "out_request_no": key,
        }
        answer = self._ask("alipay.trade.refund", wanted)
        if answer is not None and answer.get("fund_change") == "Y":
            return Standing.SUCCEEDED
        return self.refund_standing(key=key, payment=payment)

    def refund_standing(self, *, key: str, payment: KnownPayment) -> Standing:
        """Ask what became of a refund.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        wanted = {"out_trade_no": payment.reference, "out_request_no": key}
        answer = self._ask("alipay.trade.fastpay.refund.query", wanted, absent_is_none=True)
        if not answer or "refund_amount" not in answer:
            return Standing.UNKNOWN
        # Older answers carry no status; a refund that is listed is done.
        return (
            Standing.SUCCEEDED
            if answer.get("refund_status", "REFUND_SUCCESS") == "REFUND_SUCCESS"
            else Standing.PENDING
        )

    def _is_signed(self, told: Mapping[str, str]) -> bool:
        signed = {name: value for name, value in told.items() if name != "sign" and value != ""}
        return bool(self._alipay.verify(signed, told.get("sign", "")))

    def _ask(self, method: str, wanted: dict[str, str], *, absent_is_none: bool = False) -> dict[str, Any] | None:
        """Call the gateway, and tell silence from refusal; the library checks the signature of the answer."""
        try:
            answer = self._alipay.server_api(method, dict(wanted))
        except (OSError, ValueError, AliPayException, AliPayValidationError) as silence:
            raise ProviderUnavailable(type(silence).__name__) from silence
        if not isinstance(answer, dict):
            raise ProviderUnavailable("an answer that makes no sense")
        code, detail = str(answer.get("code", "")), str(answer.get("sub_code", ""))
        if code == DONE:
            return answer
        if absent_is_none and detail in NOT_THERE:
            return None
        if code == "20000" or detail in OUTCOME_UNKNOWN:
            raise ProviderUnavailable(detail or code)
        raise ProviderRefused(f"{detail or code} {answer.get('sub_msg', '')}".strip())


def _notice(told: Mapping[str, str], body: bytes) -> Notice:
    return Notice(
        provider=AlipayProvider.name,
        event_id=told["notify_id"][:120],
        kind=_kind(told),
        reference=told["out_trade_no"][:64],
        amount_minor=fen(told.get("total_amount", "0")),
        currency="CNY",
        provider_reference=told.get("trade_no", "")[:120],
        refund_key=told.get("out_biz_no", "")[:64],
        payer=told.get("buyer_id", "")[:64],
        body=body,
    )


def _kind(told: Mapping[str, str]) -> str:
    """A message about a refund tells the sum of all refunds, not this one's amount; the refund itself is asked for."""
    if told.get("gmt_refund"):
        return "refund.noticed" if told.get("out_biz_no") else "refund.unasked"
    status = told["trade_status"]
    if status in PAID:
        return "payment.succeeded"
    return "payment.failed" if status == "TRADE_CLOSED" else status[:60].lower()


def _amount(answer: Mapping[str, Any], name: str) -> int:
    try:
        return fen(str(answer[name]))
    except (KeyError, ValueError) as nonsense:
        raise ProviderUnavailable("an answer without an amount") from nonsense


def _pem(key: str, kind: str) -> str:
    """A key as Alipay's tool gives it, one long line, put into the form that the library reads."""
    if "BEGIN" in key:
        return key.replace("\\n", "\n")
    return f"-----BEGIN {kind}-----\n{key}\n-----END {kind}-----"

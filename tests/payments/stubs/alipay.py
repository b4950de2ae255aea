"""A stand-in for Alipay's gateway: checks our RSA2 signatures, signs its answers and notifications with its own key."""

import base64
import json
import time
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.payments.stubs.serving import Answer, Knobs, Message

APP_ID = "2021000000000001"
JSON = "application/json;charset=utf-8"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def new_keys() -> tuple[rsa.RSAPrivateKey, str, str]:
    """A pair of keys: the key itself, its private and its public part as the long lines that Alipay's tool gives."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return key, base64.b64encode(private).decode(), base64.b64encode(public).decode()


def joined(fields: dict[str, str]) -> bytes:
    """What is signed: the fields that are not empty, by name."""
    return "&".join(f"{name}={value}" for name, value in sorted(fields.items()) if value != "").encode()


class AlipayStub:
    """One Alipay merchant."""

    def __init__(self, url: str) -> None:
        self.url, self.knobs = url, Knobs()
        self.shop_key, self.shop_private, _public = new_keys()
        self.key, _private, self.public = new_keys()
        self.trades: dict[str, dict[str, Any]] = {}
        self.refunds: dict[tuple[str, str], str] = {}
        self.calls: list[str] = []
        self.messages: list[Message] = []
        self._numbers = count(1)

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> Answer | None:
        """Answer one call of the gateway, or show the pay page."""
        fields = dict(parse_qsl(urlsplit(path).query, keep_blank_values=True))
        name = fields.get("method", "")
        self.calls.append(name)
        if self.knobs.is_down:
            return 502, "text/html", b"<h1>bad gateway</h1>"
        if not self._is_signed(fields):
            return self._told(name, {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-signature"})
        wanted = json.loads(fields["biz_content"])
        if name == "alipay.trade.wap.pay":
            self.trades.setdefault(wanted["out_trade_no"], {**wanted, "notify_url": fields["notify_url"]})
            return 200, "text/html", wanted["total_amount"].encode()
        doing = {
            "alipay.trade.query": self._query,
            "alipay.trade.refund": self._refund,
            "alipay.trade.fastpay.refund.query": self._refund_query,
        }[name]
        told = self._told(name, doing(wanted))
        return None if self.knobs.is_silent_after_success and name == "alipay.trade.refund" else told

    def _is_signed(self, fields: dict[str, str]) -> bool:
        signed = {name: value for name, value in fields.items() if name != "sign"}
        at = datetime.strptime(fields["timestamp"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=SHANGHAI)
        if abs(datetime.now(SHANGHAI) - at) > timedelta(minutes=10) or fields["app_id"] != APP_ID:
            return False
        try:
            self.shop_key.public_key().verify(
                base64.b64decode(fields["sign"]), joined(signed), padding.PKCS1v15(), hashes.SHA256()
            )
        except InvalidSignature:
            return False
        return True

    def _query(self, wanted: dict[str, str]) -> dict[str, str]:
        trade = self.trades.get(wanted["out_trade_no"])
        if trade is None or "trade_no" not in trade:
            return {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST"}
        return {
            "code": "10000", "msg": "Success", "out_trade_no": wanted["out_trade_no"], "trade_no": trade["trade_no"],
            "trade_status": trade["trade_status"], "total_amount": trade["total_amount"],
        }  # fmt: skip

    def _refund(self, wanted: dict[str, str]) -> dict[str, str]:
        trade, key = self.trades.get(wanted["out_trade_no"]), (wanted["out_trade_no"], wanted["out_request_no"])
        if trade is None or "trade_no" not in trade:
            return {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST", "sub_msg": "没有"}
        is_new = key not in self.refunds
        if is_new:
            gone = sum(self._fen(amount) for (number, _), amount in self.refunds.items() if number == key[0])
            if gone + self._fen(wanted["refund_amount"]) > self._fen(trade["total_amount"]):
                return {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"}
            self.refunds[key] = wanted["refund_amount"]
            self._tell(trade, out_biz_no=key[1], gmt_refund="2026-11-22 16:00:00.000", refund_fee=self.refunds[key])
        return {"code": "10000", "msg": "Success", "fund_change": "Y" if is_new else "N", "trade_no": trade["trade_no"]}

    def _refund_query(self, wanted: dict[str, str]) -> dict[str, str]:
        amount = self.refunds.get((wanted["out_trade_no"], wanted["out_request_no"]))
        if amount is None:
            return {"code": "10000", "msg": "Success"}
        return {
            "code": "10000", "msg": "Success", "refund_status": "REFUND_SUCCESS", "refund_amount": amount,
            "out_request_no": wanted["out_request_no"],
        }  # fmt: skip

    def pay(self, reference: str) -> None:
        """The buyer pays on the page."""
        trade = self.trades[reference]
        trade |= {"trade_no": f"20261122{next(self._numbers):020d}", "trade_status": "TRADE_SUCCESS"}
        wrong = {"total_amount": "0.01"} if self.knobs.wrong_amount else {}
        self._tell({**trade, **wrong})

    def refund_by_hand(self, reference: str, amount: str) -> None:
        """Somebody refunds on Alipay's own merchant page."""
        self._tell(self.trades[reference], gmt_refund="2026-11-22 16:00:00.000", refund_fee=amount)

    def _tell(self, trade: dict[str, Any], **more: str) -> None:
        fields = {
            "notify_id": f"notify{next(self._numbers):012d}", "notify_type": "trade_status_sync", "charset": "utf-8",
            "app_id": APP_ID, "version": "1.0", "trade_no": trade["trade_no"], "trade_status": trade["trade_status"],
            "out_trade_no": trade["out_trade_no"], "total_amount": trade["total_amount"], "subject": trade["subject"],
            "buyer_id": "2088000000000001", "receipt_amount": trade["total_amount"], "empty": "", **more,
        }  # fmt: skip
        fields["notify_time"] = datetime.fromtimestamp(time.time(), SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
        self.messages += [Message(self.sign(fields))] * (1 + self.knobs.copies)

    def sign(self, fields: dict[str, str], key: rsa.RSAPrivateKey | None = None) -> bytes:
        """A notification as a form, signed over everything but the signature and its kind."""
        signature = (key or self.key).sign(joined(fields), padding.PKCS1v15(), hashes.SHA256())
        return urlencode({**fields, "sign": base64.b64encode(signature).decode(), "sign_type": "RSA2"}).encode()

    def _told(self, name: str, content: dict[str, str]) -> Answer:
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        signature = base64.b64encode(self.key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
        body = f'{{"{name.replace(".", "_")}_response":{text},"sign":"{signature}"}}'
        return 200, JSON, body.encode()

    def _fen(self, text: str) -> int:
        yuan, _, rest = text.partition(".")
        return int(yuan) * 100 + int(rest.ljust(2, "0"))

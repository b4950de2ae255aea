"""A stand-in for WeChat Pay's API v3: checks our signatures, signs its answers, seals and signs its notifications.

It stands in for WeChat's own doors too: the one that sends a browser on with a code, and the one that takes the code.
"""

import base64
import json
import re
import secrets
import time
from datetime import datetime
from itertools import count
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.payments.stubs.serving import Answer, Knobs, Message

APP_ID, MERCHANT, SERIAL, KEY_ID = (
    "wx0000000000000001",
    "1900000001",
    "3775B6A45ACD588826D15E583A95F5DD",
    "PUB_KEY_ID_01",
)
API_KEY = "0123456789abcdef0123456789abcdef"
APP_SECRET = "d4624c36b6795d1d99dcf0547af5443d"
PAYER = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
JSON = "application/json"
PART = re.compile(r'(\w+)="([^"]*)"')


def new_keys() -> tuple[rsa.RSAPrivateKey, str, str]:
    """A pair of keys: the key itself, its private part as PEM, its public part as one long line."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return key, private.decode(), base64.b64encode(public).decode()


class WechatStub:
    """One merchant of WeChat Pay."""

    def __init__(self, url: str) -> None:
        self.url, self.knobs = url, Knobs()
        self.shop_key, self.shop_private, _public = new_keys()
        self.key, _private, self.public = new_keys()
        self.trades: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.refund_status = "SUCCESS"
        self.signs_with = self.key
        self.calls: list[str] = []
        self.messages: list[Message] = []
        self.codes: dict[str, str] = {}
        self.payer = PAYER
        self._used: set[str] = set()
        self._seen: set[str] = set()
        self._numbers = count(1)

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> Answer | None:
        """Answer one call of the API, or show the pay page."""
        split = urlsplit(path)
        if split.path == "/page":
            return 200, "text/html", parse_qs(split.query)["redirect_url"][0].encode()
        if split.path == "/connect/oauth2/authorize":
            return self._send_on(dict(parse_qsl(split.query)))
        self.calls.append(f"{method} {split.path}")
        if self.knobs.is_down:
            return 502, "text/html", b"<h1>bad gateway</h1>"
        if split.path == "/sns/oauth2/access_token":
            return 200, "text/plain", json.dumps(self._who(dict(parse_qsl(split.query)))).encode()
        if not self._is_signed(method, path, headers.get("Authorization", ""), body):
            return 401, JSON, b'{"code":"SIGN_ERROR","message":"wrong"}'
        wanted = json.loads(body) if body else {}
        status, content = self._do(method, split.path.split("/"), wanted)
        if self.knobs.is_silent_after_success and method == "POST":
            return None
        text = b"" if status == 204 else json.dumps(content, ensure_ascii=False).encode()
        return status, JSON, text, self.headers(text)

    def _do(self, method: str, path: list[str], wanted: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        match method, path:
            case "POST", ["", "v3", "pay", "transactions", "h5"]:
                return self._prepare(wanted)
            case "POST", ["", "v3", "pay", "transactions", "jsapi"]:
                return self._prepare_inside(wanted)
            case "GET", ["", "v3", "pay", "transactions", "out-trade-no", reference]:
                trade = self.trades.get(reference)
                return (
                    (200, self._told(trade)) if trade else (404, {"code": "ORDER_NOT_EXIST", "message": "订单不存在"})
                )
            case "POST", ["", "v3", "pay", "transactions", "out-trade-no", reference, "close"]:
                return self._close(reference)
            case "POST", ["", "v3", "refund", "domestic", "refunds"]:
                return self._refund(wanted)
            case "GET", ["", "v3", "refund", "domestic", "refunds", key]:
                found = self.refunds.get(key)
                return (200, found) if found else (404, {"code": "RESOURCE_NOT_EXISTS", "message": "退款单不存在"})
        return 400, {"code": "PARAM_ERROR", "message": "no such thing"}

    def _prepare(self, wanted: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        made = self.trades.setdefault(wanted["out_trade_no"], {"wanted": wanted, "trade_state": "NOTPAY"})
        same = {**wanted, "scene_info": None} == {**made["wanted"], "scene_info": None}
        if not same or (wanted["appid"], wanted["mchid"]) != (APP_ID, MERCHANT):
            return 400, {"code": "INVALID_REQUEST", "message": "参数与首次请求不一致"}
        if made["trade_state"] != "NOTPAY":
            return 400, {"code": "ORDERPAID", "message": "订单已支付"}
        return 200, {"h5_url": f"{self.url}/page?prepay_id=wx{next(self._numbers)}&package=1"}

    def _prepare_inside(self, wanted: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if wanted["payer"]["openid"] not in self.codes.values() or "scene_info" in wanted:
            return 400, {"code": "PARAM_ERROR", "message": "无效的openid"}
        status, told = self._prepare(wanted)
        return (200, {"prepay_id": f"wx{next(self._numbers):034d}"}) if status == 200 else (status, told)

    def _send_on(self, asked: dict[str, str]) -> Answer:
        """Send the browser back with a code, as WeChat does without asking the person anything."""
        wanted = ("appid", "redirect_uri", "response_type", "scope", "state")
        is_well_asked = tuple(asked) == wanted and asked["appid"] == APP_ID and asked["scope"] == "snsapi_base"
        if not is_well_asked or not (asked["state"].isalnum() and len(asked["state"]) <= 128):
            return 200, "text/html", b"<h1>Oops</h1>"
        code = f"code{next(self._numbers)}"
        self.codes[code] = self.payer
        back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
        return 302, "text/html", b"", {"Location": back}

    def _who(self, asked: dict[str, str]) -> dict[str, Any]:
        """Say whose code it is, once."""
        code = asked["code"]
        if (asked["appid"], asked["secret"], asked["grant_type"]) != (APP_ID, APP_SECRET, "authorization_code"):
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        if code not in self.codes or code in self._used:
            return {"errcode": 40163 if code in self._used else 40029, "errmsg": "code been used"}
        self._used.add(code)
        return {
            "access_token": "T",
            "expires_in": 7200,
            "refresh_token": "R",
            "openid": self.codes[code],
            "scope": "snsapi_base",
        }

    def sheet_is_signed(self, sheet: dict[str, str]) -> bool:
        """Whether WeChat's browser would show this sheet."""
        signed = "\n".join([sheet["appId"], sheet["timeStamp"], sheet["nonceStr"], sheet["package"], ""]).encode()
        try:
            self.shop_key.public_key().verify(
                base64.b64decode(sheet["paySign"]), signed, padding.PKCS1v15(), hashes.SHA256()
            )
        except InvalidSignature:
            return False
        return (sheet["appId"], sheet["signType"]) == (APP_ID, "RSA") and sheet["package"].startswith("prepay_id=wx")

    def _close(self, reference: str) -> tuple[int, dict[str, Any]]:
        if reference not in self.trades:
            return 404, {"code": "ORDER_NOT_EXIST", "message": "订单不存在"}
        if self.trades[reference]["trade_state"] == "SUCCESS":
            return 400, {"code": "ORDERPAID", "message": "订单已支付"}
        self.trades[reference]["trade_state"] = "CLOSED"
        return 204, {}

    def _refund(self, wanted: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        trade = self.trades.get(wanted["out_trade_no"])
        if trade is None or "transaction_id" not in trade:
            return 404, {"code": "RESOURCE_NOT_EXISTS", "message": "订单不存在"}
        if wanted["out_refund_no"] not in self.refunds:
            gone = sum(each["amount"]["refund"] for each in self.refunds.values())
            if gone + wanted["amount"]["refund"] > trade["wanted"]["amount"]["total"]:
                return 403, {"code": "NOT_ENOUGH", "message": "退款金额超过可退"}
            self.refunds[wanted["out_refund_no"]] = {
                "refund_id": f"50{next(self._numbers):026d}", "out_refund_no": wanted["out_refund_no"],
                "out_trade_no": wanted["out_trade_no"], "transaction_id": trade["transaction_id"],
                "status": self.refund_status, "amount": wanted["amount"],
            }  # fmt: skip
        return 200, self.refunds[wanted["out_refund_no"]]

    def _told(self, trade: dict[str, Any]) -> dict[str, Any]:
        paid: dict[str, Any] = {name: trade[name] for name in ("transaction_id", "payer") if name in trade}
        amount = {**trade["wanted"]["amount"], "payer_total": trade["wanted"]["amount"]["total"]}
        return {
            "appid": APP_ID, "mchid": MERCHANT, "out_trade_no": trade["wanted"]["out_trade_no"],
            "trade_state": trade["trade_state"], "amount": amount, **paid,
        }  # fmt: skip

    def pay(self, reference: str, **more: Any) -> None:
        """The buyer pays in WeChat."""
        trade = self.trades[reference]
        number = f"42000{next(self._numbers):023d}"
        trade |= {
            "trade_state": "SUCCESS",
            "transaction_id": number,
            "payer": {"openid": PAYER},
        }
        wrong = {"amount": {"total": 1, "payer_total": 1, "currency": "CNY"}} if self.knobs.wrong_amount else {}
        self.tell("TRANSACTION.SUCCESS", {**self._told(trade), **wrong, **more})

    def end_refund(self, key: str, status: str) -> None:
        """WeChat ends a refund, and says so."""
        refund = self.refunds[key]
        refund["status"] = status
        told = {name: value for name, value in refund.items() if name != "status"}
        self.tell(f"REFUND.{status}", {"mchid": MERCHANT, "refund_status": status, **told})

    def tell(self, event: str, content: dict[str, Any], *, api_key: str = API_KEY) -> None:
        """Write one notification, as often as the knobs say."""
        nonce, label = secrets.token_hex(6), "refund" if event.startswith("REFUND") else "transaction"
        sealed = AESGCM(api_key.encode()).encrypt(nonce.encode(), json.dumps(content).encode(), label.encode())
        told = {
            "id": f"EV-{next(self._numbers):032d}", "create_time": "2026-11-22T16:00:00+08:00", "event_type": event,
            "resource_type": "encrypt-resource", "summary": "支付成功",
            "resource": {
                "algorithm": "AEAD_AES_256_GCM", "ciphertext": base64.b64encode(sealed).decode(), "nonce": nonce,
                "associated_data": label, "original_type": label,
            },
        }  # fmt: skip
        body = json.dumps(told, ensure_ascii=False).encode()
        self.messages += [Message(body, self.headers(body)) for _ in range(1 + self.knobs.copies)]

    def headers(self, body: bytes, *, at: int | None = None, key: rsa.RSAPrivateKey | None = None) -> dict[str, str]:
        """The headers with which these bytes are signed."""
        moment, once = str(at or int(time.time())), secrets.token_hex(16)
        signed = f"{moment}\n{once}\n".encode() + body + b"\n"
        signature = (key or self.signs_with).sign(signed, padding.PKCS1v15(), hashes.SHA256())
        return {
            "Wechatpay-Serial": KEY_ID, "Wechatpay-Timestamp": moment, "Wechatpay-Nonce": once,
            "Wechatpay-Signature": base64.b64encode(signature).decode(),
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        }  # fmt: skip

    def _is_signed(self, method: str, path: str, header: str, body: bytes) -> bool:
        parts = dict(PART.findall(header))
        fresh = parts["nonce_str"] not in self._seen
        self._seen.add(parts["nonce_str"])
        at = datetime.fromtimestamp(int(parts["timestamp"])).timestamp()  # noqa: DTZ006 - only the difference counts
        if (parts["mchid"], parts["serial_no"]) != (MERCHANT, SERIAL) or abs(time.time() - at) > 300 or not fresh:
            return False
        signed = "\n".join([method, path, parts["timestamp"], parts["nonce_str"], ""]).encode() + body + b"\n"
        try:
            self.shop_key.public_key().verify(
                base64.b64decode(parts["signature"]), signed, padding.PKCS1v15(), hashes.SHA256()
            )
        except InvalidSignature:
            return False
        return header.startswith("WECHATPAY2-SHA256-RSA2048 ")

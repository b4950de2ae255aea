"""WeChat Pay inside WeChat (JSAPI): the same merchant, asked who pays, on a sheet over our own page."""

import secrets
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx

from backend.payments.errors import ProviderRefused, ProviderUnavailable
from backend.payments.ports import PaymentOrder, PaySession, PaySheet
from backend.payments.providers.wechat import TIMEOUT_SECONDS, WechatProvider

ASK_URL = "https://open.weixin.qq.com"
TELL_URL = "https://api.weixin.qq.com"
BUSY = -1
LONGEST_PAYER = 128


class WechatInsideProvider(WechatProvider):
    """Speaks to WeChat Pay for buyers whose browser is WeChat itself."""

    name = "wechat_inside"
    outside = WechatProvider.name
    browser_mark = "MicroMessenger"

    def __init__(self, *, app_secret: str, ask_url: str = ASK_URL, tell_url: str = TELL_URL, **merchant: Any) -> None:
        super().__init__(**merchant)
        self._secret, self._ask_url, self._tell_url = app_secret, ask_url, tell_url

    def open_session(self, order: PaymentOrder, *, key: str, until: datetime) -> PaySession:
        """Let WeChat make a trade for this payer; the page over which its sheet opens is ours.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        wanted = {**self._trade(order), "payer": {"openid": order.payer}}
        answer = self._call("POST", "/v3/pay/transactions/jsapi", wanted)
        number = answer.get("prepay_id") if answer else None
        if not isinstance(number, str) or not number:
            raise ProviderUnavailable("an answer without a number")
        return PaySession(id=number, url=f"{order.return_url}/sheet", expires_at=min(until, order.expires_at))

    def ask_url(self, *, back: str, state: str) -> str:
        """Where WeChat sends the browser on with a code, without asking the person anything."""
        asked = {
            "appid": self._app_id,
            "redirect_uri": back,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
        return f"{self._ask_url}/connect/oauth2/authorize?{urlencode(asked)}#wechat_redirect"

    def payer_with(self, *, code: str) -> str:
        """Who came with a code; WeChat takes each code once.

        Raises: ProviderUnavailable, ProviderRefused.
        """
        asked = {"appid": self._app_id, "secret": self._secret, "code": code, "grant_type": "authorization_code"}
        try:
            answer = httpx.get(f"{self._tell_url}/sns/oauth2/access_token", params=asked, timeout=TIMEOUT_SECONDS)
            told = answer.json()
        except (httpx.HTTPError, ValueError) as silence:
            # The address has the secret of the app in it, so only the kind of the error is told.
            raise ProviderUnavailable(type(silence).__name__) from None
        if not answer.is_success or not isinstance(told, dict) or told.get("errcode") == BUSY:
            raise ProviderUnavailable(f"status {answer.status_code}")
        payer = told.get("openid")
        if not isinstance(payer, str) or not 0 < len(payer) <= LONGEST_PAYER:
            raise ProviderRefused(f"{told.get('errcode', '')} {told.get('errmsg', '')}".strip())
        return payer

    def sheet(self, *, session_id: str) -> PaySheet:
        """Sign what WeChat's browser is to show: app, time, a word used once, the trade."""
        at, once, package = str(int(self._keys.now().timestamp())), secrets.token_hex(16), f"prepay_id={session_id}"
        return PaySheet(
            app_id=self._app_id,
            time_stamp=at,
            nonce=once,
            package=package,
            sign_type="RSA",
            signature=self._keys.signature("\n".join([self._app_id, at, once, package, ""]).encode()),
        )

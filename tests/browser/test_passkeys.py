"""A passkey on a phone: added, asked before store credit is spent, and enough to come in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, expect

from tests.browser.cast import COFFEE, DOMAIN, PASSWORD
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
CONFIRM = "用人脸或指纹确认"


def gets_authenticator(person: Person) -> tuple[CDPSession, str]:
    """Put an authenticator into the device that knows its person."""
    session = person.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    wanted = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": wanted})["authenticatorId"]


def test_a_passkey_is_added_confirms_a_payment_and_comes_in(meet: Meet):
    # Somebody with store credit, on a phone that knows their face.
    person = meet("ali")
    shop = person.shop.named_url
    session, authenticator = gets_authenticator(person)
    person.opens(f"{shop}/me/security")
    person.presses(re.compile("登录"))
    person.presses("用密码登录")
    person.writes("手机号或邮箱", f"ali@{DOMAIN}")
    person.page.get_by_label("密码", exact=True).fill(PASSWORD)
    person.presses("登录", inside=person.page.locator("form"))

    # The phone is added, and from now on each payment from credit asks for the face.
    person.presses("添加这台设备")
    expect(person.sees("设备 1")).to_be_visible()
    person.page.get_by_role("radio", name="每次都确认").click()
    person.presses(CONFIRM, inside=person.dialog())
    expect(person.page.get_by_role("radio", name="每次都确认", checked=True)).to_be_visible()
    person.keeps("95-passkey-security", whole=True)

    # A face that is not theirs pays nothing; theirs does.
    person.opens(f"{shop}/p/{COFFEE}")
    person.presses(re.compile("直接买|单独买"))
    person.presses("下一步，选地址", inside=person.dialog())
    person.page.wait_for_url("**/checkout/**")
    person.page.get_by_role("switch", name=re.compile("用账户余额付")).click()
    expect(person.sees(re.compile("已用余额"))).to_be_visible()
    person.presses(re.compile("^(去付款|提交订单|下单)"))
    expect(person.dialog().get_by_text(re.compile("用余额支付"))).to_be_visible()
    person.keeps("96-passkey-confirm")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    person.presses(CONFIRM, inside=person.dialog())
    expect(person.sees(re.compile("没有确认成功"))).to_be_visible()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": True})
    person.presses(CONFIRM, inside=person.dialog())
    expect(person.heading("付款成功")).to_be_visible()

    # Signed out, the face alone lets them in.
    person.context.clear_cookies()
    person.opens(f"{shop}/me/security")
    person.presses(re.compile("登录"))
    person.presses("用人脸或指纹登录")
    expect(person.sees("设备 1")).to_be_visible()
    person.keeps("97-passkey-signed-in")

"""Points on a phone: check in, exchange them in the mall, and read why they went."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.shopping import sign_up

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]


def test_a_check_in_becomes_a_coupon_and_the_statement_says_why(meet: Meet):
    # Somebody new. A coupon for two points lies in the mall.
    person = meet("buyer")
    person.opens("/me/points")
    person.presses(re.compile("登录"))
    sign_up(person, "138 0013 9155")

    # The day earns two points, at once.
    person.opens("/me/points")
    person.presses(re.compile("签到领"))
    expect(person.sees("今天已签到，明天见")).to_be_visible()
    person.keeps("80-points-check-in", whole=True)

    # They buy the coupon; a second one is not to be had.
    person.opens("/me/mall")
    person.presses("兑换")
    person.presses("兑换", inside=person.dialog())
    expect(person.sees("你已经兑过了。")).to_be_visible()
    person.keeps("81-points-mall", whole=True)

    # The statement says what for, and from which line they came.
    person.opens("/me/points")
    expect(person.sees(re.compile("用于积分商城"))).to_be_visible()
    person.page.locator("details.why summary").first.click()
    expect(person.sees(re.compile("来自「每日签到」"))).to_be_visible()
    person.keeps("82-points-why", whole=True)

"""A growth colleague makes a campaign at a desk, and the shop on a phone follows at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.cast import ALONE, DOMAIN, PASSWORD
from tests.browser.person import Person
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
TITLE = "SELECT title->>'zh-Hans' FROM catalogue_product WHERE slug = %s"
GROUP_PRICE = re.compile("发起拼团")


def makes_campaign(growth: Person, title: str) -> None:
    """A group price for one product, as a draft, with what the buyer will see beside it."""
    growth.opens("/growth/campaigns/new?kind=group_price")
    growth.page.get_by_role("textbox", name="简体中文").first.fill("露营周")
    growth.presses("挑商品")
    sheet = growth.dialog()
    sheet.get_by_role("searchbox").fill(title[:4])
    sheet.get_by_text(title).first.click()
    growth.presses("确定", inside=sheet)
    expect(growth.sees("买家看到的")).to_be_visible()
    expect(growth.sees(re.compile("规则齐了"))).to_be_visible()
    growth.keeps("70-campaign-draft", whole=True)


def test_a_campaign_is_made_started_paused_and_watched(meet: Meet, shop: Stack):
    # A shopper looks at a product that nobody can buy together yet.
    title = str(shop.sql(TITLE, ALONE)[0][0])
    shopper = meet("shopper")
    shopper.opens(f"/p/{ALONE}")
    expect(shopper.button(re.compile("直接买"))).to_be_visible()

    # A colleague makes a campaign for it, looks at the preview, and starts it.
    growth = meet("growth", desk=True)
    growth.signs_in_quietly(f"growth@{DOMAIN}", PASSWORD)
    makes_campaign(growth, title)
    growth.presses(re.compile("^开始活动"))
    growth.presses("开始活动", inside=growth.dialog())
    expect(growth.sees("进行中")).to_be_visible()

    # The page that stands open on the phone offers the group by itself.
    expect(shopper.button(GROUP_PRICE)).to_be_visible()
    shopper.keeps("71-offer-on")

    # Paused, the offer is gone from the phone; gone on, it is back.
    growth.presses(re.compile("^暂停"))
    expect(growth.sees("已暂停")).to_be_visible()
    expect(shopper.button(re.compile("直接买"))).to_be_visible()
    expect(shopper.button(GROUP_PRICE)).to_be_hidden()
    growth.presses(re.compile("^恢复"))
    expect(shopper.button(GROUP_PRICE)).to_be_visible()

    # Its numbers are live, and what must be true is true.
    growth.follows(re.compile("看数据"))
    expect(growth.heading("成交漏斗")).to_be_visible()
    expect(growth.sees("必须为真的数").or_(growth.page.get_by_label("必须为真的数"))).to_be_visible()
    growth.keeps("72-campaign-numbers", whole=True)

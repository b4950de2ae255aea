"""A link is passed on, a friend buys, the reward waits and says why; the order is given up, and the reward goes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.cast import ALONE, DOMAIN, FOUND, PASSWORD
from tests.browser.person import Person
from tests.browser.shopping import buys_alone, gives_address, pays_order, sign_up
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
STATES = """SELECT reward.side, reward.state FROM invites_invitereward reward
WHERE reward.order_id = %s ORDER BY reward.side"""


def opens_rewards(person: Person) -> None:
    """The list of rewards in the invite centre."""
    person.opens("/me/invites")
    person.page.get_by_text("我的奖励", exact=True).click()


def comes_and_buys(friend: Person, link: str, slug: str, contact: str) -> str:
    """Open the link, buy for the first time and pay; the order's id."""
    friend.opens(link)
    friend.page.wait_for_url("**/u/**")
    buys_alone(friend, slug)
    friend.presses("登录或注册")
    sign_up(friend, contact)
    gives_address(friend)
    return pays_order(friend)


def test_a_friends_order_rewards_both_until_it_is_given_up(meet: Meet, shop: Stack):
    # 辰 passes her link on, and a friend opens it, comes in, buys and pays.
    chen = meet("chen")
    chen.signs_in_quietly(f"chen@{DOMAIN}", PASSWORD)
    chen.opens("/me/invites")
    address = chen.page.get_by_text(re.compile(r"/s/\w+")).first
    expect(address).to_be_visible()
    chen.keeps("70-invite-centre")
    friend = meet("lulu")
    order_id = comes_and_buys(friend, address.inner_text(), FOUND, "138 0013 9078")

    # Both were promised something, and she reads why.
    shop.becomes([("INVITEE", "PENDING"), ("INVITER", "PENDING")], STATES, order_id)
    opens_rewards(chen)
    expect(chen.sees("待到账")).to_be_visible()
    chen.page.get_by_text("为什么", exact=True).first.click()
    expect(chen.page.locator(".why dl").first).to_contain_text("活动规则第")
    chen.keeps("71-invite-reward-waits")

    # The friend gives the order up; the money goes back, and the reward with it.
    friend.opens(f"/orders/{order_id}")
    friend.presses("取消订单")
    friend.presses(re.compile("取消订单|确认取消"), inside=friend.dialog())
    expect(friend.heading(re.compile("已取消|已退款|退款"))).to_be_visible()
    shop.becomes([("INVITEE", "REVERSED"), ("INVITER", "REVERSED")], STATES, order_id)
    opens_rewards(chen)
    expect(chen.sees("退款后已收回")).to_be_visible()
    chen.keeps("72-invite-reward-taken-back")


def test_what_looks_like_one_person_is_held_and_released_at_the_desk(meet: Meet, shop: Stack):
    # Two people share a phone number and a flat.
    ali = meet("ali2")
    buys_alone(ali, FOUND)
    ali.presses("登录或注册")
    sign_up(ali, "138 0013 9079")
    gives_address(ali)
    pays_order(ali)
    ali.opens("/me/invites")
    link = ali.page.get_by_text(re.compile(r"/s/\w+")).first.inner_text()
    flatmate = meet("flatmate")
    order_id = comes_and_buys(flatmate, link, ALONE, "138 0013 9080")
    shop.becomes([("INVITEE", "HELD"), ("INVITER", "HELD")], STATES, order_id)
    opens_rewards(ali)
    expect(ali.sees(re.compile("核对中")).first).to_be_visible()
    ali.keeps("73-invite-reward-held")

    # Growth sees the evidence and releases it with a reason; she sees it wait like any other.
    desk = meet("growth", desk=True)
    desk.signs_in_quietly(f"growth@{DOMAIN}", PASSWORD)
    desk.opens("/growth/fraud")
    expect(desk.sees("双方用同一个手机号").first).to_be_visible()
    desk.keeps("74-reward-desk")
    desk.presses("放行")
    desk.writes("写给本人看的理由", "合租室友，各买各的", inside=desk.dialog())
    desk.presses("放行", inside=desk.dialog())
    expect(desk.sees("已放行，已通知本人")).to_be_visible()
    assert ("PENDING",) in {(state,) for _side, state in shop.sql(STATES, order_id)}

"""Something is sent back and its money returns: a shopper on a phone, an agent at a desk."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.cast import ALONE, DOMAIN, PASSWORD
from tests.browser.person import Person
from tests.browser.shopping import gives_address, pays, sign_up
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
# The parcel's way is the carrier's; here only its hands are turned.
ARRIVES = """UPDATE orders_order SET state = 'DELIVERED', shipped_at = now(), delivered_at = now(),
complete_at = now() + interval '7 days' WHERE state = 'PAID' RETURNING id"""
REFUNDED = "SELECT refunded_quantity, refunded_minor = total_minor FROM orders_orderline WHERE order_id = %s"


def buys_alone(person: Person) -> None:
    """From the product to a paid order."""
    person.opens(f"/p/{ALONE}")
    person.presses(re.compile("单独买|立即购买"))
    person.presses("下一步，选地址", inside=person.dialog())
    person.page.wait_for_url("**/checkout/**")
    person.presses("登录或注册")
    sign_up(person, "138 0013 9077")
    gives_address(person)
    person.button(re.compile("提交订单|去付款|付款")).click()
    person.page.get_by_test_id("pay").wait_for()
    pays(person)
    person.page.wait_for_url(re.compile("/pay/|/orders/"))


def asks(person: Person, order_id: str) -> None:
    """Ask for a return; the sum is shown before it is sent."""
    person.opens(f"/orders/{order_id}")
    person.follows("申请售后")
    person.page.get_by_role("radio").first.check()
    person.page.get_by_role("checkbox").first.check()
    person.presses("质量问题")
    expect(person.heading("预计退款")).to_be_visible()
    person.keeps("60-after-sale-ask", whole=True)
    person.presses("提交申请")
    expect(person.heading("已提交，等待客服")).to_be_visible()
    person.keeps("61-after-sale-case", whole=True)


def decides(agent: Person) -> None:
    """Take the case and approve it."""
    agent.opens("/growth/aftersales")
    agent.presses("接手")
    agent.presses("同意")
    agent.presses("同意", inside=agent.dialog())
    expect(agent.sees("已同意")).to_be_visible()
    agent.keeps("62-after-sale-desk")


def inspects(agent: Person) -> None:
    """The parcel is back and all is well."""
    agent.presses("已收到退货")
    agent.presses("验货通过")
    agent.presses("通过", inside=agent.dialog())
    expect(agent.sees(re.compile("退款中|已完成"))).to_be_visible()
    agent.keeps("63-after-sale-inspected")


def test_what_is_sent_back_is_paid_back(meet: Meet, shop: Stack):
    # 小雨 buys alone and the parcel arrives.
    buyer = meet("buyer")
    buys_alone(buyer)
    order_id = ""
    for _ in range(40):
        if rows := shop.sql(ARRIVES):
            order_id = str(rows[0][0])
            break
        buyer.page.wait_for_timeout(500)
    assert order_id

    # She asks for a return on the phone, and support approves at the desk.
    asks(buyer, order_id)
    agent = meet("agent", desk=True)
    agent.signs_in_quietly(f"support@{DOMAIN}", PASSWORD)
    decides(agent)

    # She sends it back; her page has followed by itself.
    expect(buyer.heading("等待你寄回")).to_be_visible()
    buyer.presses("填写快递单号")
    sheet = buyer.dialog()
    buyer.presses("顺丰", inside=sheet)
    buyer.writes("快递单号", "SF1234567890123", inside=sheet)
    buyer.presses("提交", inside=sheet)
    expect(buyer.heading("退货途中")).to_be_visible()

    # The warehouse inspects it, and the money arrives.
    inspects(agent)
    expect(buyer.heading(re.compile("已完成"))).to_be_visible()
    buyer.keeps("64-after-sale-done", whole=True)
    assert shop.sql(REFUNDED, order_id) == [(1, True)]

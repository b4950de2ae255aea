"""Something is sent back and its money returns: a shopper on a phone, an agent at a desk."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.cast import DOMAIN, PASSWORD, RETURNED
from tests.browser.desks import decides, inspects
from tests.browser.person import Person
from tests.browser.returning import asks_for_return, sends_back
from tests.browser.shopping import buys_alone, gives_address, pays_order, sign_up
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
# The parcel's way is the carrier's; here only its hands are turned.
ARRIVES = """UPDATE orders_order SET state = 'DELIVERED', shipped_at = now(), delivered_at = now(),
complete_at = now() + interval '7 days' WHERE id = %s AND state = 'PAID' RETURNING id"""
REFUNDED = "SELECT refunded_quantity, refunded_minor = total_minor FROM orders_orderline WHERE order_id = %s"


def test_what_is_sent_back_is_paid_back(meet: Meet, shop: Stack):
    # 小雨 buys alone and the parcel arrives.
    buyer = meet("xiaoyu")
    title = buys_alone(buyer, RETURNED)
    buyer.presses("登录或注册")
    sign_up(buyer, "138 0013 9077")
    gives_address(buyer)
    order_id = pays_order(buyer)
    assert len(shop.sql(ARRIVES, order_id)) == 1

    # She asks for a return on the phone, and support approves at the desk.
    asks_for_return(buyer, order_id)
    agent = meet("agent", desk=True)
    agent.signs_in_quietly(f"support@{DOMAIN}", PASSWORD)
    decides(agent, title)
    agent.keeps("62-after-sale-desk")

    # She sends it back, the warehouse inspects it, and the money arrives.
    sends_back(buyer, "SF1234567890123")
    inspects(agent)
    agent.keeps("63-after-sale-inspected")
    expect(buyer.heading(re.compile("已完成"))).to_be_visible()
    buyer.keeps("64-after-sale-done", whole=True)
    assert shop.sql(REFUNDED, order_id) == [(1, True)]

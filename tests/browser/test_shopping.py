"""The whole way of a purchase on a phone: found, put into the cart, paid, sent, delivered, given back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cast import ALONE, COFFEE, DOMAIN, FOUND, PAIR, PASSWORD
from tests.browser.desks import decides, inspects, packs
from tests.browser.person import Person
from tests.browser.returning import asks_for_return, sends_back
from tests.browser.shopping import buys_alone, gives_address, pays_order, puts_into_cart, sign_up
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
CONTACT = "138 0013 9088"
NUMBER = "SELECT number FROM orders_order WHERE id = %s"
STATE = "SELECT state FROM orders_order WHERE id = %s"
ORDERS = """SELECT count(*) FROM orders_order bought JOIN accounts_user buyer ON buyer.id = bought.buyer_id
WHERE buyer.email = %s"""
CAPTURED = """SELECT payment.state, payment.captured_minor = bought.total_minor FROM payments_payment payment
JOIN orders_order bought ON bought.id = payment.order_id WHERE bought.id = %s"""
PIECES = "SELECT quantity FROM orders_orderline WHERE order_id = %s"
# What is promised to orders stays; of what is free, one is left.
ONE_LEFT = """UPDATE inventory_stockitem SET on_hand = reserved + 1 WHERE variant_id IN (
SELECT variant.id FROM catalogue_variant variant JOIN catalogue_product product ON product.id = variant.product_id
WHERE product.slug = %s) RETURNING variant_id"""
MONEY = """SELECT payment.state, payment.captured_minor = payment.refunded_minor FROM payments_payment payment
WHERE payment.order_id = %s"""


def searches(person: Person, words: str) -> None:
    """From the front page to what was found, and to the product."""
    person.opens("/")
    person.page.get_by_role("link", name=re.compile("想一起买|搜")).first.click()
    field = person.page.get_by_role("combobox").or_(person.page.get_by_role("searchbox")).first
    field.fill(words)
    field.press("Enter")
    person.keeps(f"{person.name}-found")
    person.page.locator(f'a[href="/p/{FOUND}"]').first.click()
    person.page.wait_for_url(f"**/p/{FOUND}")


def goes_to_checkout(person: Person) -> None:
    """From the product page through the cart to its checkout."""
    person.follows(re.compile("^购物车，1 件"))
    expect(person.heading("购物车")).to_be_visible()
    person.keeps(f"{person.name}-cart")
    person.presses("去结算")


def test_found_bought_delivered_and_given_back(meet: Meet, shop: Stack):
    # 小夏 finds something, puts it into the cart, signs in on the way and pays.
    buyer = meet("xiaxia")
    searches(buyer, "键盘")
    title = puts_into_cart(buyer)
    goes_to_checkout(buyer)
    sign_up(buyer, CONTACT)
    buyer.page.wait_for_url("**/checkout/cart")
    gives_address(buyer)
    buyer.keeps("xiaxia-checkout", whole=True)
    order_id = pays_order(buyer)
    number = str(shop.sql(NUMBER, order_id)[0][0])

    # The desk packs it. From then on the carrier speaks, and her page follows it to her door.
    buyer.opens(f"/orders/{order_id}")
    agent = meet("agent", desk=True)
    agent.signs_in_quietly(f"support@{DOMAIN}", PASSWORD)
    packs(agent, number)
    shop.becomes([("DELIVERED",)], STATE, order_id)
    expect(buyer.heading("已送达")).to_be_visible()
    buyer.keeps("xiaxia-delivered", whole=True)

    # It does not work: she sends it back, and every fen returns.
    asks_for_return(buyer, order_id)
    decides(agent, title)
    sends_back(buyer, "SF1234567890188")
    inspects(agent)
    expect(buyer.heading(re.compile("已完成"))).to_be_visible()
    assert shop.sql(MONEY, order_id) == [("REFUNDED", True)]


def comes_in(meet: Meet, name: str) -> Person:
    """Somebody of the seed, who has an address."""
    person = meet(name)
    person.signs_in_quietly(f"{name}@{DOMAIN}", PASSWORD)
    return person


def test_going_back_after_paying_does_not_pay_twice(meet: Meet, shop: Stack):
    ali = comes_in(meet, "ali")
    buys_alone(ali, COFFEE)
    order_id = pays_order(ali)
    before = shop.sql(ORDERS, f"ali@{DOMAIN}")

    # The way back leads past the provider, who has the money and sends her on.
    ali.page.go_back()
    again = ali.page.get_by_test_id("pay")
    expect(again.or_(ali.heading("付款成功")).first).to_be_visible()
    if again.is_visible():
        again.click()
    expect(ali.heading("付款成功")).to_be_visible()
    ali.keeps("90-back-after-paying")

    assert shop.sql(ORDERS, f"ali@{DOMAIN}") == before
    assert shop.sql(CAPTURED, order_id) == [("SUCCEEDED", True)]


def test_the_last_piece_is_sold_while_somebody_stands_in_the_checkout(meet: Meet, shop: Stack):
    # One is left, and two people are about to buy it.
    assert shop.sql(ONE_LEFT, ALONE)
    slow, quick = comes_in(meet, "ali"), comes_in(meet, "chen")
    slow.opens(f"/p/{ALONE}")
    title = puts_into_cart(slow)
    goes_to_checkout(slow)
    expect(slow.button("去付款")).to_be_visible()
    buys_alone(quick, ALONE)
    pays_order(quick)
    before = shop.sql(ORDERS, f"ali@{DOMAIN}")

    # The slower one is told so, nothing is taken, and the cart knows what to do.
    slow.presses("去付款")
    expect(slow.page.get_by_role("alert").filter(has_text="你没有被扣款。这一款已售罄")).to_be_visible()
    slow.keeps("91-sold-in-the-checkout")
    slow.follows("回到购物车")
    expect(slow.heading("现在买不了")).to_be_visible()
    expect(slow.page.get_by_role("link", name=title).first).to_be_visible()
    slow.keeps("91-sold-in-the-cart")
    slow.follows("找相似")
    slow.page.wait_for_url("**/search?**")
    assert shop.sql(ORDERS, f"ali@{DOMAIN}") == before


def test_a_session_that_ran_out_in_the_checkout_of_the_cart_leads_to_sign_in_and_back(meet: Meet, shop: Stack):
    man = comes_in(meet, "xiaoman")
    man.opens(f"/p/{COFFEE}")
    puts_into_cart(man)
    goes_to_checkout(man)
    expect(man.button("去付款")).to_be_visible()
    before = shop.sql(ORDERS, f"xiaoman@{DOMAIN}")[0][0]

    # The page stands there as before, but nobody is signed in any more.
    man.context.clear_cookies(name="sessionid")
    man.presses("去付款")
    man.keeps("92-session-over-in-checkout")
    man.presses("用密码登录", inside=man.dialog())
    man.writes("手机号或邮箱", f"xiaoman@{DOMAIN}", inside=man.dialog())
    man.writes("密码", PASSWORD, inside=man.dialog())
    man.presses("登录", inside=man.dialog())
    expect(man.dialog()).to_be_hidden()

    # The cart is where it was, and is bought once.
    assert man.page.url.endswith("/checkout/cart")
    order_id = pays_order(man)
    assert shop.sql(ORDERS, f"xiaoman@{DOMAIN}")[0][0] == before + 1
    assert shop.sql(CAPTURED, order_id) == [("SUCCEEDED", True)]


def test_two_tabs_show_one_cart_and_buy_it_once(meet: Meet, shop: Stack):
    # The cart stands open in one tab; in another, something is put into it.
    chen = comes_in(meet, "chen")
    other = opens_tab(chen, "/cart")
    chen.opens(f"/p/{PAIR}")
    title = puts_into_cart(chen)
    expect(other.get_by_role("link", name=title).first).to_be_visible()

    # Another piece there is another piece in the checkout here.
    goes_to_checkout(chen)
    expect(chen.sees("× 1")).to_be_visible()
    other.get_by_role("button", name="增加").first.click()
    expect(other.get_by_text("已选 2 件")).to_be_visible()
    expect(chen.sees("× 2")).to_be_visible()
    chen.keeps("93-two-tabs-checkout")

    # One tab pays for both pieces, and the other has nothing left to buy.
    before = shop.sql(ORDERS, f"chen@{DOMAIN}")[0][0]
    order_id = pays_order(chen)
    expect(other.get_by_text("购物车还空着")).to_be_visible()
    assert shop.sql(ORDERS, f"chen@{DOMAIN}")[0][0] == before + 1
    assert shop.sql(PIECES, order_id) == [(2,)]


def opens_tab(person: Person, path: str) -> Page:
    """Another tab of the same browser."""
    tab = person.context.new_page()
    person.listen(tab)
    tab.goto(path)
    return tab

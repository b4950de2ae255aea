"""The main job in real browsers: share, buy together, be rewarded, talk, in phones and at desks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.cast import COFFEE, PAIR, PASSWORD, SLOW
from tests.browser.deciding import removes, takes_back, takes_case
from tests.browser.languages import english_in
from tests.browser.person import Person
from tests.browser.shopping import (
    FEAST,
    SEAT_IS_MINE,
    chooses,
    gives_address,
    goes_to_provider,
    is_told,
    looks_at_rewards,
    pays,
    seat_button,
    seats,
    shares_group,
    sign_up,
)
from tests.browser.stack import Stack
from tests.browser.talking import comments, likes, posts, reports, says
from tests.support.browser import MODULES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
PHOTO = MODULES / "@vendure" / "create" / "assets" / "images" / "charles-deluvio-695736-unsplash.jpg"
OPEN = re.compile("发起拼团")
ORDERS_OF_PRODUCT = """SELECT count(DISTINCT line.order_id) FROM orders_orderline line
JOIN catalogue_product product ON product.id = line.product_id WHERE product.slug = %s"""


def opens_group(person: Person, slug: str) -> None:
    """From the product to the paid seat of a leader."""
    person.opens(f"/p/{slug}")
    chooses(person, OPEN)
    goes_to_provider(person)
    pays(person)
    expect(person.heading(re.compile(SEAT_IS_MINE))).to_be_visible()


def test_two_people_fill_a_group_and_both_see_it_live(meet: Meet):
    # 阿梨 sees both prices, opens a group, and comes in and pays on the way.
    ali = meet("ali")
    ali.opens(f"/p/{PAIR}")
    expect(ali.button(OPEN)).to_be_visible()
    expect(ali.button(re.compile("单独买"))).to_be_visible()
    ali.keeps("01-product")
    chooses(ali, OPEN)
    ali.presses("登录或注册")
    ali.keeps("02-sign-in")
    sign_up(ali, "138 0013 9001")
    gives_address(ali)
    ali.keeps("03-checkout")
    goes_to_provider(ali)
    pays(ali)
    expect(ali.heading(re.compile(SEAT_IS_MINE))).to_be_visible()
    expect(seats(ali)).to_have_attribute("aria-label", re.compile("1 人已入座，还有 1 个空位"))
    ali.keeps("04-group-forming")

    # She shares it, and 小满 opens the link on another device, comes in and pays.
    link = shares_group(ali)
    man = meet("xiaoman")
    man.opens(link)
    man.page.wait_for_url("**/g/**")
    expect(man.heading(re.compile("还差 1 位就开席"))).to_be_visible()
    man.keeps("05-invited")
    chooses(man, re.compile("参团"))
    man.presses("登录或注册")
    sign_up(man, "xiaoman.browser@example.com")
    gives_address(man)
    man.keeps("06-join")
    goes_to_provider(man)
    pays(man)

    # The group is full. 小满 comes back to it; 阿梨 has touched nothing and sees it as well.
    expect(man.heading(FEAST)).to_be_visible()
    expect(ali.heading(FEAST)).to_be_visible()
    ali.keeps("07-group-full-leader")
    man.keeps("07-group-full-joiner")
    for person in (ali, man):
        person.follows("进群聊")
        expect(person.page.get_by_label("说点什么")).to_be_visible()

    # They talk in the group's room, and nobody reloads anything.
    says(man, "坐下了！阳台朝南，能养活吗？")
    expect(ali.sees("坐下了！阳台朝南，能养活吗？")).to_be_visible()
    says(ali, "朝南最好养，少浇水。")
    expect(man.sees("朝南最好养，少浇水。")).to_be_visible()
    ali.keeps("08-room-leader")
    man.keeps("08-room-joiner")

    # Both were told, and both see what it is worth and why.
    for person in (ali, man):
        is_told(person, "拼团成功")
        looks_at_rewards(person, invited_somebody=person is ali)


def test_a_group_that_does_not_fill_gives_the_money_back_by_itself(meet: Meet, shop: Stack):
    ali = meet("ali")
    ali.signs_in_quietly("ali@tuanzi.example", PASSWORD)
    opens_group(ali, SLOW)
    group_id = ali.page.url.rsplit("/", 1)[-1].split("?")[0]
    ali.keeps("10-group-that-waits")

    shop.sql(
        "UPDATE groupbuy_group SET opened_at = now() - interval '2 hours', deadline_at = now() - interval '1 second'"
        " WHERE id = %s",
        group_id,
    )

    # The beat closes it, the provider sends the money back, and the page that stands open follows.
    expect(ali.heading(re.compile("钱已经退给你了"))).to_be_visible()
    ali.keeps("11-refunded", whole=True)
    ali.follows("去看订单")
    expect(ali.heading(re.compile("退回"))).to_be_visible()
    ali.keeps("12-refunded-order")


def test_pressing_twice_and_going_back_makes_one_order(meet: Meet, shop: Stack):
    chen = meet("chen")
    chen.signs_in_quietly("chen@tuanzi.example", PASSWORD)
    chen.opens(f"/p/{SLOW}")
    chooses(chen, OPEN)
    before = shop.sql(ORDERS_OF_PRODUCT, SLOW)[0][0]

    seat_button(chen).dblclick()
    chen.page.get_by_test_id("pay").wait_for()
    chen.page.go_back()
    chen.page.wait_for_url("**/pay/**")
    chen.presses("去付款")
    pays(chen)

    expect(chen.heading(re.compile(SEAT_IS_MINE))).to_be_visible()
    assert shop.sql(ORDERS_OF_PRODUCT, SLOW)[0][0] == before + 1


def test_joining_twice_takes_one_seat(meet: Meet, shop: Stack):
    chen = meet("chen")
    chen.signs_in_quietly("chen@tuanzi.example", PASSWORD)
    opens_group(chen, SLOW)
    group = chen.page.url.split("?")[0]
    man = meet("xiaoman")
    man.signs_in_quietly("xiaoman@tuanzi.example", PASSWORD)
    man.opens(group)
    chooses(man, re.compile("参团"))
    second_tab = man.context.new_page()
    second_tab.goto(man.page.url)
    second_seat = second_tab.get_by_role("button", name=re.compile("付款入座"))
    second_seat.wait_for()

    seat_button(man).dblclick()
    man.page.get_by_test_id("pay").wait_for()
    second_seat.click()
    expect(second_tab.get_by_test_id("pay").or_(second_tab.get_by_role("alert")).first).to_be_visible()
    second_tab.close()
    pays(man)

    expect(man.heading(re.compile(SEAT_IS_MINE))).to_be_visible()
    assert shop.sql("SELECT seats_taken FROM groupbuy_group WHERE id = %s", group.rsplit("/", 1)[-1]) == [(2,)]


def test_a_session_that_ran_out_leads_to_sign_in_and_back(meet: Meet):
    man = meet("xiaoman")
    man.signs_in_quietly("xiaoman@tuanzi.example", PASSWORD)
    man.opens(f"/p/{COFFEE}")
    chooses(man, OPEN)
    expect(seat_button(man)).to_be_visible()

    man.context.clear_cookies(name="sessionid")
    man.page.reload()
    man.presses("登录或注册")
    man.keeps("20-session-over")
    man.presses("用密码登录", inside=man.dialog())
    man.writes("手机号或邮箱", "xiaoman@tuanzi.example")
    man.writes("密码", PASSWORD)
    man.presses("登录", inside=man.dialog())

    expect(seat_button(man)).to_be_visible()
    assert "/checkout/open" in man.page.url


def test_a_post_is_talked_about_reported_decided_and_brought_back(meet: Meet):
    ali, man = meet("ali"), meet("xiaoman")
    ali.signs_in_quietly("ali@tuanzi.example", PASSWORD)
    man.signs_in_quietly("xiaoman@tuanzi.example", PASSWORD)

    address = posts(
        ali, title="仙人掌换了新盆", body="红陶盆透气，浇水少了一半。", topic="阳台植物", picture=Path(PHOTO)
    )
    man.opens("/circles")
    man.presses("最新")
    man.keeps("30-circles")
    man.opens(address)
    expect(man.heading("仙人掌换了新盆")).to_be_visible()
    likes(man)
    comments(man, "我家也是红陶盆，好养。")
    man.keeps("31-post", whole=True)
    reports(man, "广告刷屏")

    ali.page.reload()
    expect(ali.sees("我家也是红陶盆，好养。")).to_be_visible()

    # The moderator decides with reasons, and the author reads them; nobody else sees the post.
    moderator, senior = meet("moderator", desk=True), meet("senior", desk=True)
    moderator.signs_in_quietly("moderator@tuanzi.example", PASSWORD)
    takes_case(moderator, "仙人掌换了新盆")
    removes(moderator, policy="P3", statement="同样的内容在三个圈子里各发了一遍，请留下一篇。")
    ali.page.reload()
    expect(ali.sees("同样的内容在三个圈子里各发了一遍，请留下一篇。")).to_be_visible()
    ali.keeps("43-author-reads-why")
    man.page.reload()
    expect(man.sees("这里是空的")).to_be_visible()

    # Somebody senior looks again and takes it back; everybody sees the post.
    senior.signs_in_quietly("senior@tuanzi.example", PASSWORD)
    takes_back(senior, "仙人掌换了新盆", statement="三篇写的是三盆不同的植物，不算刷屏，恢复展示。")
    man.page.reload()
    expect(man.heading("仙人掌换了新盆")).to_be_visible()
    ali.page.reload()
    expect(ali.sees("同样的内容在三个圈子里各发了一遍，请留下一篇。")).to_be_hidden()


def test_every_page_speaks_the_language_that_was_chosen(meet: Meet):
    ali = meet("ali")
    ali.signs_in_quietly("ali@tuanzi.example", PASSWORD)
    for name, code, home, circles in (
        ("简体中文", "zh-Hans", "首页", "圈子"),
        ("繁體中文", "zh-Hant", "首頁", "圈子"),
        ("English", "en", "Home", "Circles"),
        ("简体中文", "zh-Hans", "首页", "圈子"),
    ):
        ali.opens("/me/settings")
        ali.presses(name)
        expect(ali.page.locator("html")).to_have_attribute("lang", code)
        for number, path in enumerate(("/", f"/p/{PAIR}", "/circles")):
            ali.opens(path)
            tab = circles if path == "/circles" else home
            expect(ali.page.get_by_role("link", name=tab, exact=True).first).to_be_visible()
            ali.page.wait_for_load_state("networkidle")
            ali.keeps(f"50-{code}-{number}")
            if code != "en":
                assert english_in(ali.page) == []

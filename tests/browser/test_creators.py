"""From an application to money on an account: a creator on a phone, a friend, two people at the desk."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.cast import DOMAIN, PASSWORD, PROMOTED
from tests.browser.person import Person
from tests.browser.shopping import buys_alone, gives_address, pays_order, sign_up
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
ABOUT = {"你写什么，写给谁": "分享阳台种花三年，主要写多肉和香草。", "在哪里发布": "小红书 @小满的阳台"}
IDENTITY = {
    "真实姓名": "林小满",
    "身份证号": "11010119950601007X",
    "开户银行": "招商银行",
    "银行卡号": "6225880212345678",
}
BRIEF = {"标题": "阳台多肉种草", "要求": "拍一盆养了一个月的多肉，说说浇水和光照。", "佣金比例（%）": "20"}
TITLE = "SELECT title ->> 'zh-Hans' FROM catalogue_product WHERE slug = %s"
CODE = "SELECT code FROM influencers_promoter LIMIT 1"
# The parcel arrives and eleven days pass, as far as this order is concerned; the amount is what many orders would make.
PASSED = """UPDATE influencers_commission SET delivered_at = now() - interval '11 days',
vests_at = now() - interval '1 day' WHERE order_id = %s RETURNING id"""
STATES = "SELECT state FROM influencers_commission WHERE order_id = %s"


def test_a_post_becomes_money(meet: Meet, shop: Stack):
    # 小满 applies on the phone; the growth team approves at the desk.
    creator, grower = meet("xiaoman"), meet("grower", desk=True)
    creator.signs_in_quietly(f"xiaoman@{DOMAIN}", PASSWORD)
    grower.signs_in_quietly(f"growth@{DOMAIN}", PASSWORD)
    applies(creator)
    approves(grower)

    # A brief is offered, taken, and a marked post is sent in and approved.
    ((title,),) = shop.sql(TITLE, PROMOTED)
    offers(grower, title)
    takes(creator)
    writes_post(shop)
    sends_content(creator)
    approves_content(grower)
    (code,) = shop.sql(CODE)[0]

    # A friend names the code and buys; the creator sees it.
    friend = meet("friend")
    buys_alone(friend, PROMOTED)
    friend.presses("登录或注册")
    sign_up(friend, "138 0013 9091")
    gives_address(friend)
    names_code(friend, code)
    order_id = pays_order(friend)
    shop.becomes([("CONFIRMED",)], STATES, order_id)
    sees_commission(creator, "退货期内")

    # Time passes, the shop looks once a minute; then a statement, a batch, two people, the bank.
    assert len(shop.sql(PASSED, order_id)) == 1
    shop.becomes([("VESTED",)], STATES, order_id)
    sees_commission(creator, "已赚到")
    pays_out(grower, meet, shop)
    shop.becomes([("PAID",)], STATES, order_id)
    sees_commission(creator, "已打款")
    creator.keeps("77-creator-paid")


def applies(creator: Person) -> None:
    """Fill the form in and send it."""
    creator.opens("/creator")
    creator.follows("申请成为创作者")
    for label, text in {**ABOUT, **IDENTITY}.items():
        creator.writes(label, text)
    for box in ("我已满 18 周岁", re.compile("我同意创作者规则")):
        creator.page.get_by_label(box).check()
    creator.keeps("70-creator-application", whole=True)
    creator.presses("提交申请")
    expect(creator.heading("已提交，待审核")).to_be_visible()


def approves(grower: Person) -> None:
    """Take the application and approve it."""
    grower.opens("/growth/creators")
    grower.presses("开始审核")
    grower.keeps("71-creator-desk")
    grower.presses("通过")
    expect(grower.page.locator("td .c-chip", has_text="已通过")).to_be_visible()


def offers(grower: Person, title: str) -> None:
    """Offer a collaboration to everybody."""
    grower.presses("招募")
    grower.presses("新建招募")
    sheet = grower.dialog().first
    for label, text in BRIEF.items():
        grower.writes(label, text, inside=sheet)
    grower.presses("选择商品", inside=sheet)
    picker = grower.dialog().last
    picker.get_by_text(title).first.click()
    grower.presses("确定", inside=picker)
    grower.presses("发出", inside=sheet)
    expect(grower.page.get_by_role("cell", name=re.compile("阳台多肉种草"))).to_be_visible()


def takes(creator: Person) -> None:
    """Take the brief."""
    creator.opens("/creator/briefs")
    creator.presses("接下合作")
    expect(creator.sees("待交内容")).to_be_visible()


def writes_post(shop: Stack) -> None:
    """A post that shows the product and is marked; writing posts has a test of its own."""
    shop.sql(
        """INSERT INTO forum_post (id, author_id, topic_id, product_id, title, body, visibility, is_verified_purchase,
        likes_count, comments_count, hot, created_at)
        SELECT gen_random_uuid(), promoter.user_id, (SELECT id FROM forum_topic LIMIT 1), product.id, '我的阳台多肉',
        '#广告 养了一个月。', 'PUBLIC', false, 0, 0, 0, now()
        FROM influencers_promoter promoter, catalogue_product product
        WHERE product.slug = %s RETURNING id""",
        PROMOTED,
    )


def sends_content(creator: Person) -> None:
    """Choose the post."""
    creator.opens("/creator")
    creator.presses("提交内容")
    creator.presses("我的阳台多肉", inside=creator.dialog())
    expect(creator.sees("内容待审")).to_be_visible()


def approves_content(grower: Person) -> None:
    """Approve what was sent in."""
    grower.opens("/growth/creators")
    grower.presses("合作")
    grower.keeps("72-creator-content")
    grower.presses("通过内容")
    expect(grower.page.locator("td .c-chip", has_text="进行中")).to_be_visible()


def names_code(friend: Person, code: str) -> None:
    """Name the creator at the checkout."""
    friend.presses("有创作者口令？")
    friend.writes("创作者口令", code.lower())
    friend.presses("使用")
    expect(friend.sees(f"已记下口令 {code}")).to_be_visible()


def sees_commission(creator: Person, said: str) -> None:
    """What the newest order earns stands there, in this state."""
    creator.opens("/creator/earnings")
    expect(creator.page.locator(".crline .tag").first).to_have_text(said)
    creator.page.locator(".why summary").first.click()
    creator.keeps(f"73-creator-{said}", whole=True)


def pays_out(grower: Person, meet: Meet, shop: Stack) -> None:
    """Close the statement, gather, freeze, approve by two, send, and take the bank's answer."""
    shop.sql("UPDATE influencers_programmeterms SET least_payout_minor = 1 RETURNING version")
    grower.opens("/growth/payouts")
    grower.presses("结账单")
    expect(grower.sees("结了 1 份账单")).to_be_visible()
    grower.presses("新建批次")
    grower.presses("冻结")
    grower.presses("批准")
    expect(grower.sees(re.compile("等第二人"))).to_be_visible()
    grower.keeps("74-payout-first")
    second = meet("second", desk=True)
    second.signs_in_quietly(f"admin@{DOMAIN}", PASSWORD)
    second.opens("/growth/payouts")
    second.presses("第二人批准")
    with second.page.expect_download() as got:
        second.presses("下载银行文件")
    text = got.value.path().read_text("utf-8-sig")
    reference, *_rest, amount, _currency, _note = text.splitlines()[1].split(",")
    answer = f"reference,amount,result,reason\n{reference},{amount},PAID,"
    second.page.locator("input[type=file]").set_input_files(
        {"name": "result.csv", "mimeType": "text/csv", "buffer": answer.encode()}
    )
    expect(second.page.locator(".c-card__head .c-chip", has_text="已结清")).to_be_visible()
    second.keeps("75-payout-settled")

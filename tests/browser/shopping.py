"""What shoppers do: come in, give an address, open and join groups, pay."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.person import Person

SEAT_IS_MINE = "你已入座"
FEAST = re.compile("开席啦")
ADDRESS = {"收件人": "王小满", "手机号": "13800138009", "详细地址": "文三路 100 号 3 幢 502 室"}
# Who lives elsewhere: two people of one flat and one phone would have their invite reward looked at.
ELSEWHERE = {"xiaoman": {"手机号": "13800138017", "详细地址": "天目山路 28 号 2 幢 301 室"}}
REGION = {"省 / 自治区": "浙江省", "城市": "杭州市", "区 / 县": "西湖区"}


def sign_up(person: Person, contact: str) -> None:
    """Fill the form that is shown, with the code that arrives in the inbox."""
    person.writes("手机号或邮箱", contact)
    person.presses("获取验证码")
    field = person.page.get_by_label("6 位验证码")
    expect(field).to_be_visible()
    field.fill(person.newest_code(contact.replace(" ", "")[-11:]))
    expect(field).to_be_hidden()


def gives_address(person: Person) -> None:
    """Write down where the parcel goes."""
    person.page.get_by_role("button", name="添加收货地址").first.click()
    sheet = person.dialog()
    for label, text in (ADDRESS | ELSEWHERE.get(person.name, {})).items():
        person.writes(label, text, inside=sheet)
    for label, name in REGION.items():
        sheet.get_by_label(label).select_option(name)
    person.keeps(f"{person.name}-address")
    person.presses("保存并使用", inside=sheet)
    expect(sheet).to_be_hidden()


def chooses(person: Person, button: str | re.Pattern[str]) -> None:
    """Press the button of the bar, agree to what is chosen in the sheet, and go on to the checkout."""
    person.presses(button)
    person.presses("下一步，选地址", inside=person.dialog())
    person.page.wait_for_url("**/checkout/**")


def pays(person: Person) -> None:
    """Pay on the provider's page, and come back to the shop."""
    expect(person.heading("团子练习收银台").or_(person.sees("团子练习收银台"))).to_be_visible()
    person.keeps(f"{person.name}-provider")
    person.page.get_by_test_id("pay").click()


def title_of(person: Person) -> str:
    """The name of the product that is shown, once it is shown."""
    heading = person.page.get_by_role("heading", level=1)
    expect(heading).not_to_be_empty()
    return heading.inner_text()


def buys_alone(person: Person, slug: str) -> str:
    """From the product to the checkout; the name of the product."""
    person.opens(f"/p/{slug}")
    title = title_of(person)
    person.presses(re.compile("直接买|单独买"))
    person.presses("下一步，选地址", inside=person.dialog())
    person.page.wait_for_url("**/checkout/**")
    return title


def puts_into_cart(person: Person) -> str:
    """From the product that is shown into the cart; the name of the product."""
    title = title_of(person)
    person.presses(re.compile("单独买|直接买"))
    person.presses("加入购物车", inside=person.dialog())
    expect(person.dialog()).to_be_hidden()
    return title


def pays_order(person: Person) -> str:
    """From a filled checkout to a paid order; its id."""
    person.presses("去付款")
    person.page.get_by_test_id("pay").wait_for()
    pays(person)
    expect(person.heading("付款成功")).to_be_visible()
    return re.split("[/?]", person.page.url.split("/pay/")[1])[0]


def seat_button(person: Person) -> Locator:
    """The button that goes to the provider."""
    return person.button(re.compile("付款开团|付款入座"))


def goes_to_provider(person: Person) -> None:
    """Place the order."""
    seat_button(person).click()
    person.page.get_by_test_id("pay").wait_for()


def seats(person: Person) -> Locator:
    """The seats of the group that is shown."""
    return person.page.get_by_label(re.compile("人已入座"))


def shares_group(person: Person) -> str:
    """Open the share sheet and read the short link."""
    person.presses(re.compile("邀请好友"))
    sheet = person.dialog()
    link = sheet.get_by_text(re.compile(r"/s/\w+"))
    expect(link).to_be_visible()
    person.keeps(f"{person.name}-share")
    address = link.inner_text()
    person.presses("生成海报", inside=sheet)
    expect(sheet.get_by_role("img").first).to_be_visible()
    person.keeps(f"{person.name}-poster")
    person.presses("关闭", inside=sheet)
    return address


def looks_at_rewards(person: Person, *, invited_somebody: bool) -> None:
    """Pending points and the way to the next tier, each with its reasons; for the inviter what the friend brings."""
    person.shop.has_heard()
    person.opens("/me")
    expect(person.heading("团子积分")).to_be_visible()
    expect(person.sees(re.compile(r"待到账 \d+"))).to_be_visible()
    person.keeps(f"09-me-{person.name}")
    person.opens("/me/points")
    person.page.get_by_text("为什么", exact=True).first.click()
    expect(person.page.locator(".why dl").first).to_be_visible()
    person.keeps(f"09-points-{person.name}")
    person.opens("/me/membership")
    person.sees("看看明细").click()
    expect(person.sees("待确认")).to_be_visible()
    person.keeps(f"09-membership-{person.name}")
    person.opens("/me/invites")
    person.keeps(f"09-invites-{person.name}")
    if invited_somebody:
        person.page.get_by_text("我的奖励", exact=True).click()
        expect(person.sees("待到账")).to_be_visible()
        person.page.get_by_text("为什么", exact=True).first.click()
        person.keeps("09-invite-reward")


def is_told(person: Person, what: str | re.Pattern[str]) -> None:
    """A notification has come."""
    person.opens("/notifications")
    expect(person.sees(what)).to_be_visible()
    person.keeps(f"08-notifications-{person.name}")

"""What agents do at their desks: pack an order, decide an after-sale case."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.person import Person


def packs(agent: Person, number: str) -> None:
    """Find an order by its number and pack all of it; the carrier is asked for a tracking number."""
    agent.opens("/growth/orders")
    agent.page.get_by_role("searchbox").first.fill(number)
    agent.follows(re.compile(number))
    expect(agent.heading(number)).to_be_visible()
    agent.presses(re.compile("^打包发货"))
    sheet = agent.dialog()
    expect(sheet.get_by_role("radio", checked=True)).to_be_visible()
    reads_codes(sheet)
    agent.presses("打包", inside=sheet)
    expect(sheet).to_be_hidden()


def reads_codes(sheet: Locator) -> None:
    """Type the code of each piece that goes in, as a scanner would."""
    field = sheet.locator("#pack-code")
    for line in sheet.locator(".packing__lines li").all():
        pieces = int(line.locator("input").input_value())
        for _piece in range(pieces):
            field.fill(line.locator("small .num").inner_text())
            field.press("Enter")
    expect(sheet.get_by_role("button", name="打包", exact=True)).to_be_enabled()


def decides(agent: Person, title: str) -> None:
    """Find the case of a product, take it and approve it."""
    agent.opens("/growth/aftersales")
    row = agent.page.get_by_role("link", name=re.compile(title)).first
    row.click()
    expect(row).to_have_attribute("aria-current", "true")
    agent.presses("接手")
    agent.presses("同意")
    agent.presses("同意", inside=agent.dialog())
    expect(agent.sees("已同意")).to_be_visible()


def inspects(agent: Person) -> None:
    """The parcel is back and all is well."""
    agent.presses("已收到退货")
    agent.presses("验货通过")
    agent.presses("通过", inside=agent.dialog())
    expect(agent.sees(re.compile("退款中|已完成"))).to_be_visible()

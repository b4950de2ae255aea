"""What shoppers do when something is sent back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.person import Person


def asks_for_return(person: Person, order_id: str) -> None:
    """Ask for a return; the sum is shown before it is sent."""
    person.opens(f"/orders/{order_id}")
    person.follows("申请售后")
    person.page.get_by_role("radio").first.check()
    person.page.get_by_role("checkbox").first.check()
    person.presses("质量问题")
    expect(person.heading("预计退款")).to_be_visible()
    person.keeps(f"{person.name}-after-sale-ask", whole=True)
    person.presses("提交申请")
    expect(person.heading("已提交，等待客服")).to_be_visible()
    person.keeps(f"{person.name}-after-sale-case", whole=True)


def sends_back(person: Person, tracking: str) -> None:
    """Write down with which parcel it comes back; the page has followed the desk by itself."""
    expect(person.heading("等待你寄回")).to_be_visible()
    person.presses("填写快递单号")
    sheet = person.dialog()
    person.presses("顺丰", inside=sheet)
    person.writes("快递单号", tracking, inside=sheet)
    person.presses("提交", inside=sheet)
    expect(person.heading("退货途中")).to_be_visible()

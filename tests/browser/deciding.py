"""What a moderator does at the desk."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.person import Person


def takes_case(moderator: Person, title: str) -> None:
    """Choose the case in the queue and claim it."""
    moderator.opens("/moderation")
    moderator.follows(re.compile(title))
    expect(moderator.heading(re.compile("^案件"))).to_be_visible()
    moderator.keeps("40-queue")
    moderator.presses(re.compile("领取这个案件"))
    expect(moderator.sees("你持有租约")).to_be_visible()


def removes(moderator: Person, *, policy: str, statement: str) -> None:
    """Take the content away, with reasons that its author will read."""
    moderator.page.get_by_role("combobox").first.press("Enter")
    moderator.page.get_by_role("option", name=re.compile(policy)).first.click()
    moderator.page.get_by_role("radio", name=re.compile("移除")).click()
    moderator.page.get_by_label(re.compile("给作者的理由说明")).fill(statement)
    moderator.keeps("41-decision")
    moderator.presses(re.compile("^移除.*"), inside=moderator.page.locator(".verdict__foot"))
    expect(moderator.sees(re.compile("已裁定，按 U 可以撤回"))).to_be_visible()


def takes_back(moderator: Person, title: str, *, statement: str) -> None:
    """Reverse the decision, with reasons."""
    moderator.opens("/moderation/decided")
    moderator.follows(re.compile(title))
    moderator.presses(re.compile("撤回"))
    sheet = moderator.dialog()
    sheet.get_by_role("textbox").fill(statement)
    moderator.keeps("42-taking-back")
    moderator.presses(re.compile("撤回"), inside=sheet)
    expect(moderator.sees(re.compile("已撤回"))).to_be_visible()

"""What people do in the circles: post, answer, like, report."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.person import Person


def posts(person: Person, *, title: str, body: str, topic: str, picture: Path) -> str:
    """Write a post with a picture; gives its address."""
    person.opens("/circles")
    person.follows("发帖")
    person.page.locator("input[type=file]").set_input_files(picture)
    expect(person.page.get_by_role("progressbar")).to_have_count(0)
    person.writes("标题", title)
    person.writes("正文", body)
    person.presses(f"#{topic}")
    person.keeps(f"{person.name}-new-post")
    person.presses("发布")
    expect(person.heading(title)).to_be_visible()
    return person.page.url


def comments(person: Person, body: str) -> None:
    """Answer the post that is shown."""
    person.writes("说说你的经验", body)
    person.presses("发送")
    expect(person.sees(body)).to_be_visible()


def likes(person: Person) -> None:
    """Like the post that is shown, or take it back."""
    heart = person.button(re.compile("^喜欢"))
    before = heart.get_attribute("aria-pressed")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "false" if before == "true" else "true")


def reports(person: Person, why: str) -> None:
    """Tell the moderators about the post that is shown."""
    person.presses("举报")
    sheet = person.dialog()
    sheet.get_by_text(why, exact=True).click()
    person.keeps(f"{person.name}-report")
    person.presses("提交举报", inside=sheet)
    expect(sheet.get_by_text("谢谢你告诉我们")).to_be_visible()
    person.presses("完成", inside=sheet)


def says(person: Person, text: str) -> None:
    """Say something in the room that is shown."""
    person.writes("说点什么", text)
    person.presses("发送")
    expect(person.sees(text)).to_be_visible()

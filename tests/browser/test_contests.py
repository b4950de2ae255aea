"""A contest on a phone: take part with a post, be voted for once, and never by oneself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.cast import DOMAIN, PASSWORD
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
TITLE = "打开箱子的那一刻"


def test_somebody_takes_part_and_others_vote(meet: Meet, tmp_path: Path):
    # The author finds the contest in the circles and writes a post for it.
    author = meet("contest-author")
    author.signs_in_quietly(f"chen@{DOMAIN}", PASSWORD)
    author.opens("/circles")
    author.page.locator("a[href^='/contests/']").first.click()
    expect(author.sees("还没有人参加")).to_be_visible()
    author.keeps("90-contest-empty", whole=True)
    author.presses("我要参加")
    author.page.locator("input[type=file]").set_input_files(made_picture(tmp_path))
    expect(author.page.get_by_role("progressbar")).to_have_count(0)
    author.writes("标题", TITLE)
    author.writes("正文", "纸箱里还有一层稻草，一颗都没坏。")
    author.presses("发布")

    # The entry stands in the contest; one's own takes no vote.
    expect(author.sees("我的参赛帖")).to_be_visible()
    expect(author.page.get_by_role("button", name="投票", exact=True)).to_have_count(0)
    address = author.page.url
    author.keeps("91-contest-entered", whole=True)

    # Somebody votes, takes the vote back and gives it again.
    fan = meet("contest-fan")
    fan.signs_in_quietly(f"xiaoman@{DOMAIN}", PASSWORD)
    fan.opens(address)
    for said, then in (("投票", "已投"), ("已投", "投票"), ("投票", "已投")):
        fan.presses(said)
        expect(fan.button(then)).to_be_visible()
    fan.page.reload()
    expect(fan.button("已投")).to_be_visible()
    expect(fan.sees(re.compile(r"^1\s*票$"))).to_be_visible()
    fan.keeps("92-contest-voted", whole=True)


def made_picture(folder: Path) -> Path:
    """A picture as a telephone makes it."""
    path = folder / "box.jpg"
    Image.new("RGB", (1200, 1500), "#b98a5a").save(path, "JPEG")
    return path

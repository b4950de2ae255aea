"""A parcel arrives, is reviewed with a picture, helps somebody, and the shop answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.cast import COFFEE, DOMAIN, PASSWORD
from tests.browser.person import Person
from tests.browser.shopping import buys_alone, gives_address, pays_order, sign_up
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
# The parcel's way is the carrier's; here only its hands are turned.
ARRIVES = """UPDATE orders_order SET state = 'DELIVERED', shipped_at = now(), delivered_at = now(),
complete_at = now() + interval '7 days' WHERE id = %s AND state = 'PAID' RETURNING id"""
WORDS = "挂耳研磨得刚好，香气足，就是盒子压扁了一角。"
ANSWER = "谢谢告诉我们，下一批换了更硬的盒子。"


def test_a_review_is_written_helps_and_is_answered(meet: Meet, shop: Stack, tmp_path: Path):
    # 小禾 buys alone and the parcel arrives.
    buyer = meet("xiaohe")
    title = buys_alone(buyer, COFFEE)
    buyer.presses("登录或注册")
    sign_up(buyer, "138 0013 9181")
    gives_address(buyer)
    order_id = pays_order(buyer)
    assert len(shop.sql(ARRIVES, order_id)) == 1

    # From the order she reviews it with a picture.
    writes_review(buyer, order_id, picture=made_picture(tmp_path))

    # Somebody who is looking at the product sees it and finds it helpful.
    reader = meet("reader")
    reader.signs_in_quietly(f"chen@{DOMAIN}", PASSWORD)
    reader.opens(f"/p/{COFFEE}/reviews?sort=NEW")
    expect(reader.sees(WORDS)).to_be_visible()
    reader.presses(re.compile("^有用"))
    expect(reader.button(re.compile("^有用 ?1$"))).to_have_attribute("aria-pressed", "true")
    reader.keeps("66-review-helpful")

    # The shop answers at the desk, and the author reads it.
    agent = meet("agent", desk=True)
    agent.signs_in_quietly(f"support@{DOMAIN}", PASSWORD)
    answers(agent, title)
    buyer.opens(buyer.page.url)
    expect(buyer.sees(ANSWER)).to_be_visible()
    buyer.keeps("68-review-answered", whole=True)


def writes_review(buyer: Person, order_id: str, *, picture: Path) -> None:
    """Review the one line of an order."""
    buyer.opens(f"/orders/{order_id}")
    buyer.follows("写评价")
    buyer.page.get_by_role("radio", name="3 星").check(force=True)
    buyer.writes("说说用起来怎么样", WORDS)
    buyer.page.locator("input[type=file][accept='image/*']").set_input_files(picture)
    expect(buyer.page.get_by_role("progressbar")).to_have_count(0)
    buyer.keeps("65-review-new")
    buyer.presses("发布评价")
    expect(buyer.sees(WORDS)).to_be_visible()
    expect(buyer.page).to_have_url(re.compile("/reviews/[0-9a-f-]{36}$"))


def answers(agent: Person, title: str) -> None:
    """Answer the newest review that waits at the desk."""
    agent.opens("/growth/reviews")
    card = agent.page.get_by_role("listitem").filter(has_text=WORDS)
    expect(card.get_by_role("link", name=title)).to_be_visible()
    agent.writes("回复", ANSWER, inside=card)
    agent.presses("发布回复", inside=card)
    expect(card).to_have_count(0)
    agent.keeps("67-review-desk")


def made_picture(folder: Path) -> Path:
    """A picture as a telephone makes it."""
    path = folder / "coffee.jpg"
    Image.new("RGB", (1200, 900), "#7a4b2a").save(path, "JPEG")
    return path

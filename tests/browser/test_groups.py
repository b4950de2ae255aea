"""Other kinds of groups: a price that falls for everybody, and a draw that anybody can check."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.cast import DRAWN, STEPS
from tests.browser.person import Person
from tests.browser.shopping import SEAT_IS_MINE, gives_address, goes_to_provider, pays, sign_up
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
OPEN_GROUP = """SELECT shown.id FROM groupbuy_group shown
JOIN catalogue_product product ON product.id = shown.product_id
WHERE product.slug = %s AND shown.state = 'FORMING'"""
# The minute between sealing and drawing need not be waited for.
DRAW_NOW = """UPDATE groupbuy_draw SET committed_at = committed_at - interval '2 minutes',
draw_at = draw_at - interval '2 minutes' WHERE group_id = %s AND draw_at IS NOT NULL RETURNING group_id"""


def sits_down(person: Person, group_id: str, phone: str) -> None:
    """Join the group that is shown and pay."""
    person.opens(f"/g/{group_id}")
    person.presses(re.compile("参团"))
    person.presses("下一步，选地址", inside=person.dialog())
    person.page.wait_for_url("**/checkout/**")
    person.presses("登录或注册")
    sign_up(person, phone)
    gives_address(person)
    goes_to_provider(person)
    pays(person)
    person.page.wait_for_url(re.compile("/pay/|/g/"))
    expect(person.heading(re.compile(f"{SEAT_IS_MINE}|开席啦|人齐了"))).to_be_visible()
    person.opens(f"/g/{group_id}")


def test_the_last_step_of_a_ladder_sends_everybody_the_difference(meet: Meet, shop: Stack):
    # Two sit already; 小鱼 sees that one more makes it cheaper, and sits down.
    group_id = str(shop.sql(OPEN_GROUP, STEPS)[0][0])
    shopper = meet("xiaoyu2")
    shopper.opens(f"/g/{group_id}")
    expect(shopper.sees(re.compile("再来 1 位，降到"))).to_be_visible()
    shopper.keeps("70-ladder-open", whole=True)

    sits_down(shopper, group_id, "138 0013 9101")

    # The group closes at its lowest price, and what was paid beyond it comes back while the page stands open.
    expect(shopper.sees(re.compile("已经退给你"))).to_be_visible()
    shopper.keeps("71-ladder-closed", whole=True)


def test_a_draw_is_checked_in_the_browser(meet: Meet, shop: Stack):
    # The last of three sits down; the entries are sealed.
    group_id = str(shop.sql(OPEN_GROUP, DRAWN)[0][0])
    shopper = meet("xiaohe")
    sits_down(shopper, group_id, "138 0013 9102")
    expect(shopper.heading(re.compile("马上开签"))).to_be_visible()
    shopper.keeps("72-draw-sealed", whole=True)

    # Its time comes, and the page of the draw works everything out again.
    assert len(shop.sql(DRAW_NOW, group_id)) == 1
    shopper.opens(f"/draws/{group_id}/verify")
    expect(shopper.heading("验算通过：结果由事先封存的种子决定")).to_be_visible()
    expect(shopper.page.get_by_role("listitem").filter(has_text="名单就是封存的那份")).to_be_visible()
    shopper.keeps("73-draw-checked", whole=True)

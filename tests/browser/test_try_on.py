"""A colour is tried on one's own lips: by camera where there is one, otherwise on a photo that stays on the phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.cast import TINTED
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Person]
# A part of NASA's portrait of Eileen Collins, in the public domain.
FACE = Path(__file__).parent / "pictures" / "face.jpg"
# Where her mouth is, in pixels: left, top, right, bottom.
MOUTH = (95, 120, 170, 170)
PIXELS = """(canvas) => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]"""
WIDTH = 280


def test_a_tint_lies_on_the_lips_and_nowhere_else(meet: Meet):
    # Somebody looks at a balm that comes in colours; this browser has no camera, and says what else can be done.
    shopper = meet("xiaohe")
    shopper.opens(f"/p/{TINTED}")
    shopper.presses(re.compile("^唇上试色"))
    shopper.presses("打开相机")
    expect(shopper.sees("没能打开相机。请在浏览器里允许使用相机，或选一张照片。")).to_be_visible()

    # A photo does it, and nothing of it goes anywhere.
    sent: list[str] = []
    shopper.page.on("request", lambda request: sent.append(request.url) if request.method != "GET" else None)
    shopper.page.get_by_label("选一张照片").set_input_files(FACE)
    compare = shopper.button("按住看原样")
    expect(compare).to_be_visible()
    shopper.keeps("90-try-on")
    painted = pixels(shopper)
    compare.dispatch_event("pointerdown")
    bare = pixels(shopper)
    compare.dispatch_event("pointerup")
    assert_only_the_mouth_is_redder(bare, painted)
    assert [url for url in sent if "upload" in url] == []

    # The colour that suits is taken over to the page.
    shopper.presses("无花果")
    shopper.presses("就要无花果")
    expect(shopper.button(re.compile("^无花果"))).to_have_attribute("aria-pressed", "true")


def pixels(person: Person) -> list[int]:
    """What the canvas shows: red, green, blue and cover of each pixel."""
    shown: list[int] = person.page.locator("canvas").evaluate(PIXELS)
    return shown


def assert_only_the_mouth_is_redder(bare: list[int], painted: list[int]) -> None:
    """Everything that changed lies in the mouth, and lost green rather than red."""
    changed = [at for at in range(0, len(bare), 4) if bare[at : at + 3] != painted[at : at + 3]]
    places = [(at // 4 % WIDTH, at // 4 // WIDTH) for at in changed]
    left, top, right, bottom = MOUTH
    assert len(changed) > 200
    assert all(left <= x <= right and top <= y <= bottom for x, y in places)
    assert sum(bare[at + 1] - painted[at + 1] for at in changed) > sum(bare[at] - painted[at] for at in changed)

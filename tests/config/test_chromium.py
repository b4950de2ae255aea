"""The browser of the tests is a real one and can write Chinese."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.support.browser import chromium


def picture_of(browser: Browser, letters: str) -> bytes:
    page = browser.new_page(viewport={"width": 120, "height": 60})
    page.set_content(f'<body style="font: 40px system-ui, sans-serif; margin: 4px">{letters}</body>')
    picture = page.screenshot()
    page.close()
    return picture


@pytest.mark.browser
def test_every_chinese_letter_has_a_shape_of_its_own():
    with chromium() as browser:
        first, second, third = (picture_of(browser, letters) for letters in ("团子", "團子", "一起"))

    # Letters without a shape are all drawn as the same box.
    assert len({first, second, third}) == 3

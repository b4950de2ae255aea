"""Somebody at a device: a browser context of their own, and what people do on any page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypedDict

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, ViewportSize

from tests.browser.stack import Stack
from tests.support.sessions import session_cookies

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1440, height=900)
# Without these the shop takes the browser for a robot, and a robot's visit counts for nobody.
AGENTS = {
    False: "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/147.0.0.0 Mobile Safari/537.36",
    True: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36",
}
# A page waits for what it shows; this is only how long until a test gives up, on a machine that is busy.
PATIENCE_MILLISECONDS = 60_000
# While signing in, the sign-in service answers "not yet" with 401; the browser writes that down as an error.
EXPECTED = re.compile(r"/_allauth/|/favicon")
SEEN_PICTURES_ARE_THERE = """() => [...document.images].every((image) => {
  const { top, left, bottom, right } = image.getBoundingClientRect()
  const isSeen = top < innerHeight && left < innerWidth && bottom > 0 && right > 0
  return image.complete || (image.loading === 'lazy' && !isSeen)
})"""
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


class Device(TypedDict, total=False):
    """What a person may say of the device: a desk computer instead of a telephone, and its language."""

    desk: bool
    locale: str


class Person:
    """One person with one device."""

    def __init__(
        self, name: str, *, chrome: Browser, shop: Stack, artifacts: Path, desk: bool = False, locale: str = "zh-CN"
    ) -> None:
        self.name = name
        self.shop = shop
        self.artifacts = artifacts
        self.complaints: list[str] = []
        self.context = chrome.new_context(
            viewport=DESK if desk else PHONE,
            user_agent=AGENTS[desk],
            has_touch=not desk,
            locale=locale,
            timezone_id="Asia/Shanghai",
            base_url=shop.url,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE_MILLISECONDS)
        self.page = self.context.new_page()
        self.listen(self.page)

    def listen(self, page: Page) -> None:
        """Write down everything that a page complains about: errors, refused content, broken answers."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{self.name}: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED.search(message.location.get("url", "")):
            self.complaints.append(f"{self.name}: {message.text} at {message.location.get('url')}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{self.name}: {response.status} from {response.url}")

    def opens(self, path: str) -> None:
        """Go to an address."""
        self.page.goto(path)

    def presses(self, name: str | re.Pattern[str], *, inside: Locator | None = None) -> None:
        """Press the button of this name."""
        self.button(name, inside=inside).click()

    def button(self, name: str | re.Pattern[str], *, inside: Locator | None = None) -> Locator:
        """The button of this name."""
        return (inside or self.page).get_by_role("button", name=name, exact=True).first

    def follows(self, name: str | re.Pattern[str], *, inside: Locator | None = None) -> None:
        """Follow the link of this name."""
        (inside or self.page).get_by_role("link", name=name, exact=True).first.click()

    def writes(self, label: str | re.Pattern[str], text: str, *, inside: Locator | None = None) -> None:
        """Fill the field of this label."""
        (inside or self.page).get_by_label(label).first.fill(text)

    def sees(self, text: str | re.Pattern[str]) -> Locator:
        """Something with this text."""
        return self.page.get_by_text(text).first

    def heading(self, name: str | re.Pattern[str]) -> Locator:
        """The heading with this text."""
        return self.page.get_by_role("heading", name=name).first

    def dialog(self) -> Locator:
        """The sheet that is open."""
        return self.page.get_by_role("dialog")

    def keeps(self, step: str, *, whole: bool = False) -> None:
        """Keep a picture of what is seen, once its pictures are there."""
        self.page.wait_for_function(SEEN_PICTURES_ARE_THERE)
        self.page.screenshot(path=self.artifacts / f"{step}.png", full_page=whole, animations="disabled")

    def newest_code(self, receiver: str) -> str:
        """The code of the newest message to a phone or mailbox, as the inbox page shows it."""
        page = self.context.new_page()
        try:
            page.goto(f"/dev/inbox?to={receiver}")
            page.get_by_text(CODE).first.wait_for()
            found = CODE.search(page.locator("body").inner_text())
        finally:
            page.close()
        assert found
        return found.group()

    def signs_in_quietly(self, email: str, password: str) -> None:
        """Sign in as somebody of the seed through the service, where the form is not what the test is about."""
        self.context.add_cookies(session_cookies(self.shop.url, email, password))

    def leave(self) -> None:
        """Put the device away."""
        self.context.close()

"""`python -m tests.screenshots`: take every picture of `docs/images` at `SITE_URL` (the demo of `make run`)."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page

from backend.core.embedded.places import PROJECT
from tests.browser.cast import DOMAIN, PASSWORD
from tests.browser.person import SEEN_PICTURES_ARE_THERE
from tests.support.browser import chromium
from tests.support.sessions import session_cookies

SITE = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
IMAGES = PROJECT / "docs" / "images"
MOST_BYTES = 150_000
PHONE, DESK = (390, 844), (1440, 900)


@dataclass(frozen=True)
class Studio:
    """A browser that takes pictures of one shop."""

    browser: Browser

    @contextmanager
    def page(self, who: str, *, size: tuple[int, int] = PHONE, theme: str = "light") -> Iterator[Page]:
        """A page of somebody, or of nobody when `who` is empty."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=2 if size == PHONE else 1,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            base_url=SITE,
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": "tz_theme", "value": theme, "url": SITE}])
        if who:
            context.add_cookies(session_cookies(SITE, f"{who}@{DOMAIN}", PASSWORD))
        yield context.new_page()
        context.close()


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        studio = Studio(browser)
        shop(studio)
        dark(studio)
        consoles(studio)


def shop(studio: Studio) -> None:
    """The shop, as 阿梨 sees it."""
    with studio.page("ali") as page:
        for name, path in (("home", "/"), ("product", "/p/succulent-yard"), ("circles", "/circles"), ("me", "/me")):
            page.goto(path)
            take(page, name)
        follow(page, "/circles", "/post/", number=1)
        take(page, "post")
        follow(page, "/messages", "/room/")
        take(page, "chat")
        follow(page, page.url, "/g/")
        take(page, "group")
        page.get_by_role("button", name="生成海报").first.click()
        address = page.locator("a.share__poster").get_attribute("href") or ""
    keep(httpx.get(f"{SITE}/{address.removeprefix(SITE).lstrip('/')}", timeout=60).raise_for_status().content, "poster")


def dark(studio: Studio) -> None:
    """A group in the dark theme."""
    with studio.page("ali", theme="dark") as page:
        follow(page, "/groups", "/g/")
        take(page, "group-dark")


def consoles(studio: Studio) -> None:
    """What the moderators and the growth team see."""
    with studio.page("moderator", size=DESK) as page:
        page.goto("/moderation")
        take(page, "moderation")
    with studio.page("growth", size=DESK) as page:
        page.goto("/growth")
        take(page, "cockpit")
        follow(page, "/growth/campaigns", "/growth/campaigns/")
        take(page, "growth")


def follow(page: Page, path: str, wanted: str, *, number: int = 0) -> None:
    """Open a link of a page that leads below `wanted`."""
    page.goto(path)
    link = page.locator(f'a[href^="{wanted}"]:not([href="/post/new"])').nth(number)
    page.goto(link.get_attribute("href") or path)


def take(page: Page, name: str) -> None:
    """Keep what the page shows, once it is quiet."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(SEEN_PICTURES_ARE_THERE)
    keep(page.screenshot(animations="disabled"), name)


def keep(picture: bytes, name: str) -> None:
    """Write a picture as WebP, as good as its size allows."""
    with Image.open(io.BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    for quality in (86, 78, 68, 55, 40):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            break
    place: Path = IMAGES / f"{name}.webp"
    place.write_bytes(out.getvalue())
    print(f"{place.relative_to(PROJECT)}  {out.tell() // 1000} kB")


if __name__ == "__main__":
    try:
        httpx.get(f"{SITE}/readyz", timeout=10).raise_for_status()
    except httpx.HTTPError as silence:
        sys.exit(
            f"There is no shop at {SITE} ({silence}). Start `make run` in another terminal, or name it in SITE_URL."
        )
    main()

"""Wait until the shop answers, then say where it is and who can sign in."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from backend.core.embedded.places import data_folder

PATIENCE_SECONDS = 60
ACCOUNTS = "demo-accounts.txt"


def announce() -> int:
    """Print the addresses once `/readyz` says yes, and stay so that the lines remain the last word.

    Returns 1 when the shop does not become ready, which makes the supervisor stop everything.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    site = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    findings = wait_until_ready(site)
    if findings:
        print(f"The shop is not ready after {PATIENCE_SECONDS} s: {findings}", flush=True)
        return 1
    print(message(site), flush=True)
    while True:
        signal.pause()


def wait_until_ready(site: str) -> str:
    """An empty text when ready, else what was found last."""
    found = "no answer"
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{site}/readyz", timeout=3):  # noqa: S310 - an address of this machine
                return ""
        except urllib.error.HTTPError as refusal:
            found = json.loads(refusal.read())
        except OSError as error:
            found = str(error)
        time.sleep(0.2)
    return str(found)


def message(site: str) -> str:
    accounts = data_folder() / ACCOUNTS
    lines = [
        "",
        "Tuanzi 团子 is ready.",
        f"  Shop        {site}/",
        f"  Moderation  {site}/moderation",
        f"  Growth      {site}/growth",
        f"  Inbox       {site}/dev/inbox   (codes and messages that the shop has sent)",
        *demo_accounts(accounts),
        "Ctrl-C stops everything.",
        "",
    ]
    return "\n".join(lines)


def demo_accounts(file: Path) -> list[str]:
    if not file.exists():
        return []
    return ["", "Demo accounts", *[f"  {line}" for line in file.read_text().splitlines()], ""]

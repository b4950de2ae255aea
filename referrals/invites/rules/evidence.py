"""How long a digest is kept, under which pepper, and how it is made."""

import re
from datetime import datetime, timedelta

KEPT_FOR = timedelta(days=90)
PERIOD_SECONDS = int(KEPT_FOR.total_seconds())
BLOCK = 64


def period_of(at: datetime) -> int:
    """The number of the ninety days that a moment lies in."""
    return int(at.timestamp()) // PERIOD_SECONDS


def hmac_pads(key: bytes) -> tuple[bytes, bytes]:
    """The two blocks of HMAC-SHA256, so that a database can do the rest with its own hash."""
    block = key.ljust(BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


def normal_address(text: str) -> str:
    """An address in the one form in which it is compared; the statement that notes addresses does the same."""
    return re.sub(r"[\s,，。.#-]", "", text).lower()

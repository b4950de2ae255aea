"""Identifiers: primary keys that sort by time, and short codes that people can read aloud."""

import secrets
import time
import uuid

UNAMBIGUOUS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_id() -> uuid.UUID:
    """Make a UUID of version 7: 48 bits of milliseconds, 12 bits of their fraction, 62 random bits."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76
    value |= fraction << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return uuid.UUID(int=value)


def short_code(length: int = 8) -> str:
    """Make a random code without the letters and digits that people mix up (0 O, 1 I)."""
    return "".join(secrets.choice(UNAMBIGUOUS) for _ in range(length))

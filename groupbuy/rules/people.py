"""By what one person is known again who comes with two accounts, and what a leader earns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.crypto import salted_hmac

from backend.core.money import BASIS_POINTS

SALT = "groupbuy.people"
PLACE = ("province", "city", "district", "line")
LEADER_WAITS = timedelta(days=9)


def household_of(address: Mapping[str, Any]) -> str:
    """A digest of an address, without the address."""
    return _digest(
        "household", "|".join(str(address.get(name, "")) for name in ("province", "city", "district", "line"))
    )


def phone_of(address: Mapping[str, Any]) -> str:
    """A digest of the number that the parcel's carrier calls."""
    return _digest("phone", str(address.get("phone", "")))


def leader_discount(*, line_minor: int, bps: int | None, most_minor: int) -> int:
    """What a leader pays less for a line: an amount, or a share with a cap; something is always left to pay."""
    wanted = most_minor if bps is None else min(most_minor, line_minor * bps // BASIS_POINTS)
    return max(0, min(wanted, line_minor - 1))


def leader_share(*, promised: int, seats: int, needed: int, kept: int) -> int:
    """What a leader earns: all of it when enough seats keep their goods, else the share of those that do."""
    return promised if kept >= needed else promised * kept // seats


def _digest(kind: str, text: str) -> str:
    plain = "".join(text.split()).lower().strip("|")
    return salted_hmac(f"{SALT}.{kind}", plain, algorithm="sha256").hexdigest() if plain else ""

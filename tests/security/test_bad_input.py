"""Whatever the API is sent, it answers with a refusal that has a name; it never breaks or does half a thing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLEnumType

from tests.core.graphql.walking import root_fields
from tests.security.asking import Asker, Path, codes, placed, refill, root_arguments
from tests.security.test_other_peoples_ids import STAFF, label
from tests.security.world import arguments_of

WRONG_TYPES: tuple[Any, ...] = (None, [], {}, [[]], {"a": 1}, True, 1.5, "1")
BROKEN = {"INTERNAL", "TOO_MANY_REQUESTS", "TIMEOUT", "BUSY"}
NUMBERS = (-1, 2**53 - 1, 0, 2**31 - 1, -(2**31), 2**31, 2**53, 2**63, -(2**63), 10**30, 1e308)
TEXTS = (
    "\x00", "a" * 50_000, "", " ", "a\x00b", "\ud800", "\udfff\ud800", "\u202e\u200b\ufeff", "字" * 5_000, "\r\n" * 50,
    "<script>alert(1)</script>", "'; DROP TABLE orders; --", "%s%n%(x)s{0}{x}", "../../etc/passwd", "${7*7}{{7*7}}",
    "Z̴͓̈́a̶l̷g̸o̵", "👩‍👩‍👧‍👦" * 20, "\u2028\u2029", "NaN", "-0", "1e999", "٠١٢", "\uffff", "İi", "=cmd|' /C calc'!A0",
)  # fmt: skip
MOMENTS = (
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999-23:59", "", "0000-00-00T00:00:00Z",
    "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "2026-02-30T00:00:00Z",
    "2026-01-01", "2026-01-01T00:00:00", "1970-01-01T00:00:00Z", "2026-W01-1T00:00:00Z", "now", "\x00",
)  # fmt: skip
DEEP: Any = "bottom"
for _level in range(200):
    DEEP = [DEEP]
VALUES: tuple[Any, ...] = (
    {"\x00": "\x00"}, [1] * 10_000, None, 1, -1, 2**70, 1e308, "", "\x00", "\ud800", [], {}, {"en": "\ud800"}, DEEP,
    {"zh-Hans": "字" * 10_000, "zh-Hant": None, "en": {}}, {"who": ["all"]}, {"who": "tiers", "tiers": "x"},
    {"productIds": ["x", None, 1, {}], "size": -1, "ttlHours": 10**20, "discountBps": 1.5},
    {"productIds": "x", "size": "3", "ttlHours": None, "priceMinor": -1},
    {"productIds": [], "size": 1e308, "ttlHours": [], "priceMinor": 2**60},
)  # fmt: skip
HOSTILE: dict[str, tuple[Any, ...]] = {
    "String": TEXTS, "ID": (*TEXTS, "0" * 32), "Int": NUMBERS, "BigInt": NUMBERS, "Float": NUMBERS, "Boolean": (0, 1),
    "Date": MOMENTS, "DateTime": MOMENTS, "JSON": VALUES,
}  # fmt: skip
# Tries are counted even when they fail: that is what they are written down for.
COUNTED = {"promotions_codeattempt"}
LONG: tuple[list[Any], ...] = (["x"] * 10_000, [None] * 10_000, [{}] * 10_000)
# The first values are tried everywhere. The others take turns, unless THOROUGH=1 asks for all of them (some minutes).
FIRST = 2
TURNS = 1 if os.environ.get("THOROUGH") else 8
FIELDS = [pytest.param(root, name, id=name) for root, name, _facts in root_fields() if root != "Subscription"]


def hostile(root: str, name: str, given: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The right arguments with one thing wrong in them, for every scalar and every way of being wrong."""
    for place, (path, type_) in enumerate(root_arguments(root, name)):
        values = ("", "\x00", 1) if isinstance(type_, GraphQLEnumType) else HOSTILE[type_.name]
        wrong = () if type_.name == "JSON" else WRONG_TYPES
        for number, value in enumerate((*values, *wrong)):
            if number < FIRST or (number + place + len(name)) % TURNS == 0:
                yield path, placed(given, path, value)
        if 0 in path:
            yield path, placed(given, path[: path.index(0)], LONG[place % len(LONG)])


@pytest.mark.parametrize(("root", "name"), FIELDS)
def test_bad_input_is_refused_by_name(asker: Asker, root: str, name: str) -> None:
    given = arguments_of(asker.world, root, name)
    problems: dict[str, list[str]] = {}
    for number, (path, sent) in enumerate(hostile(root, name, given)):
        if number % 100 == 0:
            refill()
        answer, changed = asker.ask_and_look(STAFF.get(name, "owner"), root, name, sent)
        refused = codes(answer)
        if BROKEN.intersection(refused) or (refused and set(changed) - COUNTED):
            problems.setdefault(label(name, path), []).append(f"{sent_at(sent, path)[:50]}: {refused} {changed}")
    refill()

    assert problems == {}


def sent_at(sent: Any, path: tuple[Any, ...]) -> str:
    for step in path:
        if not isinstance(sent, list | dict) or (isinstance(sent, dict) and step not in sent) or not sent:
            break
        sent = sent[step]
    return repr(sent)

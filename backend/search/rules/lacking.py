"""What a text says that a thing is without: 不加糖, 无香, no sugar, lactose free."""

import re

from backend.search.rules.folding import fold, has_han
from backend.search.rules.segmenting import words

_WITHOUT = re.compile(
    r"(?:不含|不加|不带|不用|不需要|无需|无添加|没有|免|无|零|0)\s*([\u4e00-\u9fff]{1,6})"
    r"|\b(?:no|without(?: any)?|free (?:of|from)|zero)\s+(?:added\s+)?([a-z]+)"
    r"|\b([a-z]+)[- ]free\b"
)


def lacked(text: str) -> list[str]:
    """The words that it names as not there, each once."""
    named = [next(part for part in found.groups() if part) for found in _WITHOUT.finditer(fold(text))]
    return list(dict.fromkeys(_first(each) for each in named))


def _first(named: str) -> str:
    return next(iter(words(named)), named) if has_han(named) else named

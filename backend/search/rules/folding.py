"""One way to write each text, so that what looks the same is the same."""

import re
import unicodedata
from functools import lru_cache

import opencc

LONGEST_QUERY = 200
_SIMPLIFY = opencc.OpenCC("t2s")
_SIMPLIFY_TAIWAN = opencc.OpenCC("tw2sp")
_TRADITIONAL = opencc.OpenCC("s2twp")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\u3005\u3007]")
_ONLY_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\u3005\u3007]+")
_LETTERS = re.compile(r"[a-z]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Write a text the way it is compared: narrow, small, simplified, single spaces, nothing invisible."""
    return str(_SIMPLIFY.convert(plain(text)))


def plain(text: str) -> str:
    """The same without touching the script: what a person sees in a history or a report."""
    narrow = unicodedata.normalize("NFKC", _visible(text)).casefold()
    return " ".join(_visible(narrow).split())


def query_of(text: str) -> str:
    """What a shopper typed, folded and bounded, whatever he pasted."""
    return fold(text[:LONGEST_QUERY])[:LONGEST_QUERY].strip()


def other_words(text: str) -> str:
    """The same in the words of the mainland, where Taiwan has a word of its own: 滑鼠 is 鼠标."""
    return str(_SIMPLIFY.convert(_SIMPLIFY_TAIWAN.convert(plain(text[:LONGEST_QUERY]))))[:LONGEST_QUERY].strip()


def in_script(text: str, locale: str) -> str:
    """A folded text as a reader of this language writes it."""
    return str(_TRADITIONAL.convert(text)) if locale == "zh-Hant" else text


def has_han(text: str) -> bool:
    """Whether any sign of it is Chinese."""
    return _HAN.search(text) is not None


def is_han(text: str) -> bool:
    """Whether all of it is Chinese."""
    return _ONLY_HAN.fullmatch(text) is not None


def is_letters(text: str) -> bool:
    """Whether it may be English or pinyin."""
    return _LETTERS.fullmatch(text) is not None


def _visible(text: str) -> str:
    """Drop control signs, halves of signs and what nobody has assigned; they become spaces."""
    return "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)

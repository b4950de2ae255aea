"""How Chinese words sound: for pinyin, for initials, and for a wrong sign of the same sound."""

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from backend.search.rules.folding import is_han

_BORDER = "(?:[a-z]* )?"


@lru_cache(maxsize=8192)
def syllables(word: str) -> str:
    """The sound without tones, syllables parted by spaces: lian yi qun."""
    return " ".join(lazy_pinyin(word, style=Style.NORMAL, errors="ignore", v_to_u=False))


def sound(word: str) -> str:
    """The sound in one piece, as people type it: lianyiqun."""
    return syllables(word).replace(" ", "")


def initials(word: str) -> str:
    """The first letters of the syllables: lyq."""
    return "".join(syllable[0] for syllable in syllables(word).split())


def shortened(typed: str) -> str:
    """A pattern over syllables for what is typed half in full and half in initials: lyerji sounds like lan ya er ji."""
    return "^" + _BORDER.join(re.escape(letter) for letter in typed) + "[a-z]*$"


def windows(text: str, longest: int = 6) -> list[str]:
    """Every stretch of two to six signs, the longest first, that may be a word written with wrong signs."""
    found = []
    for length in range(min(longest, len(text)), 1, -1):
        found += [text[start : start + length] for start in range(len(text) - length + 1)]
    return [stretch for stretch in dict.fromkeys(found) if is_han(stretch)]

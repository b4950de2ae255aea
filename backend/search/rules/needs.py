"""Needs: what people say who do not name a thing, and what answers it, as it is written down in `lexicon/needs.txt`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from backend.search.rules.folding import fold, has_han
from backend.search.rules.segmenting import words

KINDS = ("RECIPIENT", "OCCASION", "SEASON", "PROBLEM", "ACTIVITY")
GAP = "…"
_NEEDS = Path(__file__).parent.parent / "lexicon" / "needs.txt"
_SIGNS_BETWEEN = r"[^\s,，。;；]{0,4}?"
_WORDS_BETWEEN = r"(?:\s+\w+){0,3}?\s+"


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One need: the ways to say it, and the words, shelves and attributes (`key=value`) that answer it."""

    code: str
    kind: str
    says: tuple[str, ...]
    finds: tuple[str, ...] = ()
    shelves: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How it is called where a text must stand for it: the first way to say it."""
        return self.says[0].replace(GAP, "")


@dataclass(frozen=True, slots=True)
class Said:
    """A need that a text speaks of, and from where to where."""

    start: int
    end: int
    need: NeedLine


@cache
def own_needs() -> Mapping[str, NeedLine]:
    """The shipped needs by their codes."""
    found: dict[str, NeedLine] = {}
    kind = ""
    for line in _NEEDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[] ").upper()
        elif line.strip() and not line.startswith("#"):
            need = read_need(kind, line)
            found[need.code] = need
    return found


def read_need(kind: str, line: str) -> NeedLine:
    """Read `code: a = b > words, @shelf, #key=value`."""
    code, _, rest = line.partition(":")
    said, _, answers = rest.partition(">")
    parts = [part.strip() for part in answers.split(",") if part.strip()]
    return NeedLine(
        code=code.strip(),
        kind=kind,
        says=folded(said.split(" = ")),
        finds=folded(part for part in parts if part[0] not in "@#"),
        shelves=tuple(part[1:] for part in parts if part[0] == "@"),
        attributes=tuple(part[1:] for part in parts if part[0] == "#"),
    )


def folded(parts: Iterable[str]) -> tuple[str, ...]:
    """Texts as they are compared, each once."""
    return tuple(dict.fromkeys(text for part in parts if (text := fold(part).replace("...", GAP).strip())))


def needs_said(text: str, needs: Iterable[NeedLine]) -> list[Said]:
    """The needs that a folded text speaks of, in order; where two overlap, the one that says more."""
    found = [
        (len(say.replace(GAP, "")), spot, need) for need in needs for say in need.says if (spot := _spot(text, say))
    ]
    found.sort(key=lambda each: (-each[0], each[1], each[2].code))
    kept: list[Said] = []
    for _length, (start, end), need in found:
        if all(need != each.need and (end <= each.start or start >= each.end) for each in kept):
            kept.append(Said(start, end, need))
    return sorted(kept, key=lambda each: each.start)


def cut_words(text: str, said: Said) -> list[str]:
    """The Chinese words of a text that a need begins or ends within."""
    cut, place = [], 0
    for word in words(text):
        start = text.find(word, place)
        place = start + len(word)
        if start >= 0 and has_han(word) and any(start < edge < place for edge in (said.start, said.end)):
            cut.append(word)
    return cut


def in_pieces(text: str, said: Sequence[Said]) -> list[str | Said]:
    """The text cut at the needs it speaks of."""
    pieces: list[str | Said] = []
    place = 0
    for each in said:
        pieces += [text[place : each.start], each]
        place = each.end
    return [piece for piece in (*pieces, text[place:]) if isinstance(piece, Said) or piece.strip()]


def shelf_lexeme(slug: str) -> str:
    """How the index keeps that a thing stands on a shelf."""
    return f"shelf:{slug}"


def attribute_lexeme(token: str) -> str:
    """How the index keeps that a thing has an attribute."""
    return f"has:{token}"


def _spot(text: str, say: str) -> tuple[int, int] | None:
    found = _pattern(say).search(text)
    return found.span() if found else None


@lru_cache(maxsize=8192)
def _anchor(say: str) -> str:
    """The longest part, which must be there as it is; nearly all ways to say something are ruled out by it."""
    return max((part.strip() for part in say.split(GAP)), key=len)


@lru_cache(maxsize=8192)
def _pattern(say: str) -> "re.Pattern[str]":
    parts = [re.escape(part.strip()) for part in say.split(GAP)]
    if has_han(say):
        return re.compile(_SIGNS_BETWEEN.join(parts))
    return re.compile(rf"(?<![a-z]){_WORDS_BETWEEN.join(parts)}(?:s|es)?(?![a-z])")

"""What a document is found by, and how well it stands."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.search.documents import Document, Passage
from backend.search.rules.folding import fold, has_han, is_han, plain
from backend.search.rules.lacking import lacked
from backend.search.rules.needs import attribute_lexeme, shelf_lexeme
from backend.search.rules.segmenting import fine_words, pairs, phrases, signs, tails
from backend.search.rules.sounding import initials, sound, syllables
from backend.search.rules.wishes import lacking

_ORDER = "DCBA"
_NAME = "A"
_EXPECTED_RATING, _EXPECTED_COUNT = 4.2, 20
_MOST_SOLD = 5


@dataclass(slots=True)
class Word:
    """A word on its way into the list of words."""

    word: str
    is_phrase: bool = False
    is_name: bool = False
    shown: dict[str, str] = field(default_factory=dict)

    def row(self, stem: str) -> list[Any]:
        """Its columns."""
        heard = is_han(self.word)
        return [
            self.word,
            stem,
            sound(self.word)[:120] if heard else "",
            syllables(self.word)[:160] if heard else "",
            initials(self.word)[:20] if heard else "",
            self.shown.get("zh-Hans", ""),
            self.shown.get("zh-Hant", ""),
            self.shown.get("en", ""),
            self.is_phrase,
            self.is_name,
        ]


@dataclass(slots=True)
class Found:
    """The lexemes of a document by their weights, and its words."""

    lexemes: dict[str, str] = field(default_factory=dict)
    words: dict[str, Word] = field(default_factory=dict)

    def head(self) -> dict[str, str]:
        """Everything but the long text."""
        return {lexeme: weight for lexeme, weight in self.lexemes.items() if weight != "D"}


def read_document(document: Document, stems: Mapping[str, str]) -> Found:
    """Take a document apart. `stems` has the stem of each Latin word; one that is missing says nothing."""
    found = Found()
    for passage in document.passages:
        _read_words(passage, found, stems)
        if passage.weight == _NAME:
            _read_name(passage, found)
        for word in lacked(passage.text):
            _keep(found.lexemes, lacking(word if has_han(word) else stems.get(word, word)), "C")
    for slug in document.categories:
        _keep(found.lexemes, shelf_lexeme(slug), "B")
    for token in document.attributes:
        _keep(found.lexemes, attribute_lexeme(token), "B")
    return found


def latin_words(document: Document) -> set[str]:
    """The words of a document that have a stem."""
    return {word for passage in document.passages for word in fine_words(passage.text) if not has_han(word)}


def standing_of(document: Document) -> float:
    """How well a thing stands with shoppers, from 0 to 1: two thirds sales, one third ratings."""
    sales = min(1.0, math.log10(1 + max(document.sold_count, 0)) / _MOST_SOLD)
    total = document.rating_total + _EXPECTED_RATING * _EXPECTED_COUNT
    rating = total / (document.rating_count + _EXPECTED_COUNT)
    return round(0.65 * sales + 0.35 * max(0.0, min(1.0, (rating - 3) / 2)), 6)


def rating_tenths(document: Document) -> int:
    """The average rating in tenths; nothing while there is none."""
    return round(document.rating_total * 10 / document.rating_count) if document.rating_count else 0


def _read_words(passage: Passage, found: Found, stems: Mapping[str, str]) -> None:
    for word in fine_words(passage.text):
        lexeme = word if has_han(word) else stems.get(word, "")
        if not lexeme:
            continue
        _keep(found.lexemes, lexeme, passage.weight)
        if len(word) > 1 and not word.isdigit():
            entry = found.words.setdefault(word, Word(word))
            entry.is_name = entry.is_name or passage.weight == _NAME
            entry.shown.setdefault(passage.locale, _as_written(word, passage))
    if passage.weight != "D":
        for pair in pairs(passage.text):
            _keep(found.lexemes, pair, "D")


def _read_name(passage: Passage, found: Found) -> None:
    for tail in tails(passage.text):
        _keep(found.lexemes, tail, _NAME)
    for sign in signs(passage.text):
        _keep(found.lexemes, sign, "D")
    for phrase in phrases(passage.text):
        _keep(found.lexemes, phrase, "D")
        entry = found.words.setdefault(phrase, Word(phrase, is_phrase=True))
        entry.is_name = True
        entry.shown.setdefault(passage.locale, _as_written(phrase, passage))


def _keep(lexemes: dict[str, str], lexeme: str, weight: str) -> None:
    """The heavier weight wins."""
    kept = lexemes.get(lexeme)
    if kept is None or _ORDER.index(weight) > _ORDER.index(kept):
        lexemes[lexeme] = weight


def _as_written(word: str, passage: Passage) -> str:
    """The word as the passage writes it, which the folded text tells where only the script was changed."""
    written, folded = plain(passage.text), fold(passage.text)
    start = folded.find(word)
    return written[start : start + len(word)] if start >= 0 and len(written) == len(folded) else word


def all_latin(documents: Iterable[Document]) -> set[str]:
    """The Latin words of many documents."""
    return set().union(*(latin_words(document) for document in documents))

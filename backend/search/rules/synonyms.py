"""Words that mean the same, and words that say nothing, as they are written down in `lexicon/`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backend.search.rules.folding import fold
from backend.search.rules.segmenting import words

_LEXICON = Path(__file__).parent.parent / "lexicon"


@dataclass(frozen=True, slots=True)
class SynonymLine:
    """Each of `words` finds the others and all of `also`; `also` finds only itself."""

    words: tuple[str, ...]
    also: tuple[str, ...] = ()


@cache
def own_synonyms() -> Mapping[str, tuple[str, ...]]:
    """What each word of the shipped list finds besides itself."""
    lines = (_LEXICON / "synonyms.txt").read_text(encoding="utf-8").splitlines()
    return expansions(read_line(line) for line in lines if line.strip() and not line.startswith("#"))


@cache
def empty_words() -> frozenset[str]:
    """Words that say nothing about what is looked for."""
    return frozenset((_LEXICON / "empty.txt").read_text(encoding="utf-8").split())


def read_line(line: str) -> SynonymLine:
    """Read `a = b > c, d`."""
    same, _, also = line.partition(">")
    return SynonymLine(tuple(_folded(same.split("="))), tuple(_folded(also.split(","))))


def write_line(line: SynonymLine) -> str:
    """Write it the same way."""
    same = " = ".join(line.words)
    return f"{same} > {', '.join(line.also)}" if line.also else same


def expansions(lines: Iterable[SynonymLine]) -> dict[str, tuple[str, ...]]:
    """What each word finds besides itself, by the word as it is looked up."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in lines:
        for word in line.words:
            found[key_of(word)].update(dict.fromkeys([*line.words, *line.also]))
    return {key: tuple(each for each in others if key_of(each) != key) for key, others in found.items()}


def key_of(text: str) -> str:
    """How a word or an expression is looked up: its words in one piece where they are Chinese."""
    return joined(singular(word) for word in words(text))


def singular(word: str) -> str:
    """A Latin word without the s of many, roughly, the same way for what is written down and what is typed."""
    return word[:-1] if word.isascii() and len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def joined(row: Iterable[str]) -> str:
    """Words put together as they are written: a space only between two that are not Chinese."""
    text = ""
    for word in row:
        text += f" {word}" if text and text[-1].isascii() and word[0].isascii() else word
    return text


def _folded(parts: Iterable[str]) -> list[str]:
    return [folded for part in parts if (folded := fold(part))]

"""Cutting texts into words. Chinese has no spaces, so a dictionary says where words end."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import rjieba

from backend.search.rules.folding import fold, has_han, is_han

LONGEST_WORD = 40
MOST_WORDS = 24
_CHUNK = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_OWN_WORDS = Path(__file__).parent.parent / "lexicon" / "words.txt"
_OWN_FREQUENCY = 20_000
# After a number these only count: 20 包 are no bags.
_UNITS = frozenset("包条个只支枚斤盒袋片块双件颗册张把桶盆枝码寸吋键页层色对道抽克升串组套卷瓶罐根顶台隻條個張雙顆")


@cache
def _cutter() -> rjieba.Jieba:
    """The segmenter with the words of this trade; made when the first text comes."""
    cutter = rjieba.Jieba()
    for line in _OWN_WORDS.read_text(encoding="utf-8").splitlines():
        if word := line.strip():
            cutter.add_word(word, _OWN_FREQUENCY, None)
    return cutter


def chunks(text: str) -> list[str]:
    """The pieces between spaces and punctuation, folded."""
    return [found.group() for found in _CHUNK.finditer(fold(text))]


def words(text: str) -> list[str]:
    """The words of a text in order, each as long as it is in the dictionary."""
    return list(_words(text))


def fine_words(text: str) -> list[str]:
    """The words of a text and the words within them: 连衣裙 also gives 衣裙; 50mm also gives 50 and mm."""
    found = []
    for word in _words(text):
        found.append(word)
        if is_han(word) and len(word) > 2:
            found += [part for part in _cutter().cut_for_search(word) if part != word and len(part) > 1]
        elif not has_han(word):
            parts = _PARTS.findall(word)
            found += [part for part in parts if part != word]
    return found


def phrases(text: str, longest: int = 8) -> list[str]:
    """Neighbouring words of a chunk joined, two to four of them: 挂耳 and 咖啡 also give 挂耳咖啡."""
    found = []
    for chunk in chunks(text):
        row = [word for word in _cutter().cut(chunk) if word.strip()]
        for start in range(len(row)):
            for end in range(start + 2, min(start + 4, len(row)) + 1):
                phrase = "".join(row[start:end])
                if is_han(phrase) and len(phrase) <= longest:
                    found.append(phrase)
    return found


def signs(text: str) -> list[str]:
    """Each Chinese sign by itself, for words that no dictionary has."""
    return [sign for word in _words(text) for sign in word if is_han(sign)]


def tails(text: str) -> list[str]:
    """The last sign of each Chinese word, which says what kind of thing it is: 跑鞋 is a 鞋."""
    return [word[-1] for word in _words(text) if is_han(word) and len(word) > 1]


def pairs(text: str) -> list[str]:
    """Every two neighbouring Chinese signs, for words that no dictionary has."""
    return [pair for chunk in chunks(text) for pair in map("".join, pairwise(chunk)) if is_han(pair)]


def _words(text: str) -> Iterator[str]:
    before = ""
    for chunk in chunks(text):
        for word in _cutter().cut(chunk):
            for piece in _CHUNK.findall(word):
                if piece not in _UNITS or not before.isdigit():
                    yield piece[:LONGEST_WORD]
                before = piece

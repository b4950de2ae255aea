"""What a review says of which side of a product, read with a lexicon.

A text is cut into clauses; a word of the lexicon in a clause speaks for or against its aspect; a word that only says
good or bad speaks of the aspects that its clause names. A negation before a word turns it round.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend.search.rules.folding import fold, has_han
from backend.search.rules.segmenting import words

_CLAUSES = re.compile(
    r"[,，.。;；!！?？~、\n:：]+|但是|但|不过|就是|可是|只是|然而|而且|\b(?:but|however|though|although|and|yet)\b"
)
_NEGATIONS = frozenset(
    {"不", "没", "没有", "无", "未", "别", "不是", "不够", "毫无", "不太", "并非", "不会", "没什么", "不算", "并不"}
    | {"not", "no", "never", "without", "hardly", "isn", "wasn", "doesn", "didn", "don", "aren", "nothing"}
)
# The segmenter often takes the negation into the word: 不好 is one word.
_DENYING = frozenset("不没无未")
REACH = 2
LONGEST_PHRASE = 3
MOST_LETTERS = 2_000


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words: for each the aspect it belongs to, if any, and its sign."""

    words: Mapping[str, tuple[str | None, int]] = field(default_factory=dict)

    def find(self, tokens: Sequence[str], at: int) -> tuple[str | None, int, int] | None:
        """The longest entry that begins here: its aspect, its sign and how many tokens it covers."""
        for length in range(min(LONGEST_PHRASE, len(tokens) - at), 0, -1):
            row = tokens[at : at + length]
            entry = self.words.get("".join(row) if has_han(row[0]) else " ".join(row))
            if entry is not None:
                return (*entry, length)
        denied = self.words.get(tokens[at][1:]) if tokens[at][0] in _DENYING else None
        return (denied[0], -denied[1], 1) if denied and denied[1] else None


def read_aspects(text: str, lexicon: Lexicon) -> dict[str, int]:
    """The sign of each aspect that a text speaks about; what it praises as much as it blames is left out."""
    sums: dict[str, int] = defaultdict(int)
    for clause in _CLAUSES.split(fold(text[:MOST_LETTERS])):
        for aspect, sign in _read_clause(words(clause), lexicon).items():
            sums[aspect] += sign
    return {aspect: 1 if total > 0 else -1 for aspect, total in sums.items() if total}


def _read_clause(tokens: Sequence[str], lexicon: Lexicon) -> dict[str, int]:
    named: dict[str, int] = {}
    opinion, at = 0, 0
    while at < len(tokens):
        found = lexicon.find(tokens, at)
        if found is None:
            at += 1
            continue
        aspect, sign, length = found
        if sign and any(token in _NEGATIONS for token in tokens[max(0, at - REACH) : at]):
            sign = -sign
        if aspect is None:
            opinion += sign
        else:
            named[aspect] = named.get(aspect, 0) + sign
        at += length
    return {aspect: own or (1 if opinion > 0 else -1 if opinion < 0 else 0) for aspect, own in named.items()}

"""What the index and the lists know about the words of one query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.search.rules.folding import has_han, other_words
from backend.search.rules.segmenting import fine_words, words
from backend.search.rules.synonyms import empty_words, joined, key_of, own_synonyms, singular
from backend.search.rules.wishes import Row
from backend.search.selectors import lexicon
from backend.search.selectors.stems import stems_of

LONGEST_EXPRESSION = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """Which words occur, how often, and what means the same."""

    counts: Mapping[str, int]
    stems: Mapping[str, str]
    stem_counts: Mapping[str, int]
    synonyms: Mapping[str, tuple[str, ...]]

    def lexeme(self, word: str) -> str:
        """The word as the index keeps it."""
        return word if has_han(word) else self.stems.get(word, word)

    def occurs(self, word: str) -> bool:
        """Whether some document holds it."""
        return word in self.counts if has_han(word) else self.stems.get(word, "") in self.stem_counts

    def count(self, word: str) -> int:
        """In how many documents."""
        return self.counts.get(word, 0) if has_han(word) else self.stem_counts.get(self.stems.get(word, ""), 0)

    def lexemes(self, row: Sequence[str]) -> Row:
        """What must all be there for an expression; words that say nothing are left out if others are left."""
        telling = [word for word in row if word not in empty_words()] or list(row)
        return tuple(dict.fromkeys(lexeme for word in telling if (lexeme := self.lexeme(word))))

    def others(self, row: Sequence[str]) -> tuple[str, ...]:
        """What means the same as an expression."""
        return self.synonyms.get(key(row), ())


def facts_of(tokens: Sequence[str], besides: Iterable[str] = ()) -> Facts:
    """Look all words up that may matter, in one statement for the words and one for the synonyms of the staff.

    `besides` are texts of which only the words themselves matter.
    """
    keys = {key(tokens[start:end]) for start, end in spans(tokens)} | {other_words(token) for token in tokens}
    staff = lexicon.staff_synonyms(sorted(keys))
    own = own_synonyms()
    found = {each: (*staff.get(each, ()), *own.get(each, ())) for each in keys if each in staff or each in own}
    for token in tokens:
        other = other_words(token)
        if other != token:
            found[key([token])] = (*found.get(key([token]), ()), other, *found.get(key_of(other), ()))
    asked = {part for token in tokens for part in (token, *fine_words(token))}
    asked |= {part for others in found.values() for other in others for part in words(other)}
    asked |= {part for text in besides for part in words(text)}
    stems = stems_of(word for word in asked if not has_han(word))
    known = lexicon.known_words([word for word in asked if has_han(word)], [stem for stem in stems.values() if stem])
    stem_counts: dict[str, int] = {}
    for each in known:
        if each.stem:
            stem_counts[each.stem] = max(stem_counts.get(each.stem, 0), each.documents_count)
    return Facts({each.word: each.documents_count for each in known}, stems, stem_counts, found)


def key(row: Sequence[str]) -> str:
    """How an expression is looked up among the synonyms."""
    return joined(singular(word) for word in row)


def spans(tokens: Sequence[str]) -> list[tuple[int, int]]:
    """All expressions of a row of words, from where to where."""
    longest = LONGEST_EXPRESSION
    return [(a, b) for a in range(len(tokens)) for b in range(a + 1, min(a + longest, len(tokens)) + 1)]

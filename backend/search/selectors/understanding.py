"""What a shopper means: words, prices, synonyms, and what was typed wrongly."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from backend.search.rules.conditions import conditions, refusals, without
from backend.search.rules.folding import LONGEST_QUERY, has_han, other_words, query_of
from backend.search.rules.prices import price_wish
from backend.search.rules.segmenting import fine_words, words
from backend.search.rules.synonyms import empty_words, joined, key_of, own_synonyms, singular
from backend.search.rules.wishes import Correction, Group, Row, Wish
from backend.search.selectors import lexicon
from backend.search.selectors.correcting import corrected_han, corrected_latin, han_runs
from backend.search.selectors.stems import stems_of

MOST_TOKENS = 16
MOST_GROUPS = 8
LONGEST_EXPRESSION = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """What the index and the lists know about the words of one query."""

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


def understand(text: str, *, is_exact: bool = False, is_of_goods: bool = True) -> Wish:
    """Read a query. Unless it is to be taken exactly, what no document holds is corrected.

    Prices, ratings and what is not wanted are said of goods; elsewhere such words are words.
    """
    typed = query_of(text)
    wish = _of_goods(typed) if is_of_goods else _read(typed, typed)
    if is_exact or not wish.unknown:
        return wish
    return corrected(wish, [found for typed in _unknown_parts(wish) if (found := _correct(typed, wish.unknown))])


def guessed(wish: Wish) -> Wish | None:
    """The same query with any stretch of Chinese signs taken for another word of the same sound, if there is one."""
    if wish.corrections:
        return None
    found = [correction for run in han_runs(wish.text) if (correction := corrected_han(run))]
    return corrected(wish, found) if found else None


def corrected(wish: Wish, corrections: Sequence[Correction]) -> Wish:
    """The query read anew with these words in place of what was typed."""
    text = wish.text
    for each in corrections:
        text = text.replace(each.typed, f" {each.meant[0]} ", 1)
    if not corrections:
        return wish
    text = joined(words(text))[:LONGEST_QUERY]
    again = _read(wish.typed, text)
    others = {each.meant[0]: each.meant[1:] for each in corrections}
    groups = tuple(
        replace(group, exact=(*group.exact, *((other,) for other in others.get(group.text, ()))))
        for group in again.groups
    )
    return replace(wish, text=again.text, groups=groups, unknown=again.unknown, corrections=tuple(corrections))


def _of_goods(typed: str) -> Wish:
    """The conditions that a query names, and the words that are left."""
    besides = conditions(typed)
    wanted = price_wish(besides.words)
    left, refused, without_rows = _refused(wanted.words)
    return replace(
        _read(typed, left),
        lowest=wanted.lowest,
        highest=wanted.highest,
        rating_min=besides.rating_min,
        sold_min=besides.sold_min,
        refused=refused,
        without=without_rows,
    )


def _refused(text: str) -> tuple[str, tuple[str, ...], tuple[Row, ...]]:
    """The text without what it says is not wanted, and that: as words to show, and as what a find must not hold."""
    shown: list[str] = []
    rows: list[Row] = []
    for each in refusals(text):
        tokens = [words(thing) for thing in each.things]
        facts = _facts([token for row in tokens for token in row], each.typed)
        known = [row for row in tokens if row and all(facts.occurs(token) for token in row)]
        is_word = not each.is_sure and _is_known(each.typed)
        if is_word or (not known and not each.is_sure):
            continue
        text = without(text, each.typed)
        shown += [joined(row) for row in known]
        rows += [row for tokens_of in known if (row := _lexemes(tokens_of, facts))]
    return text, tuple(dict.fromkeys(shown)), tuple(dict.fromkeys(rows))


def _is_known(typed: str) -> bool:
    """Whether a stretch that may be a refusal is a word or an expression of its own, such as 无线 or 不含糖."""
    tokens = words(typed.removesuffix("的"))
    facts = _facts(tokens, typed)
    return _key(tokens) in facts.synonyms or any(
        token.startswith(("无", "非", "不")) and facts.occurs(token) for token in tokens
    )


def _correct(typed: str, unknown: Sequence[str]) -> Correction | None:
    return corrected_han(typed, around=unknown) if has_han(typed) else corrected_latin(typed)


def _unknown_parts(wish: Wish) -> list[str]:
    """Latin words that no document holds, all of them as one when there are several, and whole Chinese stretches."""
    latin = [word for word in wish.unknown if not has_han(word)]
    runs = [run for run in han_runs(wish.text) if any(word in run for word in wish.unknown)]
    whole = " ".join(latin)
    if len(latin) > 1 and whole in wish.text and corrected_latin(whole):
        latin = [whole]
    return [*latin, *runs]


def _read(typed: str, text: str) -> Wish:
    """Cut a text into groups of words."""
    tokens = words(text)[:MOST_TOKENS]
    facts = _facts(tokens, text)
    groups: list[Group] = []
    unknown: list[str] = []
    place = 0
    while place < len(tokens):
        length = _expression_at(tokens, place, facts)
        if length:
            groups.append(_group(tokens[place : place + length], facts))
        elif tokens[place] not in empty_words():
            made = _groups_of(tokens[place], facts)
            groups += made
            if not made or (not facts.occurs(tokens[place]) and not tokens[place].isdigit() and len(made) == 1):
                unknown += [tokens[place]] if not _has_find(made, facts) else []
        place += max(length, 1)
    if not groups and tokens:
        groups = [_group([token], facts) for token in tokens]
    return Wish(typed=typed, text=text, groups=tuple(_once(groups)[:MOST_GROUPS]), unknown=tuple(unknown))


def _facts(tokens: Sequence[str], text: str) -> Facts:
    """Look all words up that may matter, in one statement for the words and one for the synonyms of the staff."""
    keys = {_key(tokens[start:end]) for start, end in _spans(tokens)} | {other_words(token) for token in tokens}
    staff = lexicon.staff_synonyms(sorted(keys))
    own = own_synonyms()
    found = {key: (*staff.get(key, ()), *own.get(key, ())) for key in keys if key in staff or key in own}
    for token in tokens:
        other = other_words(token)
        if other != token:
            found[_key([token])] = (*found.get(_key([token]), ()), other, *found.get(key_of(other), ()))
    asked = {part for token in tokens for part in (token, *fine_words(token))}
    asked |= {part for others in found.values() for other in others for part in words(other)}
    stems = stems_of(word for word in asked if not has_han(word))
    known = lexicon.known_words([word for word in asked if has_han(word)], [stem for stem in stems.values() if stem])
    stem_counts: dict[str, int] = {}
    for each in known:
        if each.stem:
            stem_counts[each.stem] = max(stem_counts.get(each.stem, 0), each.documents_count)
    return Facts({each.word: each.documents_count for each in known}, stems, stem_counts, found)


def _key(row: Sequence[str]) -> str:
    """How an expression is looked up among the synonyms."""
    return joined(singular(word) for word in row)


def _spans(tokens: Sequence[str]) -> list[tuple[int, int]]:
    longest = LONGEST_EXPRESSION
    return [(a, b) for a in range(len(tokens)) for b in range(a + 1, min(a + longest, len(tokens)) + 1)]


def _expression_at(tokens: Sequence[str], place: int, facts: Facts) -> int:
    """How many words from here make an expression that means the same as something else; none if they do not."""
    for length in range(min(LONGEST_EXPRESSION, len(tokens) - place), 1, -1):
        if _key(tokens[place : place + length]) in facts.synonyms:
            return length
    return 0


def _groups_of(token: str, facts: Facts) -> list[Group]:
    """A word as it is, or the words within it that occur, if it occurs nowhere itself."""
    if facts.occurs(token) or _key([token]) in facts.synonyms:
        return [_group([token], facts)]
    parts = [
        part for part in fine_words(token) if part != token and (facts.occurs(part) or _key([part]) in facts.synonyms)
    ]
    if parts:
        return [_group([part], facts) for part in _longest(parts)]
    return [_group([token], facts)] if facts.lexeme(token) else []


def _longest(parts: Sequence[str]) -> list[str]:
    """Parts that are not within another part."""
    return [part for part in dict.fromkeys(parts) if not any(part != other and part in other for other in parts)]


def _group(row: Sequence[str], facts: Facts) -> Group:
    text = joined(row)
    exact = _lexemes(row, facts)
    also = [_lexemes(words(other), facts) for other in facts.synonyms.get(_key(row), ())]
    counts = [facts.count(word) for word in row if word not in empty_words()] or [0]
    return Group(
        text=text,
        exact=(exact,) if exact else (),
        also=tuple(dict.fromkeys(each for each in also if each and each != exact)),
        importance=round(1 / math.log(math.e + min(counts)), 4),
    )


def _lexemes(row: Sequence[str], facts: Facts) -> Row:
    """What must all be there for an expression to be there; words that say nothing are left out if others are left."""
    telling = [word for word in row if word not in empty_words()] or list(row)
    return tuple(dict.fromkeys(lexeme for word in telling if (lexeme := facts.lexeme(word))))


def _has_find(groups: Sequence[Group], facts: Facts) -> bool:
    """Whether any way to say it occurs."""
    held = facts.counts.keys() | facts.stem_counts.keys()
    return any(all(lexeme in held for lexeme in row) for group in groups for row in (*group.exact, *group.also))


def _once(groups: Sequence[Group]) -> list[Group]:
    """Each group once, and none that asks for nothing."""
    return list({group.text: group for group in groups if group.exact or group.also}.values())

"""What a shopper means: words, prices, synonyms, and what was typed wrongly."""

import math
from collections.abc import Sequence
from dataclasses import replace

from backend.search.rules.conditions import conditions
from backend.search.rules.folding import LONGEST_QUERY, has_han, query_of
from backend.search.rules.needs import NeedLine, Said, attribute_lexeme, cut_words, in_pieces, needs_said, shelf_lexeme
from backend.search.rules.prices import price_wish
from backend.search.rules.segmenting import fine_words, words
from backend.search.rules.synonyms import empty_words, joined
from backend.search.rules.wishes import Correction, Group, Wish
from backend.search.selectors import lexicon
from backend.search.selectors.correcting import corrected_han, corrected_latin, han_runs
from backend.search.selectors.facts import LONGEST_EXPRESSION, Facts, facts_of, key
from backend.search.selectors.refusing import refused

MOST_TOKENS = 16
MOST_GROUPS = 8
# A thing that is named weighs more than the need beside it.
NEED_BESIDE_THING = 0.7
# What stands first among the answers to a need answers it best.
BEST_ANSWERS = 3


def understand(text: str, *, is_exact: bool = False, is_of_goods: bool = True) -> Wish:
    """Read a query. Unless it is to be taken exactly, what no document holds is corrected.

    Prices, ratings and what is not wanted are said of goods; elsewhere such words are words.
    """
    typed = query_of(text)
    wish = _of_goods(typed) if is_of_goods else _read(typed, typed, is_of_goods=False)
    if is_exact or not wish.unknown:
        return wish
    return corrected(wish, [found for typed in _unknown_parts(wish) if (found := _correct(typed, wish.unknown))])


def meant_besides(wish: Wish) -> list[Wish]:
    """Other wishes that people meant by this one, as they taught it."""
    others = [understand(typed, is_exact=True) for typed in lexicon.also_meant(wish.asked)] if wish.groups else []
    return [other for other in others if other.groups and other.asked != wish.asked]


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
    again = _read(wish.typed, text, is_of_goods=wish.is_of_goods)
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
    left, shown, unwanted = refused(wanted.words)
    return replace(
        _read(typed, left, is_of_goods=True, is_narrowed=bool(shown)),
        lowest=wanted.lowest,
        highest=wanted.highest,
        rating_min=besides.rating_min,
        sold_min=besides.sold_min,
        refused=shown,
        without=unwanted,
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


def _read(typed: str, text: str, *, is_of_goods: bool, is_narrowed: bool = False) -> Wish:
    """Cut a text into groups of words: needs first, then what stands around them."""
    said = _needs_in(text) if is_of_goods else []
    pieces = [piece if isinstance(piece, Said) else words(piece)[:MOST_TOKENS] for piece in in_pieces(text, said)]
    tokens = [token for piece in pieces if isinstance(piece, list) for token in piece]
    stretches = [text[each.start : each.end] for each in said]
    facts = facts_of(tokens, [*stretches, *(find for each in said for find in each.need.finds)])
    groups: list[Group] = []
    unknown: list[str] = []
    for piece in pieces:
        if isinstance(piece, Said):
            groups.append(_need_group(text[piece.start : piece.end], piece.need, facts))
        else:
            made, not_known = _groups_in(piece, facts)
            groups += made
            unknown += not_known
    if not groups and tokens:
        groups = [_group([token], facts) for token in tokens]
    groups = _once(groups)[:MOST_GROUPS]
    if said or is_narrowed:
        groups, unknown = _telling(groups), []
    return Wish(typed=typed, text=text, groups=tuple(groups), unknown=tuple(unknown), is_of_goods=is_of_goods)


def _needs_in(text: str) -> list[Said]:
    """The needs that a text speaks of; none within a word of some name (护手 in 护手霜), nor where the staff say
    what the whole means.
    """
    said = needs_said(text, lexicon.needs())
    if not said or lexicon.staff_synonyms([key(words(text))]):
        return []
    cut = {word for each in said for word in cut_words(text, each)}
    names = {each.word for each in lexicon.known_words(cut, ()) if each.is_name} if cut else set()
    return [each for each in said if not names.intersection(cut_words(text, each))]


def _groups_in(tokens: Sequence[str], facts: Facts) -> tuple[list[Group], list[str]]:
    """The groups of a row of words, and the words that no document holds."""
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
    return groups, unknown


def _need_group(typed: str, need: NeedLine, facts: Facts) -> Group:
    """A need: what was typed where documents hold it, and what answers it."""
    row = words(typed)
    exact = facts.lexemes(row) if row and all(facts.occurs(word) for word in row) else ()
    answers = [facts.lexemes(words(find)) for find in need.finds]
    answers += [(shelf_lexeme(slug),) for slug in need.shelves]
    answers += [(attribute_lexeme(token),) for token in need.attributes]
    answers = list(dict.fromkeys(each for each in answers if each and each != exact))
    return Group(
        text=need.name,
        exact=(exact,) if exact else (),
        also=tuple(answers[:BEST_ANSWERS]),
        near=tuple(answers[BEST_ANSWERS:]),
        is_need=True,
    )


def _telling(groups: Sequence[Group]) -> list[Group]:
    """Beside a need or a refusal, words that nothing on the shelf holds are talk.

    The thing follows the need in Chinese and stands before it in English; it weighs more than the need, and other
    words less: in 夏天怕晒黑 the summer is only when.
    """
    held = lexicon.held(lexeme for group in groups if not group.is_need for row in group.ways for lexeme in row)
    kept = [each for each in groups if each.is_need or any(held.issuperset(row) for row in each.ways)]
    places = [place for place, group in enumerate(kept) if group.is_need]
    if not places:
        return kept or list(groups)
    things = [
        group
        for place, group in enumerate(kept)
        if not group.is_need and (place > places[-1] if has_han(group.text) else place < places[0])
    ]
    weight = NEED_BESIDE_THING * min((group.importance for group in things), default=1 / NEED_BESIDE_THING)
    aside = [
        replace(
            group,
            importance=round(weight if group.is_need else min(group.importance, NEED_BESIDE_THING * weight), 4),
        )
        for group in kept
        if group not in things
    ]
    return [*things, *aside]


def _expression_at(tokens: Sequence[str], place: int, facts: Facts) -> int:
    """How many words from here make an expression that means the same as something else; none if they do not."""
    for length in range(min(LONGEST_EXPRESSION, len(tokens) - place), 1, -1):
        if key(tokens[place : place + length]) in facts.synonyms:
            return length
    return 0


def _groups_of(token: str, facts: Facts) -> list[Group]:
    """A word as it is, or the words within it that occur, if it occurs nowhere itself."""
    if facts.occurs(token) or key([token]) in facts.synonyms:
        return [_group([token], facts)]
    parts = [
        part for part in fine_words(token) if part != token and (facts.occurs(part) or key([part]) in facts.synonyms)
    ]
    if parts:
        return [_group([part], facts) for part in _longest(parts)]
    return [_group([token], facts)] if facts.lexeme(token) else []


def _longest(parts: Sequence[str]) -> list[str]:
    """Parts that are not within another part."""
    return [part for part in dict.fromkeys(parts) if not any(part != other and part in other for other in parts)]


def _group(row: Sequence[str], facts: Facts) -> Group:
    text = joined(row)
    exact = facts.lexemes(row)
    also = [facts.lexemes(words(other)) for other in facts.others(row)]
    counts = [facts.count(word) for word in row if word not in empty_words()] or [0]
    return Group(
        text=text,
        exact=(exact,) if exact else (),
        also=tuple(dict.fromkeys(each for each in also if each and each != exact)),
        importance=round(1 / math.log(math.e + min(counts)), 4),
    )


def _has_find(groups: Sequence[Group], facts: Facts) -> bool:
    """Whether any way to say it occurs."""
    held = facts.counts.keys() | facts.stem_counts.keys()
    return any(all(lexeme in held for lexeme in row) for group in groups for row in group.ways)


def _once(groups: Sequence[Group]) -> list[Group]:
    """Each group once, and none that asks for nothing."""
    return list({group.text: group for group in groups if group.ways}.values())

"""What a query says is not wanted, as the index can leave it out."""

from collections.abc import Sequence

from backend.search.rules.conditions import Refused, barer, refusals, without
from backend.search.rules.folding import is_han
from backend.search.rules.segmenting import words
from backend.search.rules.synonyms import joined
from backend.search.rules.wishes import Row, Unwanted
from backend.search.selectors import lexicon
from backend.search.selectors.facts import Facts, facts_of, key

# What only says that something is not wanted is no word of a thing.
MARKS = frozenset(("无", "非", "不", "不用", "不是", "不含", "不带", "不加", "不要"))


def refused(text: str) -> tuple[str, tuple[str, ...], tuple[Unwanted, ...]]:
    """The text without what it says is not wanted, and that: as words to show, and as what a find must not hold."""
    shown: list[str] = []
    found: list[Unwanted] = []
    for each in refusals(text):
        things, wanted = _things(each, text)
        known = {name: unwanted for thing in things if (read := _unwanted(thing)) for name, unwanted in [read]}
        is_word = not each.is_sure and _is_known(each.typed)
        if is_word or (not known and not each.is_sure):
            continue
        text = f"{without(text, each.typed)} {wanted}".strip()
        shown += known
        found += known.values()
    return text, tuple(dict.fromkeys(shown)), tuple(dict.fromkeys(found))


def _things(each: Refused, text: str) -> tuple[Sequence[str], str]:
    """What is named, and what is wanted of it where nothing else is: 不要巧克力零食 wants 零食."""
    last = words(each.things[-1]) if each.things else []
    if each.typed.endswith("的") or len(last) < 2 or without(text, each.typed) or not is_han(each.things[-1]):
        return each.things, ""
    return (*each.things[:-1], joined(last[:-1])), last[-1]


def _unwanted(thing: str) -> tuple[str, Unwanted] | None:
    """A thing that some document holds, by its own name, another, or words that end with it: 皮 is 牛皮 too."""
    for name in dict.fromkeys((thing, barer(thing))):
        tokens = words(name)
        facts = facts_of(tokens)
        ways = [tokens, *(words(other) for other in facts.others(tokens))] if tokens else []
        endings = lexicon.ending_with(name) if is_han(name) else []
        rows = [facts.lexemes(way) for way in ways if _is_held(way, facts)] + [(ending,) for ending in endings]
        if rows:
            named = [facts.lexemes(way)[0] for way in ways if len(facts.lexemes(way)) == 1]
            return joined(tokens), Unwanted(_once(rows), tuple(dict.fromkeys(named)))
    return None


def _is_held(way: Sequence[str], facts: Facts) -> bool:
    """Whether some document holds all of it; a single sign is no word of the list and is looked for in the index."""
    short = [word for word in way if len(word) == 1 and is_han(word)]
    return all(facts.occurs(word) for word in way if word not in short) and len(lexicon.held(short)) == len(set(short))


def _once(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(dict.fromkeys(row for row in rows if row))


def _is_known(typed: str) -> bool:
    """Whether a stretch that may be a refusal is a word or an expression of its own, such as 无线 or 不含糖."""
    tokens = words(typed.removesuffix("的"))
    facts = facts_of(tokens)
    return key(tokens) in facts.synonyms or any(
        token.startswith(("无", "非", "不")) and token not in MARKS and facts.occurs(token) for token in tokens
    )

# ruff: noqa: S608 - only names written in code become SQL; what a shopper sends is a parameter.
"""What the index knows about words: whether they occur, how often, and which words sound or look like them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from backend.search.rules.associating import MOST_SHOWN
from backend.search.rules.lexemes import quoted
from backend.search.rules.needs import NeedLine, own_needs
from backend.search.rules.sounding import shortened
from backend.search.rules.synonyms import SynonymLine, expansions

MOST_CANDIDATES = 40
_COLUMNS = "word, stem, sound, is_phrase, is_name, documents_count"


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word that some document holds."""

    word: str
    stem: str
    sound: str
    is_phrase: bool
    is_name: bool
    documents_count: int


def known_words(words: Iterable[str], stems: Iterable[str]) -> list[KnownWord]:
    """Those of the words that occur, by themselves or by their stems."""
    return _read(
        f"SELECT {_COLUMNS} FROM search_searchword WHERE word = ANY(%s) OR (stem <> '' AND stem = ANY(%s))",
        [sorted(set(words)), sorted(set(stems))],
    )


def staff_synonyms(keys: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """What the staff say these words find besides themselves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, also FROM search_synonym WHERE words && %s::varchar[] ORDER BY id", [list(keys)])
        return expansions(SynonymLine(tuple(words), tuple(also)) for words, also in cursor.fetchall())


def needs() -> list[NeedLine]:
    """The shipped needs with those of the staff, which stand in place of a shipped one of the same code."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, kind, says, finds, shelves, attributes, is_on FROM search_need")
        written = {row[0]: row for row in cursor.fetchall()}
    kept = [need for need in own_needs().values() if need.code not in written]
    return kept + [
        NeedLine(code, kind, tuple(says), tuple(finds), tuple(shelves), tuple(attributes))
        for code, kind, says, finds, shelves, attributes, is_on in written.values()
        if is_on
    ]


def also_meant(asked: str) -> list[str]:
    """The words that people meant by these, as they taught it; none that the staff switched off or made synonyms."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT learnt.also_words FROM search_association learnt WHERE learnt.asked = %s AND NOT EXISTS (SELECT 1"
            " FROM search_associationruling ruled WHERE ruled.asked = learnt.asked AND ruled.also = learnt.also)"
            f" ORDER BY learnt.weight DESC, learnt.also LIMIT {MOST_SHOWN}",
            [asked],
        )
        return [typed for (typed,) in cursor.fetchall()]


def held(lexemes: Iterable[str]) -> set[str]:
    """Those that some product holds in its name, shelf or short facts."""
    asked = sorted(set(lexemes))
    if not asked:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme FROM unnest(%s::text[], %s::text[]) AS asked(lexeme, query) WHERE EXISTS (SELECT 1"
            " FROM search_searchdocument WHERE kind = 'product' AND everything @@ query::tsquery"
            " AND head @@ query::tsquery)",
            [asked, [quoted(each) for each in asked]],
        )
        return {lexeme for (lexeme,) in cursor.fetchall()}


def ending_with(name: str) -> list[str]:
    """Chinese words that end so, the commonest first: what a thing is stands at the end of its name."""
    found = _read(
        f"SELECT {_COLUMNS} FROM search_searchword WHERE word LIKE %s AND NOT is_phrase AND word <> %s"
        f" ORDER BY documents_count DESC, word LIMIT {MOST_CANDIDATES}",
        ["%" + name, name],
    )
    return [each.word for each in found]


def sounding_like(sounds: Iterable[str]) -> list[KnownWord]:
    """Words with one of these sounds, whole words and names first."""
    return _read(
        f"SELECT {_COLUMNS} FROM search_searchword WHERE sound = ANY(%s)"
        " ORDER BY is_phrase, NOT is_name, documents_count DESC, word",
        [sorted(set(sounds))],
    )


def begun_by(initials: str) -> list[KnownWord]:
    """Words of names with these initials, whole words first."""
    return _read(
        f"SELECT {_COLUMNS} FROM search_searchword WHERE initials = %s AND is_name"
        f" ORDER BY is_phrase, documents_count DESC, word LIMIT {MOST_CANDIDATES}",
        [initials],
    )


def beginning_with(letters: str) -> list[KnownWord]:
    """Latin words that begin so, those of names first."""
    return _read(
        f"SELECT {_COLUMNS} FROM search_searchword WHERE word LIKE %s AND stem <> ''"
        f" ORDER BY NOT is_name, documents_count DESC, length(word), word LIMIT {MOST_CANDIDATES}",
        [letters + "%"],
    )


def shortened_to(typed: str) -> list[KnownWord]:
    """Words of names that somebody may type so, half in full and half in initials."""
    return _read(
        f"SELECT {_COLUMNS} FROM search_searchword WHERE initials LIKE %s AND is_name AND syllables ~ %s"
        f" ORDER BY length(word), is_phrase, documents_count DESC, word LIMIT {MOST_CANDIDATES}",
        [typed[0] + "%", shortened(typed)],
    )


def near_sounds(sounds: Sequence[str]) -> list[KnownWord]:
    """Chinese words that sound nearly like one of these."""
    return _read(
        f"SELECT {_COLUMNS} FROM search_searchword WHERE sound <> '' AND sound %% ANY(%s)"
        f" ORDER BY is_phrase, NOT is_name, documents_count DESC, word LIMIT {MOST_CANDIDATES * 5}",
        [list(sounds)],
    )


def near_words(word: str) -> list[KnownWord]:
    """Latin words that are written nearly like this one."""
    return _read(
        f"SELECT {_COLUMNS} FROM search_searchword WHERE stem <> '' AND word %% %s"
        f" ORDER BY similarity(word, %s) DESC, is_name DESC, documents_count DESC, word LIMIT {MOST_CANDIDATES}",
        [word, word],
    )


def _read(statement: str, parameters: list[Any]) -> list[KnownWord]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [KnownWord(*row) for row in cursor.fetchall()]

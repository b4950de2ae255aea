"""Pure decisions about words."""

import unicodedata
from collections.abc import Iterable, Mapping

Texts = Mapping[str, str]
MOST_TERMS = 8
LONGEST_TERM = 40


def plain(text: str) -> str:
    """Write a text the way it is compared: full-width letters made narrow, all small, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def terms_of(query: str) -> list[str]:
    """The words of a query, each once, at most eight."""
    return list(dict.fromkeys(term[:LONGEST_TERM] for term in plain(query).split()))[:MOST_TERMS]


def words_of(texts: Iterable[Texts]) -> str:
    """Join translated texts into what a product is found by."""
    return plain(" ".join(dict.fromkeys(text for each in texts for text in each.values())))


def pattern(term: str) -> str:
    """A term as a LIKE pattern, with what LIKE would misread escaped."""
    escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"

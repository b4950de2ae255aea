# ruff: noqa: S608 - only names written in code become SQL; what a shopper sends is a parameter.
"""What the catalogue asks of search: which products of a list fit some words, and what is looked for just now."""

from typing import Any

from backend.search.selectors.finding import is_found
from backend.search.selectors.understanding import guessed, understand

_FITS = (
    "product.id IN (SELECT subject_id FROM search_searchdocument WHERE kind = 'product' AND everything @@ %s::tsquery"
    " AND NOT head @@ %s::tsquery)"
)
MOST_HOT = 10


def matching_products(query: str) -> tuple[str, list[Any]]:
    """A condition over `product`: it fits every word as search understands it, or as it guesses it."""
    wish = understand(query)
    if not wish.groups:
        return ("TRUE", []) if not wish.text else ("FALSE", [])
    if not is_found(wish.needs_all(), "product") and (other := guessed(wish)):
        wish = other
    return _FITS, [wish.needs_all(), wish.left_out]


def hot_searches_sql(locale: str) -> str:
    """The hot searches as a column of the home row. The locale is one of ours, never what a shopper sends."""
    return (
        "COALESCE((SELECT json_agg(hot.words ORDER BY hot.position) FROM search_hotwords hot"
        f" WHERE hot.locale = '{locale}' AND hot.position < {MOST_HOT}), '[]')"
    )

# ruff: noqa: S608 - only names written in code become SQL; what a shopper sends is a parameter.
"""Finding: words become an SQL condition that the lists of the catalogue use."""

from typing import Any

from backend.search.rules import pattern, terms_of

CLOSE_ENOUGH = 0.5

_FOUND = "EXISTS (SELECT 1 FROM search_productwords found WHERE found.product_id = product.id AND {condition})"


def matching_products(query: str) -> tuple[str, list[Any]]:
    """A condition over `product`: every term occurs; a Latin one may be misspelt a little."""
    conditions: list[str] = []
    parameters: list[Any] = []
    for term in terms_of(query):
        if term.isascii() and len(term) > 3:
            conditions.append("(found.words LIKE %s OR word_similarity(%s, found.words) >= %s)")
            parameters += [pattern(term), term, CLOSE_ENOUGH]
        else:
            conditions.append("found.words LIKE %s")
            parameters.append(pattern(term))
    if not conditions:
        return "TRUE", []
    return _FOUND.format(condition=" AND ".join(conditions)), parameters


def hot_searches_sql(locale: str) -> str:
    """The hot searches as a column of the home row. The locale is one of ours, never what a shopper sends."""
    return (
        f"COALESCE((SELECT json_agg(COALESCE(hot.words ->> '{locale}', hot.words ->> 'zh-Hans') ORDER BY hot.position)"
        " FROM search_hotsearch hot), '[]')"
    )

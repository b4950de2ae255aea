"""Words as PostgreSQL writes them, always quoted, so that nothing a shopper types is ever an operator."""

from collections.abc import Iterable, Mapping, Sequence


def vector(weights: Mapping[str, str]) -> str:
    """A tsvector literal: each lexeme with its weight."""
    return " ".join(f"{quoted(lexeme)}:1{weight}" for lexeme, weight in sorted(weights.items()) if lexeme)


def all_of(lexemes: Iterable[str], weights: str = "") -> str:
    """A tsquery literal: all of them, of these weights if any are named."""
    suffix = f":{weights}" if weights else ""
    return " & ".join(quoted(lexeme) + suffix for lexeme in lexemes)


def any_of(alternatives: Iterable[Sequence[str]], weights: str = "") -> str:
    """A tsquery literal: one of these, each of which is a row of lexemes that must all be there."""
    return " | ".join(f"({all_of(each, weights)})" for each in alternatives if each)


def quoted(lexeme: str) -> str:
    """One lexeme in quotes."""
    doubled = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"

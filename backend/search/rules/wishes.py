"""What a query asks for once it is understood: groups of words, each of which a find should satisfy."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Literal

from backend.search.rules.lexemes import any_of, quoted

LONGEST_ASKED = 200
Row = tuple[str, ...]
Help = Literal["NONE", "FEW", "FEWER_WORDS", "RELATED", "POPULAR", "MENTIONED", "OUTSIDE", "LEARNT"]


@dataclass(frozen=True, slots=True)
class Group:
    """One thing asked for: the lexemes of what was typed, of what means the same, and of what comes near."""

    text: str
    exact: tuple[Row, ...]
    also: tuple[Row, ...] = ()
    near: tuple[Row, ...] = ()
    importance: float = 1.0
    is_need: bool = False

    def query(self, weights: str = "") -> str:
        """The tsquery that a find of this group satisfies, in texts of these weights if any are named."""
        return any_of(self.ways, weights)

    @property
    def ways(self) -> tuple[Row, ...]:
        """All that satisfies it."""
        return (*self.exact, *self.also, *self.near)


@dataclass(frozen=True, slots=True)
class Correction:
    """What was typed, and what it was taken for; the likeliest first."""

    typed: str
    meant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Something a find must not hold, in all its words, unless it says that it is without one of `named`."""

    rows: tuple[Row, ...]
    named: tuple[str, ...]

    def query(self) -> str:
        """The tsquery of what is left out."""
        lacks = " & ".join(f"!{quoted(lacking(lexeme))}" for lexeme in self.named)
        return f"(({any_of(self.rows)}) & {lacks})" if lacks else f"({any_of(self.rows)})"


@dataclass(frozen=True, slots=True)
class Wish:
    """A query as it was understood."""

    typed: str
    text: str
    groups: tuple[Group, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    corrections: tuple[Correction, ...] = ()
    unknown: tuple[str, ...] = field(default=())
    rating_min: float | None = None
    sold_min: int | None = None
    refused: tuple[str, ...] = ()
    without: tuple[Unwanted, ...] = ()
    is_of_goods: bool = True
    asked_as: str = ""

    @property
    def left_out(self) -> str:
        """The tsquery of what no find may satisfy; empty if nothing is unwanted."""
        return " | ".join(each.query() for each in self.without)

    @property
    def lacking(self) -> tuple[Row, ...]:
        """What a find says that is without what is not wanted."""
        return tuple((lacking(lexeme),) for each in self.without for lexeme in each.named)

    @property
    def names_need(self) -> bool:
        """Whether it says what is needed rather than only which thing."""
        return any(group.is_need for group in self.groups)

    def unbounded(self) -> "Wish":
        """The same without the numbers that it named."""
        return replace(self, lowest=None, highest=None, rating_min=None, sold_min=None)

    def needs_all(self) -> str:
        """The tsquery that a find of every group satisfies."""
        return " & ".join(f"({group.query()})" for group in self.groups)

    def needs(self, number: int, weights: str = "") -> str:
        """The tsquery that a find of this many groups satisfies."""
        some = (
            "(" + " & ".join(f"({group.query(weights)})" for group in row) + ")"
            for row in combinations(self.groups, number)
        )
        return " | ".join(some)

    @property
    def asked(self) -> str:
        """The wish as one text, the same for all ways and orders in which it can be typed, however far it is met."""
        return self.asked_as or key_of_groups({group.text for group in self.groups})

    @property
    def narrows(self) -> bool:
        """Whether it says anything besides words: prices, ratings, sales, what is not wanted."""
        return self.is_bounded or bool(self.refused)

    @property
    def is_bounded(self) -> bool:
        """Whether it names a price, a rating or sales."""
        return any(each is not None for each in (self.lowest, self.highest, self.rating_min, self.sold_min))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for but perhaps a price."""
        return not self.groups


def lacking(lexeme: str) -> str:
    """How the index keeps that a thing says it is without something."""
    return f"without:{lexeme}"


def key_of_groups(texts: Iterable[str]) -> str:
    """Groups of words as one text, in one order."""
    return " ".join(sorted(texts))[:LONGEST_ASKED]

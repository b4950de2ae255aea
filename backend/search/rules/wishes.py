"""What a query asks for once it is understood: groups of words, each of which a find should satisfy."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Literal

from backend.search.rules.lexemes import any_of

LONGEST_ASKED = 200
Row = tuple[str, ...]
Help = Literal["NONE", "FEW", "FEWER_WORDS", "RELATED", "POPULAR", "MENTIONED", "OUTSIDE"]


@dataclass(frozen=True, slots=True)
class Group:
    """One thing asked for: the lexemes of what was typed, and those of what means the same or near it."""

    text: str
    exact: tuple[Row, ...]
    also: tuple[Row, ...] = ()
    importance: float = 1.0

    def query(self, weights: str = "") -> str:
        """The tsquery that a find of this group satisfies, in texts of these weights if any are named."""
        return any_of((*self.exact, *self.also), weights)


@dataclass(frozen=True, slots=True)
class Correction:
    """What was typed, and what it was taken for; the likeliest first."""

    typed: str
    meant: tuple[str, ...]


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
    without: tuple[Row, ...] = ()

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
        """The wish as one text, the same for all ways and orders in which it can be typed."""
        return key_of_groups({group.text for group in self.groups})

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


def key_of_groups(texts: Iterable[str]) -> str:
    """Groups of words as one text, in one order."""
    return " ".join(sorted(texts))[:LONGEST_ASKED]

"""What a query asks for once it is understood: groups of words, each of which a find should satisfy."""

from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from backend.search.rules.lexemes import any_of

Row = tuple[str, ...]
Help = Literal["NONE", "FEW", "FEWER_WORDS", "RELATED", "POPULAR"]


@dataclass(frozen=True, slots=True)
class Group:
    """One thing asked for: the lexemes of what was typed, and those of what means the same or near it."""

    text: str
    exact: tuple[Row, ...]
    also: tuple[Row, ...] = ()
    importance: float = 1.0

    def query(self) -> str:
        """The tsquery that a find of this group satisfies."""
        return any_of((*self.exact, *self.also))


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

    def needs_all(self) -> str:
        """The tsquery that a find of every group satisfies."""
        return " & ".join(f"({group.query()})" for group in self.groups)

    def needs(self, number: int) -> str:
        """The tsquery that a find of this many groups satisfies."""
        some = (
            "(" + " & ".join(f"({group.query()})" for group in row) + ")" for row in combinations(self.groups, number)
        )
        return " | ".join(some)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for but perhaps a price."""
        return not self.groups

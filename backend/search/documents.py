"""A thing as search should know it, whichever app it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Weight = Literal["A", "B", "C", "D"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a document, how much it says, and in which language it is written."""

    weight: Weight
    text: str
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One thing as search should know it."""

    subject_id: UUID
    passages: Sequence[Passage]
    published_at: datetime
    categories: Sequence[str] = ()
    brand: str = ""
    attributes: Sequence[str] = ()
    price_minor: int = 0
    sold_count: int = 0
    rating_total: int = 0
    rating_count: int = 0

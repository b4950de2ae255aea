"""What happens in reviews, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class ReviewWritten(Event):
    """A buyer wrote, changed or added to a review; it waits to be weighed."""

    aggregate: ClassVar[str] = "review_id"
    review_id: UUID
    product_id: UUID
    author_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReviewWeighed(Event):
    """A review was looked at by the rules: it counts from now on, or waits for a moderator."""

    aggregate: ClassVar[str] = "review_id"
    review_id: UUID
    product_id: UUID
    author_id: UUID
    is_held: bool
    score: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReviewVisibilityChanged(Event):
    """A review is seen by others, or no longer."""

    aggregate: ClassVar[str] = "review_id"
    review_id: UUID
    product_id: UUID
    from_visibility: str
    to_visibility: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReviewRefunded(Event):
    """All pieces of a reviewed line went back."""

    aggregate: ClassVar[str] = "review_id"
    review_id: UUID
    product_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReviewAnswered(Event):
    """The shop answered a review."""

    aggregate: ClassVar[str] = "review_id"
    review_id: UUID
    author_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    """Somebody asked about a product."""

    aggregate: ClassVar[str] = "question_id"
    question_id: UUID
    product_id: UUID
    author_id: UUID
    is_held: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Event):
    """Somebody answered a question."""

    aggregate: ClassVar[str] = "question_id"
    question_id: UUID
    answer_id: UUID
    author_id: UUID
    asker_id: UUID
    is_held: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(Event):
    """The asker says that an answer helped."""

    aggregate: ClassVar[str] = "question_id"
    question_id: UUID
    answer_id: UUID
    author_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AnswerSolved(Event):
    """Another owner says that an answer solved the problem."""

    aggregate: ClassVar[str] = "question_id"
    question_id: UUID
    answer_id: UUID
    author_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AnswerVisibilityChanged(Event):
    """An answer is seen by others, or no longer."""

    aggregate: ClassVar[str] = "question_id"
    question_id: UUID
    answer_id: UUID
    from_visibility: str
    to_visibility: str
    at: datetime

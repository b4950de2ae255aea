"""What happens in the forum, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class PostPublished(Event):
    """A post stands for others to read."""

    aggregate: ClassVar[str] = "post_id"
    post_id: UUID
    author_id: UUID
    topic_id: UUID
    product_id: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PostLiked(Event):
    """Somebody likes a post."""

    aggregate: ClassVar[str] = "post_id"
    post_id: UUID
    author_id: UUID
    liker_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CommentAdded(Event):
    """Somebody answered a post, perhaps another comment."""

    aggregate: ClassVar[str] = "post_id"
    post_id: UUID
    comment_id: UUID
    author_id: UUID
    post_author_id: UUID
    replied_to_id: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class VisibilityChanged(Event):
    """A post or comment is seen by others, or no longer."""

    aggregate: ClassVar[str] = "post_id"
    post_id: UUID
    comment_id: UUID | None
    from_visibility: str
    to_visibility: str
    at: datetime

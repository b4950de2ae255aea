"""Topics, posts and comments for tests."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.ids import new_id
from community.forum.actions import add_comment, create_post, create_topic
from community.forum.models import Comment, Post, Topic
from tests.factories.catalogue import NOON, texts


def make_topic(slug: str = "plants") -> Topic:
    """A topic."""
    return create_topic(slug=slug, names=texts("养花", "養花", "Plants"), descriptions=texts("花花草草"))


def make_post(
    author: User,
    *,
    title: str = "第一盆多肉",
    topic: str = "plants",
    picture_ids: Sequence[UUID] = (),
    product_id: UUID | None = None,
    now: datetime = NOON,
) -> Post:
    """A post by somebody."""
    make_topic(topic)
    return create_post(
        author_id=author.id,
        topic=topic,
        title=title,
        body="养了一年，换了陶盆。",
        picture_ids=picture_ids,
        product_id=product_id,
        idempotency_key=new_id(),
        now=now,
    )


def make_comment(author: User, post: Post, *, body: str = "好看！", now: datetime = NOON) -> Comment:
    """A comment by somebody."""
    return add_comment(author_id=author.id, post_id=post.id, body=body, idempotency_key=new_id(), now=now)

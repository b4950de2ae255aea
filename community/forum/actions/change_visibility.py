"""Show and hide. Authors delete; moderation hides and shows through the same door."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from community.forum.actions.recount import recount_post, recount_topic
from community.forum.events import VisibilityChanged
from community.forum.models import Comment, Post, Topic, Visibility


@transaction.atomic
def change_post_visibility(*, post_id: UUID, visibility: str, now: datetime) -> str:
    """Set who sees a post and answer who saw it before, so that the change can be taken back.

    What its author deleted stays deleted.

    Raises: NotFound.
    Emits: VisibilityChanged.
    """
    topic_id = Post.objects.filter(pk=post_id).values_list("topic_id", flat=True).first()
    topic = lock_one(Topic, topic_id)
    post = lock_one(Post, post_id)
    before = post.visibility
    if before in (visibility, Visibility.AUTHOR_DELETED):
        return before
    post.visibility = visibility
    post.save(update_fields=["visibility"])
    recount_topic(topic)
    emit(VisibilityChanged(post_id=post.id, comment_id=None, from_visibility=before, to_visibility=visibility, at=now))
    return before


@transaction.atomic
def change_comment_visibility(*, comment_id: UUID, visibility: str, now: datetime) -> str:
    """Set who sees a comment and answer who saw it before. What its author deleted stays deleted.

    Raises: NotFound.
    Emits: VisibilityChanged.
    """
    post_id = Comment.objects.filter(pk=comment_id).values_list("post_id", flat=True).first()
    post = lock_one(Post, post_id)
    comment = lock_one(Comment, comment_id)
    before = comment.visibility
    if before in (visibility, Visibility.AUTHOR_DELETED):
        return before
    comment.visibility = visibility
    comment.save(update_fields=["visibility"])
    recount_post(post)
    emit(
        VisibilityChanged(
            post_id=post.id, comment_id=comment.id, from_visibility=before, to_visibility=visibility, at=now
        )
    )
    return before


@transaction.atomic
def delete_post(*, post_id: UUID, author_id: UUID, now: datetime) -> Post:
    """Delete one's own post for everybody; what moderation has removed stays with moderation.

    Raises: NotFound.
    Emits: VisibilityChanged.
    """
    if not Post.objects.filter(pk=post_id, author_id=author_id).exists():
        raise NotFound
    if change_post_visibility(post_id=post_id, visibility=Visibility.AUTHOR_DELETED, now=now) == Visibility.REMOVED:
        raise NotFound
    return Post.objects.get(pk=post_id)


@transaction.atomic
def delete_comment(*, comment_id: UUID, author_id: UUID, now: datetime) -> Comment:
    """Delete one's own comment for everybody.

    Raises: NotFound.
    Emits: VisibilityChanged.
    """
    if not Comment.objects.filter(pk=comment_id, author_id=author_id).exists():
        raise NotFound
    before = change_comment_visibility(comment_id=comment_id, visibility=Visibility.AUTHOR_DELETED, now=now)
    if before == Visibility.REMOVED:
        raise NotFound
    return Comment.objects.get(pk=comment_id)

"""Like, and take it back. Both may be said twice."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from community.forum import selectors
from community.forum.actions.recount import recount_comment, recount_post
from community.forum.events import PostLiked
from community.forum.models import Comment, CommentLike, Post, PostLike


@transaction.atomic
def like_post(*, post_id: UUID, user_id: UUID, now: datetime) -> Post:
    """Like a post once.

    Raises: NotFound.
    Emits: PostLiked.
    """
    post = _held_post(post_id, user_id)
    _like, is_new = PostLike.objects.get_or_create(post=post, user_id=user_id, defaults={"at": now})
    if is_new:
        recount_post(post)
        emit(PostLiked(post_id=post.id, author_id=post.author_id, liker_id=user_id, at=now))
    return post


@transaction.atomic
def unlike_post(*, post_id: UUID, user_id: UUID) -> Post:
    """Take a like back.

    Raises: NotFound.
    """
    post = _held_post(post_id, user_id)
    PostLike.objects.filter(post=post, user_id=user_id).delete()
    recount_post(post)
    return post


@transaction.atomic
def like_comment(*, comment_id: UUID, user_id: UUID, now: datetime) -> Comment:
    """Like a comment once.

    Raises: NotFound.
    """
    comment = _held_comment(comment_id, user_id)
    CommentLike.objects.get_or_create(comment=comment, user_id=user_id, defaults={"at": now})
    recount_comment(comment)
    return comment


@transaction.atomic
def unlike_comment(*, comment_id: UUID, user_id: UUID) -> Comment:
    """Take a like back.

    Raises: NotFound.
    """
    comment = _held_comment(comment_id, user_id)
    CommentLike.objects.filter(comment=comment, user_id=user_id).delete()
    recount_comment(comment)
    return comment


def _held_post(post_id: UUID, viewer_id: UUID) -> Post:
    if not selectors.visible_posts(viewer_id).filter(pk=post_id).exists():
        raise NotFound
    return lock_one(Post, post_id)


def _held_comment(comment_id: UUID, viewer_id: UUID) -> Comment:
    if not selectors.visible_comments(viewer_id).filter(pk=comment_id).exists():
        raise NotFound
    return lock_one(Comment, comment_id)

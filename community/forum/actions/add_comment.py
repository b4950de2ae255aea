"""Answer a post."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import lock_one
from backend.core.outbox import emit
from community.forum import rules, selectors
from community.forum.actions.recount import recount_post
from community.forum.errors import CommentsClosed, PostingTooFast
from community.forum.events import CommentAdded
from community.forum.models import Comment, Post, Visibility


@transaction.atomic
def add_comment(
    *,
    author_id: UUID,
    post_id: UUID,
    body: str,
    reply_to_id: UUID | None = None,
    idempotency_key: UUID,
    now: datetime,
) -> Comment:
    """Add an answer to a post that stands.

    Raises: InvalidInput, NotFound, CommentsClosed, PostingTooFast, KeyReused.
    Emits: CommentAdded.
    """
    request = {"post": post_id, "body": body, "reply_to": reply_to_id}
    first = replay_or_reserve(principal_id=author_id, action="add_comment", key=idempotency_key, request=request)
    if first:
        return Comment.objects.get(pk=first["comment_id"])

    rules.check_text("body", body, longest=rules.LONGEST_COMMENT)
    if not selectors.visible_posts(author_id).filter(pk=post_id).exists():
        raise NotFound
    replied_to = _replied_to(post_id, reply_to_id, author_id)
    if (
        selectors.written_since(author_id=author_id, since=now - rules.AN_HOUR, model=Comment)
        >= rules.COMMENTS_PER_HOUR
    ):
        raise PostingTooFast
    post = lock_one(Post, post_id)
    if post.visibility not in (Visibility.PUBLIC, Visibility.LIMITED):
        raise CommentsClosed

    comment = Comment.objects.create(
        post=post, author_id=author_id, reply_to=replied_to, body=body.strip(), created_at=now
    )
    recount_post(post)
    emit(
        CommentAdded(
            post_id=post.id,
            comment_id=comment.id,
            author_id=author_id,
            post_author_id=post.author_id,
            replied_to_id=replied_to.author_id if replied_to else None,
            at=now,
        )
    )
    remember(principal_id=author_id, action="add_comment", key=idempotency_key, answer={"comment_id": comment.id})
    return comment


def _replied_to(post_id: UUID, comment_id: UUID | None, viewer_id: UUID) -> Comment | None:
    if comment_id is None:
        return None
    found = selectors.visible_comments(viewer_id).filter(pk=comment_id, post_id=post_id).first()
    if found is None:
        raise NotFound
    return found

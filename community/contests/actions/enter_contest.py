"""Take part with a post."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.rows import insert_row_once
from community.contests import selectors
from community.contests.errors import ContestClosed, EnteredAlready, EntryNotFitting, PurchaseNeeded
from community.contests.models import ContestEntry
from community.forum.models import Post, Visibility


@transaction.atomic
def enter_contest(*, contest_id: UUID, post_id: UUID, author_id: UUID, now: datetime) -> ContestEntry:
    """Take part with one's own post, once; a repeat with the same post answers the first entry.

    Raises: NotFound, ContestClosed, EntryNotFitting, PurchaseNeeded, EnteredAlready.
    """
    contest = selectors.contest_by_id(contest_id)
    post = Post.objects.filter(pk=post_id, author_id=author_id).exclude(visibility=Visibility.AUTHOR_DELETED).first()
    if contest is None or post is None:
        raise NotFound
    if not selectors.is_open(contest, now):
        raise ContestClosed
    if post.topic_id != contest.topic_id or not post.pictures.exists():
        raise EntryNotFitting
    if contest.must_have_bought and not post.is_verified_purchase:
        raise PurchaseNeeded

    insert_row_once(ContestEntry(contest=contest, post=post, author_id=author_id, entered_at=now))
    mine = ContestEntry.objects.filter(contest=contest, author_id=author_id, post=post).first()
    if mine is None:
        raise EnteredAlready
    return mine

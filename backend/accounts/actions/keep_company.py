"""Following and blocking."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from backend.accounts.errors import CannotBlockYourself, CannotFollowYourself, FollowLimitReached
from backend.accounts.events import PersonBlocked, PersonFollowed, PersonUnfollowed
from backend.accounts.models import Block, Follow, Profile, User
from backend.accounts.rules import MOST_FOLLOWED
from backend.accounts.selectors import visible_person
from backend.core.errors import NotFound
from backend.core.locks import lock_many
from backend.core.outbox import emit


@transaction.atomic
def follow_person(*, follower_id: UUID, followee_id: UUID, now: datetime) -> Follow:
    """Hear of a person from now on; following twice is following once.

    Raises: NotFound, CannotFollowYourself, FollowLimitReached.
    Emits: PersonFollowed.
    """
    if follower_id == followee_id:
        raise CannotFollowYourself
    lock_many(Profile, [follower_id, followee_id])
    if known := Follow.objects.filter(follower_id=follower_id, followee_id=followee_id).first():
        return known
    visible_person(person_id=followee_id, viewer_id=follower_id)
    if Follow.objects.filter(follower_id=follower_id).count() >= MOST_FOLLOWED:
        raise FollowLimitReached(limit=MOST_FOLLOWED)
    follow = Follow.objects.create(follower_id=follower_id, followee_id=followee_id, at=now)
    emit(PersonFollowed(follower_id=follower_id, followee_id=followee_id, at=now))
    return follow


@transaction.atomic
def unfollow_person(*, follower_id: UUID, followee_id: UUID, now: datetime) -> bool:
    """Hear no more of a person; say whether anything changed.

    Raises: NotFound.
    Emits: PersonUnfollowed.
    """
    if not User.objects.filter(pk=followee_id).exists():
        raise NotFound
    gone, _ = Follow.objects.filter(follower_id=follower_id, followee_id=followee_id).delete()
    if gone:
        emit(PersonUnfollowed(follower_id=follower_id, followee_id=followee_id, at=now))
    return bool(gone)


@transaction.atomic
def block_person(*, blocker_id: UUID, blocked_id: UUID, now: datetime) -> Block:
    """Hear nothing of a person and be hidden from them; neither follows the other any more.

    Raises: NotFound, CannotBlockYourself.
    Emits: PersonBlocked, PersonUnfollowed.
    """
    if blocker_id == blocked_id:
        raise CannotBlockYourself
    lock_many(Profile, [blocker_id, blocked_id])
    if known := Block.objects.filter(blocker_id=blocker_id, blocked_id=blocked_id).first():
        return known
    between = Q(follower_id=blocker_id, followee_id=blocked_id) | Q(follower_id=blocked_id, followee_id=blocker_id)
    for follow in Follow.objects.filter(between).order_by("pk"):
        emit(PersonUnfollowed(follower_id=follow.follower_id, followee_id=follow.followee_id, at=now))
        follow.delete()
    block = Block.objects.create(blocker_id=blocker_id, blocked_id=blocked_id, at=now)
    emit(PersonBlocked(blocker_id=blocker_id, blocked_id=blocked_id, at=now))
    return block


@transaction.atomic
def unblock_person(*, blocker_id: UUID, blocked_id: UUID) -> bool:
    """Take a block back; say whether there was one."""
    gone, _ = Block.objects.filter(blocker_id=blocker_id, blocked_id=blocked_id).delete()
    return bool(gone)

"""Content: sent in, approved, sent back, looked at again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core.errors import InvalidInput
from referrals.influencers.actions.booking import VESTED
from referrals.influencers.actions.collaborate import (
    go_live,
    hold,
    hold_active,
    hold_own,
    move,
    take_out_of_escrow,
)
from referrals.influencers.errors import CollaborationMovedOn, ContentNotEligible
from referrals.influencers.models import (
    Brief,
    Collaboration,
    CollaborationState,
    CommissionEntry,
    Content,
    ContentState,
    EntryKind,
)
from referrals.influencers.rules.disclosure import problem_of, tag_of
from referrals.influencers.selectors.work import publication_of

C = CollaborationState
CHANGE_WITHIN = timedelta(days=7)
COUNTS = (ContentState.SUBMITTED, ContentState.APPROVED)


@transaction.atomic
def submit_content(*, collaboration_id: UUID, post_id: UUID, user_id: UUID, now: datetime) -> Content:
    """Send in a post for a collaboration. It must be one's own, public, about the product, and say #广告 or #合作.

    Raises: NotACreator, CollaborationMovedOn, ContentNotEligible, NotFound.
    Emits: CollaborationMoved.
    """
    promoter = hold_active(user_id)
    collaboration = hold_own(collaboration_id, promoter)
    post = publication_of(post_id)
    problem = problem_of(post, author_id=user_id, product_id=collaboration.product_id)
    if post is None or problem:
        raise ContentNotEligible(problem=problem)
    if Content.objects.filter(post_id=post_id, state__in=COUNTS).exists():
        raise ContentNotEligible(problem=_("it counts for another collaboration already"))
    move(collaboration, C.CONTENT_SUBMITTED, by=user_id, now=now)
    return Content.objects.create(
        collaboration=collaboration,
        post_id=post_id,
        title=post.title[:60],
        tag=tag_of(post),
        submitted_at=now,
        checked_at=now,
    )


@transaction.atomic
def decide_content(*, collaboration_id: UUID, approves: bool, note: str, by: UUID, now: datetime) -> Content:
    """Approve the content of a collaboration, so that the fee is earned and it goes live; or ask for changes.

    Raises: CollaborationMovedOn, ContentNotEligible, InvalidInput, NotFound.
    Emits: CollaborationMoved.
    """
    collaboration = hold(collaboration_id)
    content = Content.objects.filter(collaboration=collaboration, state=ContentState.SUBMITTED).first()
    if content is None or collaboration.state != C.CONTENT_SUBMITTED:
        raise CollaborationMovedOn
    if not approves and len(note.strip()) < 5:
        raise InvalidInput("note")
    content.note, content.decided_by_id, content.decided_at = note.strip()[:500], by, now
    if not approves:
        content.state = ContentState.REVISION
        content.save(update_fields=["state", "note", "decided_by_id", "decided_at"])
        move(collaboration, C.REVISION, by=by, now=now, content_due_at=now + CHANGE_WITHIN)
        return content
    problem = problem_of(
        publication_of(content.post_id), author_id=collaboration.promoter_id, product_id=collaboration.product_id
    )
    if problem:
        raise ContentNotEligible(problem=problem)
    content.state, content.checked_at = ContentState.APPROVED, now
    content.save(update_fields=["state", "note", "decided_by_id", "decided_at", "checked_at"])
    move(collaboration, C.CONTENT_APPROVED, by=by, now=now)
    _earn_fee(collaboration, now=now)
    if Brief.objects.get(pk=collaboration.brief_id).starts_at <= now:
        go_live(collaboration, by=by, now=now)
    return content


@transaction.atomic
def recheck_content(*, content_id: UUID, now: datetime) -> bool:
    """Look at a post again. One that no longer says that it is advertising no longer counts; say whether it does.

    Raises: NotFound.
    Emits: CollaborationMoved.
    """
    content = Content.objects.select_related("collaboration").get(pk=content_id)
    collaboration = hold(content.collaboration_id)
    content.refresh_from_db()
    if content.state != ContentState.APPROVED:
        return False
    problem = problem_of(
        publication_of(content.post_id), author_id=collaboration.promoter_id, product_id=collaboration.product_id
    )
    content.checked_at = now
    if problem is None:
        content.save(update_fields=["checked_at"])
        return True
    content.state, content.note = ContentState.LOST, str(problem)
    content.save(update_fields=["checked_at", "state", "note"])
    if collaboration.state in (C.LIVE, C.CONTENT_APPROVED):
        move(collaboration, C.REVISION, by=None, now=now, reason=str(problem), content_due_at=now + CHANGE_WITHIN)
    return False


def _earn_fee(collaboration: Collaboration, *, now: datetime) -> None:
    """Release the fee from escrow to what the creator has earned."""
    if not collaboration.fee_in_escrow:
        return
    take_out_of_escrow(collaboration, into=VESTED, kind="earn_creator_fee", now=now)
    CommissionEntry.objects.create(
        promoter_id=collaboration.promoter_id,
        kind=EntryKind.FEE,
        collaboration=collaboration,
        amount_minor=collaboration.fee_minor,
        at=now,
    )

"""A collaboration on its way: taken, sample sent, content made, approved, live, closed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from referrals.influencers.actions.booking import ESCROW, SOURCE, book
from referrals.influencers.actions.moving import move_row
from referrals.influencers.actions.rates import write_rate
from referrals.influencers.errors import (
    BriefClosed,
    CollaborationMovedOn,
    ExclusiveElsewhere,
    NotACreator,
    TooManyCollaborations,
)
from referrals.influencers.events import CollaborationMoved
from referrals.influencers.models import (
    Brief,
    BriefKind,
    BriefState,
    Collaboration,
    CollaborationState,
    Content,
    ContentState,
    Promoter,
    PromoterState,
)
from referrals.influencers.rules import moves
from referrals.influencers.rules.sums import open_limit
from referrals.influencers.selectors.members import is_held
from referrals.influencers.selectors.work import exclusive_in_the_way, rate_at, under_way

C = CollaborationState


@transaction.atomic
def join_brief(*, brief_id: UUID, user_id: UUID, now: datetime) -> Collaboration:
    """Take an open brief; taking it again answers the same collaboration.

    Raises: NotACreator, BriefClosed, ExclusiveElsewhere, TooManyCollaborations, NotFound.
    Emits: CollaborationMoved.
    """
    promoter = hold_active(user_id)
    brief = Brief.objects.select_related("product").filter(pk=brief_id, kind=BriefKind.OPEN).first()
    if brief is None:
        raise NotFound
    known = Collaboration.objects.filter(brief=brief, promoter=promoter).first()
    if known is not None:
        return known
    check_can_take(brief, promoter=promoter, now=now)
    collaboration = Collaboration.objects.create(
        brief=brief, promoter=promoter, product_id=brief.product_id, state=C.INVITED, fee_minor=0, invited_at=now
    )
    _take(collaboration, brief=brief, now=now)
    return collaboration


@transaction.atomic
def answer_invitation(*, collaboration_id: UUID, user_id: UUID, accepts: bool, now: datetime) -> Collaboration:
    """Accept an invitation, so that the fee goes into escrow, or decline it.

    Raises: NotACreator, BriefClosed, ExclusiveElsewhere, TooManyCollaborations, CollaborationMovedOn, NotFound.
    Emits: CollaborationMoved.
    """
    promoter = hold_active(user_id)
    collaboration = hold_own(collaboration_id, promoter)
    if not accepts:
        move(collaboration, C.DECLINED, by=user_id, now=now, ended_at=now)
        return collaboration
    brief = Brief.objects.select_related("product").get(pk=collaboration.brief_id)
    check_can_take(brief, promoter=promoter, now=now)
    _take(collaboration, brief=brief, now=now)
    return collaboration


@transaction.atomic
def send_sample(*, collaboration_id: UUID, parcel: str, by: UUID, now: datetime) -> Collaboration:
    """Note that a sample is on its way.

    Raises: CollaborationMovedOn, InvalidInput, NotFound.
    Emits: CollaborationMoved.
    """
    collaboration = hold(collaboration_id)
    if not 4 <= len(parcel.strip()) <= 60:
        raise InvalidInput("parcel")
    move(collaboration, C.SAMPLE_SENT, by=by, now=now, sample_parcel=parcel.strip())
    return collaboration


@transaction.atomic
def close_collaboration(*, collaboration_id: UUID, by: UUID, now: datetime) -> Collaboration:
    """End a collaboration; a fee that still waits in escrow goes back.

    Raises: CollaborationMovedOn, NotFound.
    Emits: CollaborationMoved.
    """
    collaboration = hold(collaboration_id)
    end(collaboration, C.CLOSED, by=by, now=now)
    return collaboration


def end_all(*, promoter: Promoter, by: UUID, now: datetime) -> None:
    """End every open collaboration of a creator who is held."""
    for each in under_way(promoter.pk).order_by("pk"):
        end(each, C.CLOSED, by=by, now=now)


@transaction.atomic
def keep_time(*, collaboration_id: UUID, now: datetime) -> bool:
    """Do what time asks for: go live, run out of time, or close at the end; say whether anything happened.

    Raises: NotFound.
    Emits: CollaborationMoved.
    """
    collaboration = hold(collaboration_id)
    brief = Brief.objects.get(pk=collaboration.brief_id)
    due = collaboration.content_due_at
    if collaboration.state == C.CONTENT_APPROVED and brief.starts_at <= now < brief.ends_at:
        go_live(collaboration, by=None, now=now)
    elif collaboration.state in (C.LIVE, C.CONTENT_APPROVED, C.CONTENT_SUBMITTED) and brief.ends_at <= now:
        end(collaboration, C.CLOSED, by=None, now=now)
    elif (collaboration.state == C.INVITED and brief.ends_at <= now) or (
        collaboration.state in moves.BEFORE_CONTENT and due is not None and due <= now
    ):
        end(collaboration, C.EXPIRED, by=None, now=now)
    else:
        return False
    return True


def go_live(collaboration: Collaboration, *, by: UUID | None, now: datetime) -> None:
    """Let orders earn. One collaboration per product is live; an older one closes."""
    others = Collaboration.objects.filter(
        promoter_id=collaboration.promoter_id, product_id=collaboration.product_id, state=C.LIVE
    )
    for older in others.exclude(pk=collaboration.pk):
        end(older, C.CLOSED, by=by, now=now)
    move(collaboration, C.LIVE, by=by, now=now, live_at=now)


def end(collaboration: Collaboration, to: str, *, by: UUID | None, now: datetime) -> None:
    """End a collaboration whose creator is held; what is in escrow goes back."""
    move(collaboration, to, by=by, now=now, ended_at=now)
    Content.objects.filter(collaboration=collaboration, state=ContentState.SUBMITTED).update(
        state=ContentState.REVISION
    )
    if collaboration.fee_in_escrow:
        take_out_of_escrow(collaboration, into=SOURCE, kind="return_creator_fee", now=now)


def take_out_of_escrow(collaboration: Collaboration, *, into: str, kind: str, now: datetime) -> None:
    """Move the whole fee out of escrow, once."""
    book(
        kind,
        source=("collaboration", collaboration.pk),
        out_of=ESCROW,
        into=into,
        amount_minor=collaboration.fee_minor,
        owner_id=collaboration.promoter_id,
        now=now,
    )
    collaboration.fee_in_escrow = False
    collaboration.save(update_fields=["fee_in_escrow"])


def hold_active(user_id: UUID) -> Promoter:
    """Hold a creator who may work now."""
    try:
        promoter = lock_one(Promoter, user_id)
    except NotFound as nobody:
        raise NotACreator from nobody
    if promoter.state != PromoterState.ACTIVE or is_held(promoter.pk):
        raise NotACreator
    return promoter


def hold(collaboration_id: UUID) -> Collaboration:
    """Hold a collaboration behind its creator, the order in which everybody takes the two."""
    found = Collaboration.objects.filter(pk=collaboration_id).values_list("promoter_id", flat=True).first()
    if found is None:
        raise NotFound
    lock_one(Promoter, found)
    return lock_one(Collaboration, collaboration_id)


def hold_own(collaboration_id: UUID, promoter: Promoter) -> Collaboration:
    """Hold a collaboration of a creator who is held."""
    if not Collaboration.objects.filter(pk=collaboration_id, promoter=promoter).exists():
        raise NotFound
    return lock_one(Collaboration, collaboration_id)


def check_can_take(brief: Brief, *, promoter: Promoter, now: datetime) -> None:
    """Refuse a brief that is over, that collides with an exclusive one, or that is one too many."""
    if brief.state != BriefState.OPEN or brief.ends_at <= now:
        raise BriefClosed
    limit = open_limit(promoter.tier)
    if under_way(promoter.pk).count() >= limit:
        raise TooManyCollaborations(limit=limit)
    if exclusive_in_the_way(brief, promoter_id=promoter.pk):
        raise ExclusiveElsewhere


def move(
    collaboration: Collaboration, to: str, *, by: UUID | None, now: datetime, reason: str = "", **changes: object
) -> None:
    """Move a collaboration and tell of it."""
    move_row(
        collaboration,
        to=to,
        moves=moves.COLLABORATION,
        refusal=CollaborationMovedOn,
        actor_id=by,
        reason=reason,
        now=now,
        changes=changes,
    )
    emit(
        CollaborationMoved(
            collaboration_id=collaboration.pk,
            promoter_id=collaboration.promoter_id,
            product_id=collaboration.product_id,
            state=to,
            at=now,
        )
    )


def _take(collaboration: Collaboration, *, brief: Brief, now: datetime) -> None:
    """Accept: the clock of the content runs, the fee goes into escrow, the rate is locked."""
    move(
        collaboration,
        C.ACCEPTED,
        by=collaboration.promoter_id,
        now=now,
        accepted_at=now,
        content_due_at=min(now + timedelta(days=brief.content_days), brief.ends_at),
        fee_in_escrow=collaboration.fee_minor > 0,
    )
    book(
        "escrow_creator_fee",
        source=("collaboration", collaboration.pk),
        out_of=SOURCE,
        into=ESCROW,
        amount_minor=collaboration.fee_minor,
        owner_id=collaboration.promoter_id,
        now=now,
    )
    locked = rate_at(collaboration.promoter_id, collaboration.product_id, at=now)
    if locked is None or locked.bps < brief.rate_bps:
        write_rate(
            promoter_id=collaboration.promoter_id,
            product_id=collaboration.product_id,
            bps=brief.rate_bps,
            by=brief.created_by_id,
            now=now,
        )

"""Offering collaborations."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.catalogue.models import Product
from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from referrals.influencers.errors import BriefClosed, NotACreator
from referrals.influencers.events import CollaborationMoved
from referrals.influencers.models import (
    Brief,
    BriefKind,
    BriefState,
    Collaboration,
    CollaborationState,
    Promoter,
    PromoterState,
)
from referrals.influencers.rules.sums import MOST_BPS

MOST_FEE_MINOR = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefText:
    """What a brief offers and asks for."""

    kind: str
    product_id: UUID
    title: str
    words: str
    rate_bps: int
    fee_minor: int
    sends_sample: bool
    month_cap_minor: int | None
    is_exclusive: bool
    content_days: int
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def save_brief(*, text: BriefText, by: UUID, now: datetime) -> Brief:
    """Offer a collaboration. Its terms are a contract, so it is never changed: close it and write another.

    Raises: InvalidInput, NotFound.
    """
    check_brief(text, now=now)
    if not Product.objects.filter(pk=text.product_id).exists():
        raise NotFound(field="product_id")
    return Brief.objects.create(
        kind=text.kind,
        product_id=text.product_id,
        title=text.title.strip(),
        words=text.words.strip(),
        rate_bps=text.rate_bps,
        fee_minor=text.fee_minor,
        sends_sample=text.sends_sample,
        month_cap_minor=text.month_cap_minor,
        is_exclusive=text.is_exclusive,
        content_days=text.content_days,
        starts_at=text.starts_at,
        ends_at=text.ends_at,
        created_by_id=by,
        created_at=now,
    )


def check_brief(text: BriefText, *, now: datetime) -> None:
    """Refuse terms that cannot be kept."""
    wrong = {
        "kind": text.kind not in BriefKind.values,
        "title": not 2 <= len(text.title.strip()) <= 60,
        "words": not 10 <= len(text.words.strip()) <= 1000,
        "rate_bps": not 0 <= text.rate_bps <= MOST_BPS,
        "fee_minor": not 0 <= text.fee_minor <= MOST_FEE_MINOR or (text.kind == BriefKind.OPEN and text.fee_minor > 0),
        "month_cap_minor": text.month_cap_minor is not None and not 0 < text.month_cap_minor <= MOST_FEE_MINOR,
        "content_days": not 1 <= text.content_days <= 90,
        "ends_at": text.ends_at <= max(text.starts_at, now),
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise InvalidInput(field)


@transaction.atomic
def close_brief(*, brief_id: UUID, by: UUID, now: datetime) -> Brief:
    """Let nobody else take a brief; those who have taken it go on.

    Raises: BriefClosed, NotFound.
    """
    brief = lock_one(Brief, brief_id)
    if brief.state == BriefState.CLOSED:
        raise BriefClosed
    brief.state = BriefState.CLOSED
    brief.save(update_fields=["state"])
    return brief


@transaction.atomic
def invite_creator(*, brief_id: UUID, code: str, by: UUID, now: datetime) -> Collaboration:
    """Ask one creator to take a brief; asking again answers the same invitation.

    Raises: BriefClosed, NotACreator, NotFound.
    Emits: CollaborationMoved.
    """
    brief = lock_one(Brief, brief_id)
    if brief.state == BriefState.CLOSED or brief.kind != BriefKind.TARGETED or brief.ends_at <= now:
        raise BriefClosed
    promoter = Promoter.objects.filter(code=code.strip().upper(), state=PromoterState.ACTIVE).first()
    if promoter is None:
        raise NotACreator(field="code")
    collaboration, is_new = Collaboration.objects.get_or_create(
        brief=brief,
        promoter=promoter,
        defaults={
            "product_id": brief.product_id,
            "state": CollaborationState.INVITED,
            "fee_minor": brief.fee_minor,
            "invited_at": now,
        },
    )
    if is_new:
        emit(
            CollaborationMoved(
                collaboration_id=collaboration.id,
                promoter_id=promoter.pk,
                product_id=brief.product_id,
                state=collaboration.state,
                at=now,
            )
        )
    return collaboration

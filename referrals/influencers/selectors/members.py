"""Who is a creator, and how far an application has come."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from referrals.influencers.errors import NotACreator
from referrals.influencers.models import (
    Application,
    ProgrammeTerms,
    Promoter,
    PromoterIdentity,
    PromoterState,
    Violation,
)
from referrals.influencers.rules.moves import HOLDING
from referrals.influencers.selectors.payouts import with_stopped


def terms_at(now: datetime) -> ProgrammeTerms:
    """The version of the terms that holds now."""
    return ProgrammeTerms.objects.filter(valid_from__lte=now).latest("version")


def promoter_of(user_id: UUID | None) -> Promoter | None:
    """The membership of a person, if there is one."""
    return Promoter.objects.filter(pk=user_id).first() if user_id else None


def active_promoter(user_id: UUID) -> Promoter:
    """The membership of a person who may work now.

    Raises: NotACreator.
    """
    promoter = promoter_of(user_id)
    if promoter is None or promoter.state != PromoterState.ACTIVE:
        raise NotACreator
    return promoter


def promoter_by_code(code: str) -> Promoter | None:
    """The active creator of a code; people may type it in small letters."""
    return Promoter.objects.filter(code=code.strip().upper(), state=PromoterState.ACTIVE).first()


def last_application(user_id: UUID) -> Application | None:
    """The newest application of a person."""
    return Application.objects.filter(user_id=user_id).order_by("-created_at", "-pk").first()


def identity_of(user_id: UUID) -> PromoterIdentity | None:
    """The sealed particulars of a person."""
    return PromoterIdentity.objects.filter(pk=user_id).first()


def identities_of(user_ids: Iterable[UUID]) -> dict[UUID, PromoterIdentity]:
    """The sealed particulars of several people."""
    return {each.pk: each for each in PromoterIdentity.objects.filter(pk__in=list(user_ids))}


def is_held(promoter_id: UUID) -> bool:
    """Whether a breach of the rules hangs over a creator."""
    return Violation.objects.filter(promoter_id=promoter_id, state__in=HOLDING).exists()


def with_hold(promoters: QuerySet[Promoter]) -> QuerySet[Promoter]:
    """Creators with whether a breach hangs over each, as `is_on_hold`."""
    held = Violation.objects.filter(promoter_id=OuterRef("pk"), state__in=HOLDING)
    return promoters.annotate(is_on_hold=Exists(held))


def violations_of(promoter_id: UUID) -> list[Violation]:
    """The breaches of a creator, newest first."""
    rows = with_stopped(Violation.objects.filter(promoter_id=promoter_id))
    return list(rows.order_by("-recorded_at", "-pk")[:20])


def own_violation(*, violation_id: UUID, user_id: UUID) -> Violation:
    """A breach of this creator.

    Raises: NotFound.
    """
    found = Violation.objects.filter(pk=violation_id, promoter_id=user_id).first()
    if found is None:
        raise NotFound
    return found


def applications(*, state: str | None, first: int, after: str | None) -> Page:
    """Applications for the growth team, newest first; drafts are the applicant's own."""
    rows = Application.objects.exclude(state="DRAFT")
    if state:
        rows = rows.filter(state=state)
    return keyset_page(rows, order=("-created_at", "-id"), first=first, after=after)


def creators(*, state: str | None, first: int, after: str | None) -> Page:
    """Creators for the growth team, newest first."""
    rows = with_hold(Promoter.objects.all())
    if state:
        rows = rows.filter(state=state)
    return keyset_page(rows, order=("-since", "-user_id"), first=first, after=after)


def open_violations(*, first: int, after: str | None) -> Page:
    """Breaches that hold somebody's commission, newest first."""
    rows = with_stopped(Violation.objects.filter(state__in=HOLDING)).select_related("promoter")
    return keyset_page(rows, order=("-recorded_at", "-id"), first=first, after=after)

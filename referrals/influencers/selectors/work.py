"""Briefs, collaborations, contents and rates."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from backend.orders.models import Order
from referrals.influencers.models import (
    Brief,
    BriefKind,
    BriefState,
    CodeUse,
    Collaboration,
    CollaborationState,
    Content,
    ContentState,
    Promoter,
    PromoterState,
    Rate,
)
from referrals.influencers.ports import Publication, publications
from referrals.influencers.rules.disclosure import problem_of
from referrals.influencers.rules.moves import BEFORE_CONTENT, UNDER_WAY
from referrals.invites.models import Touch
from referrals.invites.selectors import attribution_rule

CODE_COUNTS_FOR = timedelta(days=1)


def open_briefs(*, first: int, after: str | None, now: datetime) -> Page:
    """The briefs that any creator may take now, newest first."""
    rows = Brief.objects.filter(kind=BriefKind.OPEN, state=BriefState.OPEN, ends_at__gt=now)
    return keyset_page(rows.select_related("product"), order=("-created_at", "-id"), first=first, after=after)


def all_briefs(*, first: int, after: str | None) -> Page:
    """Every brief, newest first."""
    return keyset_page(Brief.objects.select_related("product"), order=("-created_at", "-id"), first=first, after=after)


def collaborations_of(promoter_id: UUID, *, first: int, after: str | None) -> Page:
    """The collaborations of a creator, newest first."""
    rows = Collaboration.objects.filter(promoter_id=promoter_id).select_related("brief", "product")
    return keyset_page(rows, order=("-invited_at", "-id"), first=first, after=after)


def all_collaborations(*, state: str | None, first: int, after: str | None) -> Page:
    """Collaborations for the growth team, newest first."""
    rows = Collaboration.objects.select_related("brief", "product")
    if state:
        rows = rows.filter(state=state)
    return keyset_page(rows, order=("-invited_at", "-id"), first=first, after=after)


def own_collaboration(*, collaboration_id: UUID, user_id: UUID) -> Collaboration:
    """A collaboration of this creator.

    Raises: NotFound.
    """
    found = Collaboration.objects.filter(pk=collaboration_id, promoter_id=user_id).select_related("brief").first()
    if found is None:
        raise NotFound
    return found


def under_way(promoter_id: UUID) -> QuerySet[Collaboration]:
    """The collaborations that a creator has open."""
    return Collaboration.objects.filter(promoter_id=promoter_id, state__in=UNDER_WAY)


def exclusive_in_the_way(brief: Brief, *, promoter_id: UUID) -> bool:
    """Whether another collaboration of the same shelf, one of the two being exclusive, runs at the same time."""
    same_time = Q(brief__starts_at__lt=brief.ends_at, brief__ends_at__gt=brief.starts_at)
    others = under_way(promoter_id).filter(same_time, brief__product__category_id=brief.product.category_id)
    others = others.exclude(brief_id=brief.pk).exclude(product_id=brief.product_id)
    return others.exists() if brief.is_exclusive else others.filter(brief__is_exclusive=True).exists()


def contents_of(collaboration_ids: Iterable[UUID]) -> dict[UUID, Content]:
    """The newest content of each collaboration."""
    found: dict[UUID, Content] = {}
    for content in Content.objects.filter(collaboration_id__in=list(collaboration_ids)).order_by("submitted_at", "pk"):
        found[content.collaboration_id] = content
    return found


def live_contents(promoter_id: UUID, product_ids: Iterable[UUID]) -> dict[UUID, Content]:
    """What counts for a creator now, by product: a live collaboration whose content is approved."""
    rows = Content.objects.filter(
        state=ContentState.APPROVED,
        collaboration__promoter_id=promoter_id,
        collaboration__state=CollaborationState.LIVE,
        collaboration__product_id__in=list(product_ids),
    )
    return {content.collaboration.product_id: content for content in rows.select_related("collaboration__brief")}


def eligible_contents(promoter_id: UUID, product_ids: Iterable[UUID]) -> dict[UUID, Content]:
    """Those of the contents that count whose posts still stand, are open to all and say that they are advertising."""
    found = live_contents(promoter_id, product_ids)
    if not found:
        return {}
    posts = publications().find([content.post_id for content in found.values()])
    return {
        product_id: content
        for product_id, content in found.items()
        if problem_of(posts.get(content.post_id), author_id=promoter_id, product_id=product_id) is None
    }


def publication_of(post_id: UUID) -> Publication | None:
    """A post as its readers see it."""
    return publications().find([post_id]).get(post_id)


def posts_to_choose(collaboration: Collaboration) -> list[Publication]:
    """The newest posts of a creator about the product of a collaboration."""
    return publications().latest_of(collaboration.promoter_id, product_id=collaboration.product_id)


def contents_to_check(*, before: datetime, limit: int) -> list[Content]:
    """Contents that count and were last looked at long ago."""
    rows = Content.objects.filter(state=ContentState.APPROVED, checked_at__lt=before)
    return list(rows.select_related("collaboration").order_by("checked_at", "pk")[:limit])


def rate_at(promoter_id: UUID, product_id: UUID, *, at: datetime) -> Rate | None:
    """The rate of a creator for a product at a moment."""
    return Rate.objects.filter(promoter_id=promoter_id, product_id=product_id, valid__contains=at).first()


def rates_at(promoter_id: UUID, *, at: datetime) -> dict[UUID, Rate]:
    """The rates of a creator at a moment, by product."""
    return {rate.product_id: rate for rate in Rate.objects.filter(promoter_id=promoter_id, valid__contains=at)}


def rates_to_come(promoter_id: UUID, *, at: datetime) -> dict[UUID, Rate]:
    """The rates of a creator that begin later, by product."""
    rows = Rate.objects.filter(promoter_id=promoter_id, valid__startswith__gt=at)
    return {rate.product_id: rate for rate in rows}


def rates_to_announce(*, now: datetime, limit: int) -> list[Rate]:
    """Cuts that must be announced now."""
    rows = Rate.objects.filter(notice_at__lte=now, noticed_at=None)
    return list(rows.order_by("notice_at", "pk")[:limit])


def last_code_use(order: Order) -> CodeUse | None:
    """The creator's code that a buyer named last before an order, if that was within a day."""
    uses = CodeUse.objects.filter(
        user_id=order.buyer_id, at__lte=order.placed_at, at__gt=order.placed_at - CODE_COUNTS_FOR
    )
    return uses.select_related("promoter").order_by("-at", "-pk").first()


def last_creator_touch(order: Order) -> Touch | None:
    """The last visit of a buyer through a creator's link before an order, within the window of the rule."""
    window = timedelta(days=attribution_rule(order.placed_at).window_days)
    touches = Touch.objects.filter(
        user_id=order.buyer_id,
        at__lte=order.placed_at,
        at__gte=order.placed_at - window,
        link__owner_id__in=Promoter.objects.filter(state=PromoterState.ACTIVE).values("pk"),
    ).exclude(link__owner_id=order.buyer_id)
    return touches.select_related("link").order_by("-at", "-pk").first()


def collaborations_to_keep(*, now: datetime, limit: int) -> list[UUID]:
    """Collaborations that time moves: to begin, out of time, or over."""
    begin = Q(state=CollaborationState.CONTENT_APPROVED, brief__starts_at__lte=now)
    late = Q(state__in=BEFORE_CONTENT, content_due_at__lte=now)
    over = Q(state__in=UNDER_WAY | {CollaborationState.INVITED}, brief__ends_at__lte=now)
    rows = Collaboration.objects.filter(begin | late | over)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])

"""Reviews: pages of them, what they sum up to, and which lines wait for one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backend.catalogue.models import ProductOption
from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from backend.core.videos.models import VideoState
from backend.fulfilment.models import ShipmentLine, ShipmentState
from backend.orders.models import OrderLine
from community.reviews.models import Answer, HelpfulVote, Question, Reply, Review, ReviewAspect, ReviewPicture
from community.reviews.rules.writing import SEEN_BY_ALL, WRITE_WITHIN, asks_fit
from community.reviews.selectors.visible import visible

ORDERS = {"USEFUL": ("-usefulness", "-id"), "NEW": ("-created_at", "-id")}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the counted reviews of a product sum up to."""

    count: int
    total: int
    by_stars: Mapping[int, int]
    pictures: int
    videos: int
    appended: int
    fits: Mapping[str, int]
    held: int
    average_with_held: float | None

    @property
    def average(self) -> float | None:
        """The plain mean of the stars; none while there is no review."""
        return self.total / self.count if self.count else None


def visible_reviews(viewer_id: UUID | None) -> QuerySet[Review]:
    """The reviews a viewer may read."""
    return visible(Review.objects.all(), viewer_id)


def visible_review(*, review_id: UUID, viewer_id: UUID | None) -> Review:
    """One review as the viewer may see it.

    Raises: NotFound.
    """
    found = _with_parts(visible_reviews(viewer_id).filter(pk=review_id), viewer_id).first()
    if found is None:
        raise NotFound
    return found


def counted(product_id: UUID) -> QuerySet[Review]:
    """The reviews that count for the rating: weighed, open to everybody, and not all sent back."""
    return Review.objects.filter(
        product_id=product_id, visibility__in=SEEN_BY_ALL, weighed_at__isnull=False, is_refunded=False
    )


def standing_of(product_id: UUID) -> Standing:
    """What the reviews of a product sum up to, in one statement.

    Those that wait for a moderator are counted apart, so that anybody can see the rating with and without them.
    """
    counts = Q(visibility__in=SEEN_BY_ALL, weighed_at__isnull=False, is_refunded=False)
    held = Q(visibility="PENDING", is_refunded=False)
    stars = {f"stars_{number}": Count("pk", filter=counts & Q(stars=number)) for number in range(1, 6)}
    fits = {f"fit_{fit}": Count("pk", filter=counts & Q(fit=fit)) for fit in ("SMALL", "TRUE", "LARGE")}
    found = Review.objects.filter(product_id=product_id).aggregate(
        pictures=Count("pk", filter=counts & Q(has_pictures=True)),
        videos=Count("pk", filter=counts & Q(video__state=VideoState.READY)),
        appended=Count("pk", filter=counts & Q(appended_at__isnull=False)),
        held=Count("pk", filter=held),
        with_held=Avg("stars", filter=counts | held),
        **stars,
        **fits,
    )
    by_stars = {number: found[f"stars_{number}"] for number in range(1, 6)}
    return Standing(
        count=sum(by_stars.values()),
        total=sum(number * count for number, count in by_stars.items()),
        by_stars=by_stars,
        pictures=found["pictures"],
        videos=found["videos"],
        appended=found["appended"],
        fits={name: found[f"fit_{name}"] for name in ("SMALL", "TRUE", "LARGE")},
        held=found["held"],
        average_with_held=found["with_held"],
    )


def reviews_page(
    *, product_id: UUID, viewer_id: UUID | None, wanted: Mapping[str, Any], sort: str, first: int, after: str | None
) -> Page:
    """One page of what everybody may read of a product; a viewer's own stand among them also while they wait."""
    found = visible_reviews(viewer_id).filter(product_id=product_id)
    found = found.exclude(visibility__in=("REMOVED", "QUARANTINED"))
    if wanted.get("stars"):
        found = found.filter(stars__in=wanted["stars"])
    if wanted.get("with_pictures"):
        found = found.filter(has_pictures=True)
    if wanted.get("with_video"):
        found = found.filter(video__state=VideoState.READY)
    if wanted.get("appended"):
        found = found.filter(appended_at__isnull=False)
    if wanted.get("variant_id"):
        found = found.filter(variant_id=wanted["variant_id"])
    if wanted.get("aspect"):
        found = found.filter(pk__in=_speaking_of(wanted["aspect"], wanted.get("polarity")))
    return keyset_page(_with_parts(found, viewer_id), order=ORDERS[sort], first=first, after=after)


def own_reviews_page(*, author_id: UUID, first: int, after: str | None) -> Page:
    """One page of what a person wrote, newest first."""
    found = visible_reviews(author_id).filter(author_id=author_id)
    return keyset_page(_with_parts(found, author_id), order=ORDERS["NEW"], first=first, after=after)


def desk_page(*, show: str, first: int, after: str | None) -> Page:
    """One page of reviews for the desk: those of few stars without an answer, or all, newest first."""
    found = Review.objects.filter(visibility__in=SEEN_BY_ALL)
    if show == "UNANSWERED":
        found = found.filter(stars__lte=3).exclude(Exists(Reply.objects.filter(review=OuterRef("pk"))))
    return keyset_page(_with_parts(found, None), order=ORDERS["NEW"], first=first, after=after)


def replies_of(review_ids: Iterable[UUID]) -> dict[UUID, Reply]:
    """The shop's standing answers to some reviews."""
    return {
        reply.review_id: reply
        for reply in Reply.objects.filter(review_id__in=set(review_ids), visibility__in=SEEN_BY_ALL)
    }


def received_lines() -> QuerySet[Any, Any]:
    """Order lines with `received_at`, the moment at which their first pieces arrived, if they did."""
    parcels = ShipmentLine.objects.filter(line=OuterRef("pk"), shipment__state=ShipmentState.DELIVERED)
    arrived = parcels.values("line").annotate(at=Min("shipment__delivered_at")).values("at")
    return OrderLine.objects.annotate(received_at=Coalesce(Subquery(arrived), F("order__delivered_at")))


def lines_to_review(*, buyer_id: UUID, order_id: UUID | None, now: datetime, first: int, after: str | None) -> Page:
    """One page of lines a buyer may review; for one order also those that are reviewed already, or too old."""
    lines = received_lines().filter(order__buyer_id=buyer_id, received_at__isnull=False, is_gift=False)
    if order_id:
        lines = lines.filter(order_id=order_id)
    else:
        reviewed = Review.objects.filter(line=OuterRef("pk"))
        lines = lines.filter(received_at__gte=now - WRITE_WITHIN).exclude(Exists(reviewed))
    return keyset_page(
        lines.select_related("picture", "product"), order=("-received_at", "-id"), first=first, after=after
    )


def reviews_of_lines(line_ids: Collection[UUID], viewer_id: UUID) -> dict[UUID, Review]:
    """What a buyer wrote of some lines, by line; what was deleted stands as written too, for it is written once."""
    return {
        review.line_id: review
        for review in _with_parts(Review.objects.filter(line_id__in=line_ids, author_id=viewer_id), viewer_id)
    }


def sized_products(product_ids: Collection[UUID]) -> set[UUID]:
    """Which of some products come in sizes."""
    options = ProductOption.objects.filter(product_id__in=product_ids).values_list("product_id", "name")
    return {product_id for product_id, name in options if asks_fit([name])}


def written_since(*, author_id: UUID, since: datetime, model: type[Review] | type[Question] | type[Answer]) -> int:
    """How much a person wrote lately."""
    return model.objects.filter(author_id=author_id, created_at__gt=since).count()


def _speaking_of(aspect: str, polarity: int | None) -> QuerySet[Any, Any]:
    found = ReviewAspect.objects.filter(aspect_id=aspect)
    if polarity is not None:
        found = found.filter(polarity=polarity)
    return found.values("review_id")


def _with_parts(found: QuerySet[Review], viewer_id: UUID | None) -> QuerySet[Review]:
    pictures = Prefetch("pictures", queryset=ReviewPicture.objects.select_related("picture"))
    voted = HelpfulVote.objects.filter(review=OuterRef("pk"), user=viewer_id)
    return (
        found.select_related("product", "video__poster").prefetch_related(pictures).annotate(is_helpful=Exists(voted))
    )

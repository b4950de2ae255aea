"""After a review is written: read its words, weigh what speaks against it, count it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.catalogue.actions import set_rating
from backend.core.locks import advisory_lock, lock_one, lock_rows
from backend.core.outbox import emit
from backend.orders.models import OrderLine
from community.reviews import selectors
from community.reviews.events import ReviewRefunded, ReviewVisibilityChanged, ReviewWeighed
from community.reviews.models import Evidence, Review, ReviewAspect, Visibility
from community.reviews.rules import evidence as rules
from community.reviews.rules.sentiment import read_aspects
from community.reviews.rules.writing import SEEN_BY_ALL


@transaction.atomic
def weigh_review(*, review_id: UUID, now: datetime) -> Review:
    """Let a new or changed review count, or hold it for a moderator when enough speaks against it.

    Emits: ReviewWeighed, ReviewVisibilityChanged.
    """
    review = lock_one(Review, review_id)
    if review.weighed_at is not None or review.visibility == Visibility.AUTHOR_DELETED:
        return review
    _read_words(review)
    clues = selectors.clues_against(review, now=now)
    Evidence.objects.filter(review=review).delete()
    Evidence.objects.bulk_create(
        Evidence(review=review, kind=clue.kind, weight=clue.weight, facts=dict(clue.facts), at=now) for clue in clues
    )
    score = sum(clue.weight for clue in clues)
    is_held = rules.is_held(score) and review.visibility in SEEN_BY_ALL
    before = review.visibility
    review.weighed_at = now
    if is_held:
        review.visibility = Visibility.PENDING
    review.save(update_fields=["weighed_at", "visibility"])
    names = {"review_id": review.id, "product_id": review.product_id}
    if is_held:
        emit(ReviewVisibilityChanged(**names, from_visibility=before, to_visibility=review.visibility, at=now))
    emit(ReviewWeighed(**names, author_id=review.author_id, is_held=is_held, score=score, at=now))
    return review


@transaction.atomic
def sum_up_product(*, product_id: UUID, now: datetime) -> None:
    """Write the sum of the counted reviews to the product; two who do it at once wait for one another.

    Raises: NotFound.
    """
    advisory_lock("reviews.product", product_id)
    standing = selectors.standing_of(product_id)
    set_rating(product_id=product_id, rating_total=standing.total, rating_count=standing.count, now=now)


@transaction.atomic
def note_refund(*, order_id: UUID, now: datetime) -> int:
    """Mark the reviews of lines whose pieces have all gone back; they no longer count for the rating.

    Emits: ReviewRefunded.
    """
    gone = OrderLine.objects.filter(order_id=order_id, refunded_quantity=F("quantity")).values("pk")
    reviews = lock_rows(Review.objects.filter(line_id__in=gone, is_refunded=False))
    for review in reviews:
        review.is_refunded = True
        review.save(update_fields=["is_refunded"])
        emit(ReviewRefunded(review_id=review.id, product_id=review.product_id, at=now))
    return len(reviews)


def _read_words(review: Review) -> None:
    said = read_aspects(f"{review.body}\n{review.appended_body}", selectors.lexicon())
    ReviewAspect.objects.filter(review=review).delete()
    ReviewAspect.objects.bulk_create(
        ReviewAspect(review=review, aspect_id=aspect, polarity=sign) for aspect, sign in said.items()
    )

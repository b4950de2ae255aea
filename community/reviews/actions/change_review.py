"""Change a review soon after, or add to it later."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from community.reviews.actions.write_review import check_own_pictures, check_own_video, put_pictures
from community.reviews.errors import AppendedAlready, ReviewTooLate
from community.reviews.events import ReviewWritten
from community.reviews.models import PicturePart, Review, ReviewEdit, ReviewPicture
from community.reviews.rules import writing as rules


@transaction.atomic
def edit_review(
    *,
    review_id: UUID,
    author_id: UUID,
    stars: int,
    body: str,
    picture_ids: Sequence[UUID] = (),
    video_id: UUID | None = None,
    fit: str = "",
    now: datetime,
) -> Review:
    """Change one's own review within two days; what it said before is kept. It is weighed anew.

    Raises: InvalidInput, NotFound, ReviewTooLate, ReviewPictureMissing, ReviewVideoMissing.
    Emits: ReviewWritten.
    """
    rules.check_review(stars=stars, body=body, fit=fit, pictures_count=len(picture_ids))
    check_own_pictures(picture_ids, owner_id=author_id)
    check_own_video(video_id, owner_id=author_id)
    review = held_own(review_id, author_id)
    if not rules.may_edit(created_at=review.created_at, now=now):
        raise ReviewTooLate
    shown = ReviewPicture.objects.filter(review=review, part=PicturePart.FIRST)
    ReviewEdit.objects.create(
        review=review,
        stars=review.stars,
        body=review.body,
        fit=review.fit,
        picture_ids=[str(each) for each in shown.values_list("picture_id", flat=True)],
        video_id=review.video_id,
        at=now,
    )
    shown.delete()
    put_pictures(review, picture_ids, part=PicturePart.FIRST)
    review.stars, review.body, review.fit, review.edited_at = stars, body.strip(), fit, now
    review.video_id = video_id
    _write_again(review, now=now)
    return review


@transaction.atomic
def append_review(
    *, review_id: UUID, author_id: UUID, body: str, picture_ids: Sequence[UUID] = (), now: datetime
) -> Review:
    """Add to one's own review once, within half a year. It is weighed anew.

    Raises: InvalidInput, NotFound, AppendedAlready, ReviewTooLate, ReviewPictureMissing.
    Emits: ReviewWritten.
    """
    rules.check_length("body", body, longest=rules.LONGEST_BODY)
    rules.check_pictures(len(picture_ids))
    check_own_pictures(picture_ids, owner_id=author_id)
    review = held_own(review_id, author_id)
    if review.appended_at is not None:
        raise AppendedAlready
    if not rules.may_append(created_at=review.created_at, appended_at=None, now=now):
        raise ReviewTooLate
    put_pictures(review, picture_ids, part=PicturePart.APPENDED)
    review.appended_body, review.appended_at = body.strip(), now
    _write_again(review, now=now)
    return review


def held_own(review_id: UUID, author_id: UUID) -> Review:
    """A standing review of this person, held.

    Raises: NotFound.
    """
    if not Review.objects.filter(pk=review_id, author_id=author_id).exists():
        raise NotFound
    review = lock_one(Review, review_id)
    if review.visibility not in (*rules.SEEN_BY_ALL, "PENDING"):
        raise NotFound
    return review


def _write_again(review: Review, *, now: datetime) -> None:
    """Keep the changed review; until it is weighed it counts for nothing."""
    review.has_pictures = ReviewPicture.objects.filter(review=review).exists()
    review.usefulness = usefulness_of(review)
    review.weighed_at = None
    review.save(
        update_fields=[
            "stars",
            "body",
            "fit",
            "edited_at",
            "appended_body",
            "appended_at",
            "has_pictures",
            "video",
            "usefulness",
            "weighed_at",
        ]
    )
    emit(ReviewWritten(review_id=review.id, product_id=review.product_id, author_id=review.author_id, at=now))


def usefulness_of(review: Review) -> int:
    """The place of a review by use."""
    return rules.usefulness(
        helpful=review.helpful_count,
        has_pictures=review.has_pictures or review.video_id is not None,
        is_appended=review.appended_at is not None,
        letters=len(review.body) + len(review.appended_body),
    )

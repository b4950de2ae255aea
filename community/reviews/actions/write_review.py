"""Review what one has received."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import advisory_lock
from backend.core.outbox import emit
from backend.core.pictures.selectors import owns_pictures
from backend.core.videos.models import VideoState
from backend.core.videos.selectors import own_video
from community.reviews import selectors
from community.reviews.errors import (
    NotReceived,
    ReviewedAlready,
    ReviewPictureMissing,
    ReviewTooLate,
    ReviewVideoMissing,
    WritingTooFast,
)
from community.reviews.events import ReviewWritten
from community.reviews.models import PicturePart, Review, ReviewPicture
from community.reviews.rules import writing as rules


@transaction.atomic
def write_review(
    *,
    author_id: UUID,
    line_id: UUID,
    stars: int,
    body: str,
    picture_ids: Sequence[UUID] = (),
    video_id: UUID | None = None,
    fit: str = "",
    is_anonymous: bool = False,
    idempotency_key: UUID,
    now: datetime,
) -> Review:
    """Review one line of one's own order, once, within ninety days after it arrived.

    Raises: InvalidInput, NotFound, NotReceived, ReviewTooLate, ReviewedAlready, ReviewPictureMissing,
        ReviewVideoMissing, WritingTooFast, KeyReused.
    Emits: ReviewWritten.
    """
    request = {"line": line_id, "stars": stars, "body": body, "pictures": list(picture_ids), "fit": fit}
    request |= {"video": video_id} if video_id else {}
    first = replay_or_reserve(principal_id=author_id, action="write_review", key=idempotency_key, request=request)
    if first:
        return Review.objects.get(pk=first["review_id"])

    rules.check_review(stars=stars, body=body, fit=fit, pictures_count=len(picture_ids))
    check_own_pictures(picture_ids, owner_id=author_id)
    check_own_video(video_id, owner_id=author_id)
    advisory_lock("reviews.line", line_id)
    line = check_can_review(line_id=line_id, author_id=author_id, now=now)
    review = Review.objects.create(
        line=line,
        product_id=line.product_id,
        variant_id=line.variant_id,
        author_id=author_id,
        stars=stars,
        body=body.strip(),
        fit=fit,
        option_title=line.option_title,
        is_anonymous=is_anonymous,
        has_pictures=bool(picture_ids),
        video_id=video_id,
        is_refunded=line.refunded_quantity == line.quantity,
        received_at=line.received_at,
        usefulness=rules.usefulness(
            helpful=0, has_pictures=bool(picture_ids or video_id), is_appended=False, letters=len(body.strip())
        ),
        created_at=now,
    )
    put_pictures(review, picture_ids, part=PicturePart.FIRST)
    emit(ReviewWritten(review_id=review.id, product_id=review.product_id, author_id=author_id, at=now))
    remember(principal_id=author_id, action="write_review", key=idempotency_key, answer={"review_id": review.id})
    return review


def check_can_review(*, line_id: UUID, author_id: UUID, now: datetime) -> Any:
    """The line with its `received_at`, if this buyer may review it now.

    Raises: NotFound, NotReceived, ReviewTooLate, ReviewedAlready, WritingTooFast.
    """
    line = selectors.received_lines().filter(pk=line_id, order__buyer_id=author_id, is_gift=False).first()
    if line is None:
        raise NotFound
    if Review.objects.filter(line_id=line_id).exists():
        raise ReviewedAlready
    if line.received_at is None:
        raise NotReceived
    if not rules.may_review(received_at=line.received_at, now=now):
        raise ReviewTooLate
    lately = selectors.written_since(author_id=author_id, since=now - rules.AN_HOUR, model=Review)
    if lately >= rules.REVIEWS_PER_HOUR:
        raise WritingTooFast
    return line


def check_own_pictures(picture_ids: Sequence[UUID], *, owner_id: UUID) -> None:
    """Refuse pictures that somebody else uploaded.

    Raises: ReviewPictureMissing.
    """
    if not owns_pictures(owner_id, picture_ids):
        raise ReviewPictureMissing


def check_own_video(video_id: UUID | None, *, owner_id: UUID) -> None:
    """Refuse a video that somebody else uploaded, or that could not be prepared.

    Raises: ReviewVideoMissing.
    """
    video = own_video(video_id=video_id, owner_id=owner_id) if video_id else None
    if video_id and (video is None or video.state == VideoState.REFUSED):
        raise ReviewVideoMissing


def put_pictures(review: Review, picture_ids: Sequence[UUID], *, part: str) -> None:
    """Show these pictures with one part of a review, in this order."""
    ReviewPicture.objects.bulk_create(
        ReviewPicture(review=review, picture_id=picture_id, part=part, position=position)
        for position, picture_id in enumerate(dict.fromkeys(picture_ids))
    )

"""The shop answers a review."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from community.reviews.events import ReviewAnswered
from community.reviews.models import Reply, Review, Visibility
from community.reviews.rules import writing as rules


@transaction.atomic
def answer_review(*, review_id: UUID, actor_id: UUID, body: str, now: datetime) -> Review:
    """Answer a review for the shop; a second answer takes the place of the first, unless moderation removed that.

    Raises: InvalidInput, NotFound.
    Emits: ReviewAnswered.
    """
    rules.check_length("body", body, longest=rules.LONGEST_ANSWER)
    review = lock_one(Review, review_id)
    if review.visibility not in rules.SEEN_BY_ALL:
        raise NotFound
    said = {"author_id": actor_id, "body": body.strip(), "at": now}
    reply, is_new = Reply.objects.get_or_create(review=review, defaults=said)
    if not is_new:
        if reply.visibility == Visibility.REMOVED:
            raise NotFound
        Reply.objects.filter(pk=reply.pk).update(**said)
    emit(ReviewAnswered(review_id=review.id, author_id=review.author_id, at=now))
    return review

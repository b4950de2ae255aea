"""Find a review or an answer helpful, and take it back. Both may be said twice; one's own words count for nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.locks import lock_many, lock_one
from community.reviews import selectors
from community.reviews.actions.change_review import usefulness_of
from community.reviews.errors import OwnReview
from community.reviews.models import Answer, AnswerVote, HelpfulVote, Review


@transaction.atomic
def find_review_helpful(*, review_id: UUID, user_id: UUID, now: datetime) -> Review:
    """Say once that a review helps.

    Raises: NotFound, OwnReview.
    """
    review = _held_review(review_id, user_id)
    if review.author_id == user_id:
        raise OwnReview
    HelpfulVote.objects.get_or_create(review=review, user_id=user_id, defaults={"at": now})
    return _recounted_review(review)


@transaction.atomic
def forget_review_helpful(*, review_id: UUID, user_id: UUID) -> Review:
    """Take it back.

    Raises: NotFound.
    """
    review = _held_review(review_id, user_id)
    HelpfulVote.objects.filter(review=review, user_id=user_id).delete()
    return _recounted_review(review)


@transaction.atomic
def find_answer_helpful(*, answer_id: UUID, user_id: UUID, now: datetime) -> Answer:
    """Say once that an answer helps.

    Raises: NotFound, OwnReview.
    """
    answer = _held_answer(answer_id, user_id)
    if answer.author_id == user_id:
        raise OwnReview
    AnswerVote.objects.get_or_create(answer=answer, user_id=user_id, defaults={"at": now})
    return _recounted_answer(answer)


@transaction.atomic
def forget_answer_helpful(*, answer_id: UUID, user_id: UUID) -> Answer:
    """Take it back.

    Raises: NotFound.
    """
    answer = _held_answer(answer_id, user_id)
    AnswerVote.objects.filter(answer=answer, user_id=user_id).delete()
    return _recounted_answer(answer)


@transaction.atomic
def forget_votes(*, user_id: UUID) -> None:
    """Take every vote of a person back, and count what they voted for anew."""
    reviews = set(HelpfulVote.objects.filter(user_id=user_id).values_list("review_id", flat=True))
    answers = set(AnswerVote.objects.filter(user_id=user_id).values_list("answer_id", flat=True))
    HelpfulVote.objects.filter(user_id=user_id).delete()
    AnswerVote.objects.filter(user_id=user_id).delete()
    for review in lock_many(Review, reviews):
        _recounted_review(review)
    for answer in lock_many(Answer, answers):
        _recounted_answer(answer)


def _held_review(review_id: UUID, viewer_id: UUID) -> Review:
    if not selectors.visible_reviews(viewer_id).filter(pk=review_id).exists():
        raise NotFound
    return lock_one(Review, review_id)


def _held_answer(answer_id: UUID, viewer_id: UUID) -> Answer:
    if not selectors.visible_answers(viewer_id).filter(pk=answer_id).exists():
        raise NotFound
    return lock_one(Answer, answer_id)


def _recounted_review(review: Review) -> Review:
    review.helpful_count = HelpfulVote.objects.filter(review=review).count()
    review.usefulness = usefulness_of(review)
    review.save(update_fields=["helpful_count", "usefulness"])
    return review


def _recounted_answer(answer: Answer) -> Answer:
    answer.helpful_count = AnswerVote.objects.filter(answer=answer).count()
    answer.save(update_fields=["helpful_count"])
    return answer

"""Show and hide. Authors delete; moderation hides and shows through the same door.

What its author deleted stays deleted.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from community.reviews.events import AnswerVisibilityChanged, QuestionAsked, ReviewVisibilityChanged
from community.reviews.models import Answer, Question, Reply, Review, Visibility
from community.reviews.rules.writing import SEEN_BY_ALL


@transaction.atomic
def change_review_visibility(*, review_id: UUID, visibility: str, now: datetime) -> str:
    """Set who sees a review and answer who saw it before, so that the change can be taken back.

    Raises: NotFound.
    Emits: ReviewVisibilityChanged.
    """
    review = lock_one(Review, review_id)
    before = review.visibility
    if before in (visibility, Visibility.AUTHOR_DELETED):
        return before
    review.visibility = visibility
    review.save(update_fields=["visibility"])
    emit(
        ReviewVisibilityChanged(
            review_id=review.id,
            product_id=review.product_id,
            from_visibility=before,
            to_visibility=visibility,
            at=now,
        )
    )
    return before


@transaction.atomic
def change_reply_visibility(*, reply_id: UUID, visibility: str, now: datetime) -> str:
    """Set who sees the shop's answer to a review, and answer who saw it before.

    Raises: NotFound.
    """
    reply = lock_one(Reply, reply_id)
    before = reply.visibility
    if before not in (visibility, Visibility.AUTHOR_DELETED):
        reply.visibility = visibility
        reply.save(update_fields=["visibility"])
    return before


@transaction.atomic
def change_question_visibility(*, question_id: UUID, visibility: str, now: datetime) -> str:
    """Set who sees a question, and answer who saw it before. One that waited is asked when it is let go.

    Raises: NotFound.
    Emits: QuestionAsked.
    """
    question = lock_one(Question, question_id)
    before = question.visibility
    if before in (visibility, Visibility.AUTHOR_DELETED):
        return before
    question.visibility = visibility
    question.save(update_fields=["visibility"])
    if before == Visibility.PENDING and visibility == Visibility.PUBLIC:
        names = {"question_id": question.id, "product_id": question.product_id, "author_id": question.author_id}
        emit(QuestionAsked(**names, is_held=False, at=now))
    return before


@transaction.atomic
def change_answer_visibility(*, answer_id: UUID, visibility: str, now: datetime) -> str:
    """Set who sees an answer, count those of its question anew, and answer who saw it before.

    Raises: NotFound.
    Emits: AnswerVisibilityChanged.
    """
    question_id = Answer.objects.filter(pk=answer_id).values_list("question_id", flat=True).first()
    question = lock_one(Question, question_id)
    answer = lock_one(Answer, answer_id)
    before = answer.visibility
    if before not in (visibility, Visibility.AUTHOR_DELETED):
        answer.visibility = visibility
        answer.save(update_fields=["visibility"])
        recount_answers(question)
        emit(
            AnswerVisibilityChanged(
                question_id=question.id,
                answer_id=answer.id,
                from_visibility=before,
                to_visibility=visibility,
                at=now,
            )
        )
    return before


@transaction.atomic
def delete_review(*, review_id: UUID, author_id: UUID, now: datetime) -> Review:
    """Delete one's own review for everybody; what moderation has removed stays with moderation.

    Raises: NotFound.
    Emits: ReviewVisibilityChanged.
    """
    _check_own(Review, review_id, author_id)
    change_review_visibility(review_id=review_id, visibility=Visibility.AUTHOR_DELETED, now=now)
    return Review.objects.get(pk=review_id)


@transaction.atomic
def delete_question(*, question_id: UUID, author_id: UUID, now: datetime) -> Question:
    """Delete one's own question for everybody.

    Raises: NotFound.
    Emits: QuestionAsked.
    """
    _check_own(Question, question_id, author_id)
    change_question_visibility(question_id=question_id, visibility=Visibility.AUTHOR_DELETED, now=now)
    return Question.objects.get(pk=question_id)


@transaction.atomic
def delete_answer(*, answer_id: UUID, author_id: UUID, now: datetime) -> Answer:
    """Delete one's own answer for everybody.

    Raises: NotFound.
    Emits: AnswerVisibilityChanged.
    """
    _check_own(Answer, answer_id, author_id)
    change_answer_visibility(answer_id=answer_id, visibility=Visibility.AUTHOR_DELETED, now=now)
    return Answer.objects.get(pk=answer_id)


def recount_answers(question: Question) -> None:
    """Bring the number of standing answers of a locked question up to date; a hidden one is accepted no longer."""
    standing = Answer.objects.filter(question=question, visibility__in=SEEN_BY_ALL)
    question.answers_count = standing.count()
    if question.accepted_id and not standing.filter(pk=question.accepted_id).exists():
        question.accepted = None
    question.save(update_fields=["answers_count", "accepted"])


def _check_own(model: type[Review] | type[Question] | type[Answer], pk: UUID, author_id: UUID) -> None:
    own = model.objects.filter(pk=pk, author_id=author_id)
    if not own.exclude(visibility__in=(Visibility.REMOVED, Visibility.AUTHOR_DELETED)).exists():
        raise NotFound

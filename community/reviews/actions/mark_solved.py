"""Say that an answer of another owner solved one's problem, so that nothing needs to be sent back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.locks import lock_many, lock_one
from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from community.reviews import selectors
from community.reviews.errors import OnlyBuyersAnswer, OwnReview, WritingTooFast
from community.reviews.events import AnswerSolved
from community.reviews.models import Answer, Question, SolvedMark
from community.reviews.rules import helping as rules
from community.reviews.rules.writing import SEEN_BY_ALL


@transaction.atomic
def mark_solved(*, answer_id: UUID, user_id: UUID, now: datetime) -> Answer:
    """Say once, as somebody who received the product, that an answer solved it. Whoever answered is paid for it.

    Raises: NotFound, OnlyBuyersAnswer, OwnReview, WritingTooFast.
    Emits: AnswerSolved.
    """
    found = selectors.visible_answers(user_id).select_related("question").filter(pk=answer_id).first()
    if found is None or not selectors.visible_questions(user_id).filter(pk=found.question_id).exists():
        raise NotFound
    if found.author_id == user_id:
        raise OwnReview
    if not selectors.has_received(user_id=user_id, product_id=found.question.product_id):
        raise OnlyBuyersAnswer
    lock_one(Question, found.question_id)
    answer = lock_one(Answer, answer_id)
    if answer.visibility not in SEEN_BY_ALL:
        raise NotFound
    lately = SolvedMark.objects.filter(user_id=user_id, at__gt=now - rules.A_DAY).exclude(answer=answer)
    if lately.count() >= rules.MARKS_PER_DAY:
        raise WritingTooFast
    if insert_row_once(SolvedMark(answer=answer, user_id=user_id, at=now)):
        recount_solved(answer)
        emit(AnswerSolved(question_id=answer.question_id, answer_id=answer.id, author_id=answer.author_id, at=now))
    return answer


@transaction.atomic
def forget_marks(*, user_id: UUID) -> None:
    """Take every mark of a person back, and count anew whom the answers helped."""
    answers = set(SolvedMark.objects.filter(user_id=user_id).values_list("answer_id", flat=True))
    SolvedMark.objects.filter(user_id=user_id).delete()
    for answer in lock_many(Answer, answers):
        recount_solved(answer)


def recount_solved(answer: Answer) -> None:
    """Bring the number of those whom a held answer helped up to date."""
    answer.solved_count = SolvedMark.objects.filter(answer=answer).count()
    answer.save(update_fields=["solved_count"])

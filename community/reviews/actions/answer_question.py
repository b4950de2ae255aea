"""Answer a question, and say which answer helped."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import lock_one
from backend.core.outbox import emit
from community.reviews import selectors
from community.reviews.actions.change_visibility import recount_answers
from community.reviews.errors import AnsweredAlready, OnlyBuyersAnswer, WritingTooFast
from community.reviews.events import AnswerAccepted, QuestionAnswered
from community.reviews.models import Answer, Question, Visibility
from community.reviews.rules import writing as rules
from community.reviews.rules.evidence import leads_away


@transaction.atomic
def answer_question(
    *,
    author_id: UUID,
    is_staff: bool,
    question_id: UUID,
    body: str,
    idempotency_key: UUID,
    now: datetime,
) -> Answer:
    """Answer a question, as the shop or as somebody who has received the product.

    Raises: InvalidInput, NotFound, OnlyBuyersAnswer, AnsweredAlready, WritingTooFast, KeyReused.
    Emits: QuestionAnswered.
    """
    request = {"question": question_id, "body": body}
    first = replay_or_reserve(principal_id=author_id, action="answer_question", key=idempotency_key, request=request)
    if first:
        return Answer.objects.get(pk=first["answer_id"])

    rules.check_length("body", body, longest=rules.LONGEST_ANSWER)
    question = check_can_answer(author_id=author_id, is_staff=is_staff, question_id=question_id, now=now)
    is_held = not is_staff and leads_away(body)
    answer = Answer.objects.create(
        question=question,
        author_id=author_id,
        body=body.strip(),
        is_official=is_staff,
        visibility=Visibility.PENDING if is_held else Visibility.PUBLIC,
        created_at=now,
    )
    recount_answers(question)
    emit(
        QuestionAnswered(
            question_id=question.id,
            answer_id=answer.id,
            author_id=author_id,
            asker_id=question.author_id,
            is_held=is_held,
            at=now,
        )
    )
    remember(principal_id=author_id, action="answer_question", key=idempotency_key, answer={"answer_id": answer.id})
    return answer


def check_can_answer(*, author_id: UUID, is_staff: bool, question_id: UUID, now: datetime) -> Question:
    """The question, held, if this person may answer it.

    Raises: NotFound, OnlyBuyersAnswer, AnsweredAlready, WritingTooFast.
    """
    if not selectors.visible_questions(author_id).filter(pk=question_id).exists():
        raise NotFound
    question = lock_one(Question, question_id)
    if question.visibility not in rules.SEEN_BY_ALL:
        raise NotFound
    if not is_staff and not selectors.has_received(user_id=author_id, product_id=question.product_id):
        raise OnlyBuyersAnswer
    own = Answer.objects.filter(question=question, author_id=author_id)
    if own.exclude(visibility=Visibility.AUTHOR_DELETED).exists():
        raise AnsweredAlready
    lately = selectors.written_since(author_id=author_id, since=now - rules.AN_HOUR, model=Answer)
    if not is_staff and lately >= rules.ANSWERS_PER_HOUR:
        raise WritingTooFast
    return question


@transaction.atomic
def accept_answer(*, answer_id: UUID, asker_id: UUID, now: datetime) -> Question:
    """Say which answer helped; another choice later takes its place.

    Raises: NotFound.
    Emits: AnswerAccepted.
    """
    answer = selectors.visible_answers(asker_id).filter(pk=answer_id, question__author_id=asker_id).first()
    if answer is None or answer.author_id == asker_id:
        raise NotFound
    question = lock_one(Question, answer.question_id)
    if question.visibility not in rules.SEEN_BY_ALL:
        raise NotFound
    if question.accepted_id == answer.id:
        return question
    question.accepted = answer
    question.save(update_fields=["accepted"])
    emit(AnswerAccepted(question_id=question.id, answer_id=answer.id, author_id=answer.author_id, at=now))
    return question

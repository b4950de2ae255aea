"""Ask about a product, and invite those who have it to answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.catalogue.models import Product
from backend.core.errors import InvalidInput, NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import advisory_lock
from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from community.reviews import selectors
from community.reviews.errors import WritingTooFast
from community.reviews.events import QuestionAsked
from community.reviews.models import Question, QuestionInvite, QuestionTopic, Visibility
from community.reviews.rules import writing as rules
from community.reviews.rules.evidence import leads_away


@transaction.atomic
def ask_question(
    *,
    author_id: UUID,
    product_id: UUID,
    body: str,
    topic: str = QuestionTopic.GENERAL,
    idempotency_key: UUID,
    now: datetime,
) -> Question:
    """Ask about a product; a question that leads away waits for a moderator first.

    Raises: InvalidInput, NotFound, WritingTooFast, KeyReused.
    Emits: QuestionAsked.
    """
    request = {"product": product_id, "body": body, "topic": topic}
    first = replay_or_reserve(principal_id=author_id, action="ask_question", key=idempotency_key, request=request)
    if first:
        return Question.objects.get(pk=first["question_id"])

    rules.check_length("body", body, longest=rules.LONGEST_QUESTION, shortest=rules.SHORTEST_QUESTION)
    if topic not in QuestionTopic.values:
        raise InvalidInput("topic")
    if not Product.objects.filter(pk=product_id, state="PUBLISHED").exists():
        raise NotFound
    lately = selectors.written_since(author_id=author_id, since=now - rules.AN_HOUR, model=Question)
    if lately >= rules.QUESTIONS_PER_HOUR:
        raise WritingTooFast
    is_held = leads_away(body)
    question = Question.objects.create(
        product_id=product_id,
        author_id=author_id,
        body=body.strip(),
        topic=topic,
        visibility=Visibility.PENDING if is_held else Visibility.PUBLIC,
        created_at=now,
    )
    emit(QuestionAsked(question_id=question.id, product_id=product_id, author_id=author_id, is_held=is_held, at=now))
    remember(principal_id=author_id, action="ask_question", key=idempotency_key, answer={"question_id": question.id})
    return question


@transaction.atomic
def invite_buyers(*, question_id: UUID, now: datetime) -> list[UUID]:
    """Write down whom to ask, nobody more often than three times a week; answer who was not asked before."""
    advisory_lock("reviews.invites", "week")
    question = Question.objects.get(pk=question_id)
    if question.visibility != Visibility.PUBLIC or question.answers_count:
        return []
    wanted = selectors.buyers_to_ask(question, now=now)
    return [
        user_id for user_id in wanted if insert_row_once(QuestionInvite(question=question, user_id=user_id, at=now))
    ]

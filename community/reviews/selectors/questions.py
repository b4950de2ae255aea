"""Questions, their answers, and whom to ask."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Value, When

from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from community.reviews.models import Answer, AnswerVote, Question, QuestionInvite
from community.reviews.rules import writing as rules
from community.reviews.selectors.reviews import received_lines
from community.reviews.selectors.visible import visible

MOST_ANSWERS = 50


def visible_questions(viewer_id: UUID | None) -> QuerySet[Question]:
    """The questions a viewer may read."""
    return visible(Question.objects.all(), viewer_id)


def visible_answers(viewer_id: UUID | None) -> QuerySet[Answer]:
    """The answers a viewer may read."""
    return visible(Answer.objects.all(), viewer_id)


def question_for(*, question_id: UUID, viewer_id: UUID | None) -> Question:
    """One question as the viewer may see it.

    Raises: NotFound.
    """
    found = visible_questions(viewer_id).select_related("product").filter(pk=question_id).first()
    if found is None:
        raise NotFound
    return found


def questions_page(*, product_id: UUID, viewer_id: UUID | None, first: int, after: str | None) -> Page:
    """One page of the questions about a product, those with most answers first."""
    found = visible_questions(viewer_id).select_related("product").filter(product_id=product_id)
    return keyset_page(found, order=("-answers_count", "-id"), first=first, after=after)


def unanswered_page(*, now: datetime, first: int, after: str | None) -> Page:
    """One page of the questions that nobody has answered for a day, the oldest first, for the desk."""
    found = Question.objects.filter(
        visibility="PUBLIC", answers_count=0, created_at__lte=now - rules.ANSWER_AFTER
    ).select_related("product")
    return keyset_page(found, order=("created_at", "id"), first=first, after=after)


def answers_of_questions(question_ids: Iterable[UUID], viewer_id: UUID | None) -> dict[UUID, list[Answer]]:
    """The answers of some questions: the accepted one first, then the official, then the most helpful."""
    ids = set(question_ids)
    rank = Case(
        When(pk=F("question__accepted_id"), then=Value(0)), When(is_official=True, then=Value(1)), default=Value(2)
    )
    voted = AnswerVote.objects.filter(answer=OuterRef("pk"), user=viewer_id)
    found = visible_answers(viewer_id).filter(question_id__in=ids).select_related("question")
    answers: dict[UUID, list[Answer]] = {question_id: [] for question_id in ids}
    for answer in found.annotate(rank=rank, is_helpful=Exists(voted)).order_by("rank", "-helpful_count", "pk"):
        if len(answers[answer.question_id]) < MOST_ANSWERS:
            answers[answer.question_id].append(answer)
    return answers


def has_received(*, user_id: UUID, product_id: UUID) -> bool:
    """Whether somebody has got the product from us."""
    return received_lines().filter(order__buyer_id=user_id, product_id=product_id, received_at__isnull=False).exists()


def buyers_to_ask(question: Question, *, now: datetime) -> list[UUID]:
    """Who may be asked: received the product in the last ninety days and was not asked three times this week.

    Those who got it last come first. Whoever sent all of it back is left alone.
    """
    lately = QuestionInvite.objects.filter(at__gt=now - rules.A_WEEK).values("user_id").annotate(count=Count("pk"))
    busy = set(lately.filter(count__gte=rules.INVITES_PER_WEEK).values_list("user_id", flat=True))
    lines = received_lines().filter(
        product_id=question.product_id,
        received_at__gt=now - rules.INVITE_BUYERS_OF,
        refunded_quantity__lt=F("quantity"),
    )
    wanted: list[UUID] = []
    for buyer_id in lines.order_by("-received_at", "pk").values_list("order__buyer_id", flat=True)[:200]:
        if buyer_id not in busy and buyer_id != question.author_id and buyer_id not in wanted:
            wanted.append(buyer_id)
    return wanted[: rules.INVITES_PER_QUESTION]

"""Reading everything that a page of reviews or questions shows, with one statement for each kind of thing."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from backend.accounts.selectors import public_people
from backend.catalogue.schema.loaders import preload_products
from backend.core.clock import business_day
from community.reviews import selectors
from community.reviews.models import Answer, Evidence, Question, Reply, Review, Reward
from community.reviews.rules.points import has_substance
from community.reviews.rules.writing import SEEN_BY_ALL
from community.reviews.selectors.rewards import full_days, rewards_of

SEEN = "reviews.seen"
FULL_DAYS = "reviews.full_days"
ANSWERERS = frozenset({"support", "growth", "admin"})


def seen(info: Any, kind: str) -> dict[UUID, Any]:
    """What was read so far for this request, by kind."""
    known: dict[UUID, Any] = info.context.loaders.setdefault((SEEN, kind), {})
    return known


def is_staff(info: Any) -> bool:
    """Whether the viewer speaks for the shop."""
    return bool(info.context.viewer.roles & ANSWERERS)


def prepared(info: Any, reviews: Sequence[Review]) -> Sequence[Review]:
    """Read people, replies, products, own rewards and own evidence of some reviews."""
    viewer_id = info.context.viewer.user_id
    ids = [review.id for review in reviews]
    seen(info, "review").update({review.id: review for review in reviews})
    seen(info, "person").update(public_people(review.author_id for review in reviews))
    seen(info, "reply").update(dict.fromkeys(ids) | selectors.replies_of(ids))
    preload_products(info, {review.product_id for review in reviews})
    own = [review.id for review in reviews if review.author_id == viewer_id]
    if own:
        seen(info, "reward").update(rewards_of(own))
        seen(info, "evidence").update(selectors.evidence_of(own))
        days = {business_day(review.created_at) for review in reviews if review.author_id == viewer_id}
        full = full_days(user_id=viewer_id, days=days)
        info.context.loaders.setdefault(FULL_DAYS, {}).update({day: day in full for day in days})
    return reviews


def author_of(info: Any, user_id: UUID) -> Any:
    """The public part of a person."""
    known = seen(info, "person")
    if user_id not in known:
        known.update(public_people([user_id]))
    return known.get(user_id)


def reply_of(info: Any, review: Review) -> Reply | None:
    """The shop's answer to a review."""
    known = seen(info, "reply")
    if review.id not in known:
        prepared(info, [review])
    reply: Reply | None = known[review.id]
    return reply


def reward_of(info: Any, review: Review) -> Reward | None:
    """What the author was paid for a review."""
    known = seen(info, "reward")
    if review.id not in known:
        known.update({review.id: None} | rewards_of([review.id]))
    reward: Reward | None = known[review.id]
    return reward


def is_over_limit(info: Any, review: Review) -> bool:
    """Whether one's own review stands and earned nothing because the day was full."""
    if review.weighed_at is None or review.visibility not in SEEN_BY_ALL or review.is_refunded:
        return False
    if reward_of(info, review) is not None or not has_substance(review.body):
        return False
    known: dict[date, bool] = info.context.loaders.setdefault(FULL_DAYS, {})
    day = business_day(review.created_at)
    if day not in known:
        known[day] = bool(full_days(user_id=review.author_id, days=[day]))
    return known[day]


def evidence_against(info: Any, review: Review) -> list[Evidence]:
    """What speaks against one's own review."""
    known = seen(info, "evidence")
    if review.id not in known:
        known.update(selectors.evidence_of([review.id]))
    evidence: list[Evidence] = known[review.id]
    return evidence


def prepared_questions(info: Any, questions: Sequence[Question]) -> Sequence[Question]:
    """Read the answers, the people and the products of some questions."""
    seen(info, "question").update({question.id: question for question in questions})
    answers = selectors.answers_of_questions([question.id for question in questions], info.context.viewer.user_id)
    seen(info, "answers").update(answers)
    said: list[Answer] = [answer for found in answers.values() for answer in found]
    seen(info, "answer").update({answer.id: answer for answer in said})
    people = {question.author_id for question in questions} | {answer.author_id for answer in said}
    seen(info, "person").update(public_people(people))
    preload_products(info, {question.product_id for question in questions})
    return questions


def prepared_answers(info: Any, answers: Sequence[Answer]) -> None:
    """Read the people of some answers that are shown without the rest of their questions."""
    seen(info, "person").update(public_people({answer.author_id for answer in answers}))


def answers_to(info: Any, question: Question) -> list[Answer]:
    """The answers to a question."""
    known = seen(info, "answers")
    if question.id not in known:
        prepared_questions(info, [question])
    answers: list[Answer] = known[question.id]
    return answers


def may_answer(info: Any, question: Question) -> bool:
    """Whether the viewer could answer: staff, or somebody who has received the product; asked once for a product."""
    viewer_id = info.context.viewer.user_id
    if viewer_id is None or any(each.author_id == viewer_id for each in answers_to(info, question)):
        return False
    if is_staff(info):
        return True
    known = seen(info, "has_received")
    if question.product_id not in known:
        known[question.product_id] = selectors.has_received(user_id=viewer_id, product_id=question.product_id)
    return bool(known[question.product_id])

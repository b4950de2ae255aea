"""Reviews, questions and answers: what there is of them, and the right input of everything done with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.catalogue.models import Product
from backend.orders.models import Order, OrderLine
from tests.factories.promotions import this_moment
from tests.factories.reviews import make_answer, make_question, make_received_line, make_review, make_video

WORDS = "布料厚实，洗了两次没有掉色。"


def make_words(owner: User, other: User, product: Product) -> dict[str, UUID]:
    """A review and a question of the owner, a review of somebody else with a line to review, and answers to both."""
    now = this_moment()
    lines = [_arrived(buyer, product, now=now) for buyer in (owner, owner, other)]
    mine = make_review(author=owner, line=lines[1], now=now)
    theirs = make_review(author=other, line=lines[2], body="锅很重，炒菜不粘。", now=now)
    question = make_question(author=owner, product=product, now=now)
    asked = make_question(author=other, product=product, body="手柄烫吗？", now=now)
    return {
        "unreviewed_line": lines[0].pk,
        "video": make_video(owner).pk,
        "review": mine.pk,
        "other_review": theirs.pk,
        "question": question.pk,
        "other_question": asked.pk,
        "answer": make_answer(question, author=other, now=now).pk,
        "own_answer": make_answer(make_question(author=other, product=product, now=now), author=owner, now=now).pk,
    }


def _arrived(buyer: User, product: Product, *, now: datetime) -> OrderLine:
    """A line whose parcel arrived today."""
    line = make_received_line(buyer=buyer, product=product)
    Order.objects.filter(pk=line.order_id).update(delivered_at=now)
    return line


def arguments_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the root fields are asked with."""
    return {
        "Query.reviewSummary": {"productId": ids["product"]},
        "Query.reviews": {"productId": ids["product"], "variantId": ids["variant"]},
        "Query.review": {"id": ids["review"]},
        "Query.reviewTasks": {"orderId": ids["delivered"]},
        "Query.questions": {"productId": ids["product"]},
        "Query.question": {"id": ids["question"]},
        "Query.ownersAnswers": {"lineIds": [ids["unreviewed_line"]], "reason": "QUALITY"},
    }


def inputs_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """One input for each mutation."""
    key, pictures = {"idempotencyKey": ids["key"]}, {"pictureIds": [ids["picture"]]}
    film = {"videoId": ids["video"]}
    return {
        "writeReview": {"lineId": ids["unreviewed_line"], "stars": 5, "body": WORDS, **film, **pictures, **key},
        "editReview": {"id": ids["review"], "stars": 4, "body": WORDS, **film, **pictures},
        "appendReview": {"id": ids["review"], "body": "半年后还是好的。", **pictures},
        "deleteReview": {"id": ids["review"]},
        "findReviewHelpful": {"reviewId": ids["other_review"]},
        "forgetReviewHelpful": {"reviewId": ids["other_review"]},
        "answerReview": {"reviewId": ids["review"], "body": "谢谢你。"},
        "askQuestion": {"productId": ids["product"], "body": "会掉色吗？", **key},
        "answerQuestion": {"questionId": ids["other_question"], "body": "不会。", **key},
        "markSolved": {"answerId": ids["answer"]},
        "acceptAnswer": {"answerId": ids["answer"]},
        "findAnswerHelpful": {"answerId": ids["answer"]},
        "forgetAnswerHelpful": {"answerId": ids["answer"]},
        "deleteQuestion": {"id": ids["question"]},
        "deleteAnswer": {"id": ids["own_answer"]},
        "saveAspectWord": {"word": "起毛", "aspect": "quality", "polarity": -1, "isKept": True},
    }

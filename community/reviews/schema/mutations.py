"""Writes of reviews, questions and answers."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, role, signed_in
from community.reviews import actions
from community.reviews.errors import (
    AnsweredAlready,
    AppendedAlready,
    NotReceived,
    OnlyBuyersAnswer,
    OwnReview,
    ReviewedAlready,
    ReviewPictureMissing,
    ReviewTooLate,
    ReviewVideoMissing,
    WritingTooFast,
)
from community.reviews.models import QuestionTopic
from community.reviews.schema.loaders import ANSWERERS
from community.reviews.schema.questions import AnswerType, QuestionTopicEnum, QuestionType
from community.reviews.schema.types import AspectWordType, FitEnum, ReviewType

DESK = role("support", "growth")


class WriteReview(Mutation):
    """Review one line of one's own order."""

    class Input:
        line_id = graphene.ID(required=True, description="The order line.")
        stars = graphene.Int(required=True, description="One to five.")
        body = graphene.String(required=True, description="The text, 2,000 letters at most; may be empty.")
        picture_ids = graphene.List(graphene.NonNull(graphene.ID), description="Uploaded pictures, nine at most.")
        video_id = graphene.ID(description="An uploaded video.")
        fit = FitEnum(description="How the size turned out.")
        is_anonymous = graphene.Boolean(description="Show it without a name.")
        idempotency_key = graphene.ID(required=True, description="Made by the client; a repeat answers the first one.")

    errors = (NotReceived, ReviewTooLate, ReviewedAlready, ReviewPictureMissing, ReviewVideoMissing, WritingTooFast)
    permission = signed_in
    review = graphene.Field(ReviewType, description="The review.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        review = actions.write_review(
            author_id=viewer.id,
            line_id=input.line_id,
            stars=input.stars,
            body=input.body,
            picture_ids=input.picture_ids or [],
            video_id=input.video_id,
            fit=value_of(input.fit),
            is_anonymous=bool(input.is_anonymous),
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"review": review}


class EditReview(Mutation):
    """Change one's own review within two days."""

    class Input:
        id = graphene.ID(required=True, description="The review.")
        stars = graphene.Int(required=True, description="One to five.")
        body = graphene.String(required=True, description="The text, 2,000 letters at most.")
        picture_ids = graphene.List(graphene.NonNull(graphene.ID), description="All its pictures, nine at most.")
        video_id = graphene.ID(description="Its video; none takes it out.")
        fit = FitEnum(description="How the size turned out.")

    errors = (ReviewTooLate, ReviewPictureMissing, ReviewVideoMissing)
    permission = signed_in
    review = graphene.Field(ReviewType, description="The review as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        review = actions.edit_review(
            review_id=input.id,
            author_id=viewer.id,
            stars=input.stars,
            body=input.body,
            picture_ids=input.picture_ids or [],
            video_id=input.video_id,
            fit=value_of(input.fit),
            now=now,
        )
        return {"review": review}


class AppendReview(Mutation):
    """Add to one's own review, once."""

    class Input:
        id = graphene.ID(required=True, description="The review.")
        body = graphene.String(required=True, description="The text, 2,000 letters at most.")
        picture_ids = graphene.List(graphene.NonNull(graphene.ID), description="Uploaded pictures, nine at most.")

    errors = (AppendedAlready, ReviewTooLate, ReviewPictureMissing)
    permission = signed_in
    review = graphene.Field(ReviewType, description="The review as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        review = actions.append_review(
            review_id=input.id, author_id=viewer.id, body=input.body, picture_ids=input.picture_ids or [], now=now
        )
        return {"review": review}


class DeleteReview(Mutation):
    """Delete one's own review."""

    class Input:
        id = graphene.ID(required=True, description="The review.")

    permission = signed_in
    review = graphene.Field(ReviewType, description="The review as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"review": actions.delete_review(review_id=input.id, author_id=viewer.id, now=now)}


class FindReviewHelpful(Mutation):
    """Say that a review helps."""

    class Input:
        review_id = graphene.ID(required=True, description="The review.")

    errors = (OwnReview,)
    permission = signed_in
    review = graphene.Field(ReviewType, description="The review with its new count.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        review = actions.find_review_helpful(review_id=input.review_id, user_id=viewer.id, now=now)
        return {"review": seen_as(review, is_helpful=True)}


class ForgetReviewHelpful(Mutation):
    """Take back that a review helps."""

    class Input:
        review_id = graphene.ID(required=True, description="The review.")

    permission = signed_in
    review = graphene.Field(ReviewType, description="The review with its new count.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"review": actions.forget_review_helpful(review_id=input.review_id, user_id=viewer.id)}


class AnswerReview(Mutation):
    """Answer a review for the shop."""

    class Input:
        review_id = graphene.ID(required=True, description="The review.")
        body = graphene.String(required=True, description="The text, 1,000 letters at most.")

    permission = DESK
    review = graphene.Field(ReviewType, description="The review with the answer.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {
            "review": actions.answer_review(review_id=input.review_id, actor_id=viewer.id, body=input.body, now=now)
        }


class AskQuestion(Mutation):
    """Ask about a product."""

    class Input:
        product_id = graphene.ID(required=True, description="The product.")
        body = graphene.String(required=True, description="The question, 200 letters at most.")
        topic = QuestionTopicEnum(description="What it is about; nothing in particular unless said.")
        idempotency_key = graphene.ID(required=True, description="Made by the client; a repeat answers the first one.")

    errors = (WritingTooFast,)
    permission = signed_in
    question = graphene.Field(QuestionType, description="The question.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        question = actions.ask_question(
            author_id=viewer.id,
            product_id=input.product_id,
            body=input.body,
            topic=value_of(input.topic) or QuestionTopic.GENERAL,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"question": question}


class MarkSolved(Mutation):
    """Say that an answer of another owner solved the problem."""

    class Input:
        answer_id = graphene.ID(required=True, description="The answer.")

    errors = (OnlyBuyersAnswer, OwnReview, WritingTooFast)
    permission = signed_in
    answer = graphene.Field(AnswerType, description="The answer with its new count.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"answer": actions.mark_solved(answer_id=input.answer_id, user_id=viewer.id, now=now)}


class AnswerQuestion(Mutation):
    """Answer a question, as the shop or as somebody who has the product."""

    class Input:
        question_id = graphene.ID(required=True, description="The question.")
        body = graphene.String(required=True, description="The answer, 1,000 letters at most.")
        idempotency_key = graphene.ID(required=True, description="Made by the client; a repeat answers the first one.")

    errors = (OnlyBuyersAnswer, AnsweredAlready, WritingTooFast)
    permission = signed_in
    answer = graphene.Field(AnswerType, description="The answer.")
    question = graphene.Field(QuestionType, description="The question with all its answers.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        answer = actions.answer_question(
            author_id=viewer.id,
            is_staff=bool(viewer.roles & ANSWERERS),
            question_id=input.question_id,
            body=input.body,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"answer": answer, "question": answer.question}


class AcceptAnswer(Mutation):
    """Say which answer to one's question helped."""

    class Input:
        answer_id = graphene.ID(required=True, description="The answer.")

    permission = signed_in
    question = graphene.Field(QuestionType, description="The question as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"question": actions.accept_answer(answer_id=input.answer_id, asker_id=viewer.id, now=now)}


class FindAnswerHelpful(Mutation):
    """Say that an answer helps."""

    class Input:
        answer_id = graphene.ID(required=True, description="The answer.")

    errors = (OwnReview,)
    permission = signed_in
    answer = graphene.Field(AnswerType, description="The answer with its new count.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        answer = actions.find_answer_helpful(answer_id=input.answer_id, user_id=viewer.id, now=now)
        return {"answer": seen_as(answer, is_helpful=True)}


class ForgetAnswerHelpful(Mutation):
    """Take back that an answer helps."""

    class Input:
        answer_id = graphene.ID(required=True, description="The answer.")

    permission = signed_in
    answer = graphene.Field(AnswerType, description="The answer with its new count.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"answer": actions.forget_answer_helpful(answer_id=input.answer_id, user_id=viewer.id)}


class DeleteQuestion(Mutation):
    """Delete one's own question."""

    class Input:
        id = graphene.ID(required=True, description="The question.")

    permission = signed_in
    question = graphene.Field(QuestionType, description="The question as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"question": actions.delete_question(question_id=input.id, author_id=viewer.id, now=now)}


class DeleteAnswer(Mutation):
    """Delete one's own answer."""

    class Input:
        id = graphene.ID(required=True, description="The answer.")

    permission = signed_in
    answer = graphene.Field(AnswerType, description="The answer as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"answer": actions.delete_answer(answer_id=input.id, author_id=viewer.id, now=now)}


class SaveAspectWord(Mutation):
    """Put a word into the lexicon of reviews, change its meaning, or take it out."""

    class Input:
        word = graphene.String(required=True, description="The word, thirty letters at most.")
        aspect = graphene.String(description="The aspect's key; none for a word that is only good or bad.")
        polarity = graphene.Int(required=True, description="1 for it, -1 against it, 0 if it only names the aspect.")
        is_kept = graphene.Boolean(required=True, description="False takes the word out.")

    permission = DESK
    aspect_word = graphene.Field(AspectWordType, description="The word; nothing when it was taken out.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        word = actions.save_aspect_word(
            word=input.word, aspect=input.aspect, polarity=input.polarity, is_kept=input.is_kept
        )
        return {"aspect_word": word}


def seen_as(row: Any, *, is_helpful: bool) -> Any:
    """Tell the answer what the viewer has just done to the row."""
    row.is_helpful = is_helpful
    return row


def value_of(choice: Any) -> str:
    """The name of a choice; empty when none was made."""
    return str(getattr(choice, "value", choice) or "")


class Mutations:
    """Root mutations of reviews."""

    write_review = WriteReview.field()
    edit_review = EditReview.field()
    append_review = AppendReview.field()
    delete_review = DeleteReview.field()
    find_review_helpful = FindReviewHelpful.field()
    forget_review_helpful = ForgetReviewHelpful.field()
    answer_review = AnswerReview.field()
    ask_question = AskQuestion.field()
    mark_solved = MarkSolved.field()
    answer_question = AnswerQuestion.field()
    accept_answer = AcceptAnswer.field()
    find_answer_helpful = FindAnswerHelpful.field()
    forget_answer_helpful = ForgetAnswerHelpful.field()
    delete_question = DeleteQuestion.field()
    delete_answer = DeleteAnswer.field()
    save_aspect_word = SaveAspectWord.field()

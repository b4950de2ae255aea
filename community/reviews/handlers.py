"""What happens after something was written, sent back, shown or hidden."""

from datetime import datetime
from uuid import UUID

from backend.aftersales.events import LinesRefunded
from backend.core.videos.events import VideoFinished
from backend.messaging.actions import notify
from backend.orders.events import OrderRefunded
from community.reviews import actions
from community.reviews.events import (
    AnswerAccepted,
    AnswerSolved,
    AnswerVisibilityChanged,
    QuestionAnswered,
    QuestionAsked,
    ReviewAnswered,
    ReviewRefunded,
    ReviewVisibilityChanged,
    ReviewWeighed,
    ReviewWritten,
)
from community.reviews.models import Answer, Question, Review, Reward, RewardCause, Visibility
from community.reviews.wording import reason_in_every_language, reasons_of
from membership.actions import note_deed


def weigh(event: ReviewWritten) -> None:
    """Weigh a new or changed review."""
    actions.weigh_review(review_id=event.review_id, now=event.at)


def sum_up(event: ReviewWeighed | ReviewVisibilityChanged | ReviewRefunded) -> None:
    """Bring the rating of the product up to date."""
    actions.sum_up_product(product_id=event.product_id, now=event.at)


def settle_review(event: ReviewWeighed | ReviewVisibilityChanged | ReviewRefunded) -> None:
    """Pay for a review, or take the points back."""
    actions.settle_review_reward(review_id=event.review_id, now=event.at)


def tell_of_hold(event: ReviewWeighed) -> None:
    """Tell the author that the review waits, and why; nobody is held in silence."""
    if not event.is_held:
        return
    review = Review.objects.select_related("product").get(pk=event.review_id)
    notify(
        user_id=event.author_id,
        kind="review_held",
        params={"product": review.product.title, "reasons": reasons_of(event.review_id)},
        url=f"/reviews/{event.review_id}",
        dedupe_key=f"review:{event.review_id}:held:{event.at.isoformat()}",
        now=event.at,
    )


def note_review(event: ReviewWeighed) -> None:
    """A review that counts is a deed of its author."""
    if not event.is_held:
        note_deed(user_id=event.author_id, fact="REVIEW", source_id=event.review_id, now=event.at)


def follow_refund(event: OrderRefunded | LinesRefunded) -> None:
    """Mark the reviews of what went back."""
    actions.note_refund(order_id=event.order_id, now=event.at)


def tell_of_reply(event: ReviewAnswered) -> None:
    """Tell the author that the shop answered."""
    review = Review.objects.select_related("product").get(pk=event.review_id)
    notify(
        user_id=event.author_id,
        kind="review_answered",
        params={"product": review.product.title},
        url=f"/reviews/{event.review_id}",
        dedupe_key=f"review:{event.review_id}:answered:{event.at.isoformat()}",
        now=event.at,
    )


def tell_of_video(event: VideoFinished) -> None:
    """Tell the author of a review whose video could not be prepared, and why."""
    review = Review.objects.select_related("product").filter(video_id=event.video_id).first()
    if event.is_ready or review is None:
        return
    notify(
        user_id=review.author_id,
        kind="review_video_refused",
        params={"product": review.product.title, "reason": reason_in_every_language(event.problem)},
        url=f"/reviews/{review.id}",
        dedupe_key=f"video:{event.video_id}:refused",
        now=event.at,
    )


def ask_buyers(event: QuestionAsked) -> None:
    """Ask some people who have the product."""
    if event.is_held:
        return
    question = Question.objects.select_related("product").get(pk=event.question_id)
    for user_id in actions.invite_buyers(question_id=event.question_id, now=event.at):
        notify(
            user_id=user_id,
            kind="question_invited",
            params={"product": question.product.title, "question": question.body},
            url=f"/questions/{question.id}",
            dedupe_key=f"question:{question.id}:invited",
            now=event.at,
        )


def tell_of_answer(event: QuestionAnswered) -> None:
    """Tell the asker that somebody answered."""
    if not event.is_held:
        _tell_asker(event.answer_id, now=event.at)


def tell_of_released_answer(event: AnswerVisibilityChanged) -> None:
    """Tell the asker of an answer that waited for a moderator."""
    if (event.from_visibility, event.to_visibility) == (Visibility.PENDING, Visibility.PUBLIC):
        _tell_asker(event.answer_id, now=event.at)


def _tell_asker(answer_id: UUID, *, now: datetime) -> None:
    answer = Answer.objects.select_related("question").get(pk=answer_id)
    if answer.author_id == answer.question.author_id:
        return
    notify(
        user_id=answer.question.author_id,
        kind="question_answered",
        params={"answer": answer.body[:80]},
        url=f"/questions/{answer.question_id}",
        dedupe_key=f"answer:{answer.id}",
        group_key=f"question:{answer.question_id}",
        actor_id=answer.author_id,
        now=now,
    )


def settle_answer(event: AnswerAccepted | AnswerVisibilityChanged) -> None:
    """Pay for the accepted answer; what was paid for another one of the question is taken back."""
    paid = Reward.objects.filter(
        cause=RewardCause.ANSWER,
        source_id__in=Answer.objects.filter(question_id=event.question_id).values("pk"),
        taken_back_at=None,
    )
    for answer_id in sorted({event.answer_id, *paid.values_list("source_id", flat=True)}):
        actions.settle_answer_reward(answer_id=answer_id, now=event.at)


def tell_of_acceptance(event: AnswerAccepted) -> None:
    """Tell who answered that it helped."""
    notify(
        user_id=event.author_id,
        kind="answer_accepted",
        params={},
        url=f"/questions/{event.question_id}",
        dedupe_key=f"answer:{event.answer_id}:accepted",
        now=event.at,
    )


def settle_solved(event: AnswerSolved) -> None:
    """Pay whoever solved a problem, as for an accepted answer; both together pay once."""
    actions.settle_answer_reward(answer_id=event.answer_id, now=event.at)


def tell_of_solution(event: AnswerSolved) -> None:
    """Tell who answered that it solved somebody's problem; several become one notice."""
    notify(
        user_id=event.author_id,
        kind="answer_solved",
        params={},
        url=f"/questions/{event.question_id}",
        dedupe_key=f"answer:{event.answer_id}:solved",
        now=event.at,
    )

"""Reviews, the shop's answers to them, questions and answers as moderation sees them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from community.moderation.ports import Subject
from community.reviews import actions, selectors
from community.reviews.models import Answer, Question, Reply, Review
from community.reviews.rules.writing import SEEN_BY_ALL
from community.reviews.wording import evidence_lines


class ModeratableReview:
    """A review of what was bought."""

    kind = "REVIEW"

    def subject(self, target_id: UUID) -> Subject | None:
        review = Review.objects.prefetch_related("pictures").filter(pk=target_id).first()
        if review is None:
            return None
        return Subject(
            author_id=review.author_id,
            title="",
            body="\n\n".join(part for part in ("★" * review.stars, review.body, review.appended_body) if part),
            picture_ids=tuple(each.picture_id for each in review.pictures.all()),
            url=f"/reviews/{review.id}",
            visibility=review.visibility,
            video_id=review.video_id,
        )

    def visibilities(self, target_ids: Collection[UUID]) -> dict[UUID, str]:
        return dict(Review.objects.filter(pk__in=target_ids).values_list("pk", "visibility"))

    def is_visible_to(self, target_id: UUID, viewer_id: UUID) -> bool:
        return selectors.visible_reviews(viewer_id).filter(pk=target_id).exists()

    def change_visibility(self, target_id: UUID, visibility: str, now: datetime) -> str:
        return actions.change_review_visibility(review_id=target_id, visibility=visibility, now=now)

    def evidence(self, target_ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
        return {target_id: evidence_lines(found) for target_id, found in selectors.evidence_of(target_ids).items()}


class ModeratableReply:
    """The shop's answer to a review."""

    kind = "REVIEW_REPLY"

    def subject(self, target_id: UUID) -> Subject | None:
        reply = Reply.objects.filter(pk=target_id).first()
        if reply is None:
            return None
        return Subject(
            author_id=reply.author_id,
            title="",
            body=reply.body,
            picture_ids=(),
            url=f"/reviews/{reply.review_id}",
            visibility=reply.visibility,
        )

    def visibilities(self, target_ids: Collection[UUID]) -> dict[UUID, str]:
        return dict(Reply.objects.filter(pk__in=target_ids).values_list("pk", "visibility"))

    def is_visible_to(self, target_id: UUID, viewer_id: UUID) -> bool:
        shown = selectors.visible_reviews(viewer_id).values("pk")
        return Reply.objects.filter(pk=target_id, visibility__in=SEEN_BY_ALL, review_id__in=shown).exists()

    def change_visibility(self, target_id: UUID, visibility: str, now: datetime) -> str:
        return actions.change_reply_visibility(reply_id=target_id, visibility=visibility, now=now)

    def evidence(self, target_ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
        return {}


class ModeratableQuestion:
    """A question about a product."""

    kind = "QUESTION"

    def subject(self, target_id: UUID) -> Subject | None:
        question = Question.objects.filter(pk=target_id).first()
        if question is None:
            return None
        return Subject(
            author_id=question.author_id,
            title="",
            body=question.body,
            picture_ids=(),
            url=f"/questions/{question.id}",
            visibility=question.visibility,
        )

    def visibilities(self, target_ids: Collection[UUID]) -> dict[UUID, str]:
        return dict(Question.objects.filter(pk__in=target_ids).values_list("pk", "visibility"))

    def is_visible_to(self, target_id: UUID, viewer_id: UUID) -> bool:
        return selectors.visible_questions(viewer_id).filter(pk=target_id).exists()

    def change_visibility(self, target_id: UUID, visibility: str, now: datetime) -> str:
        return actions.change_question_visibility(question_id=target_id, visibility=visibility, now=now)

    def evidence(self, target_ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
        return {}


class ModeratableAnswer:
    """An answer to a question about a product."""

    kind = "ANSWER"

    def subject(self, target_id: UUID) -> Subject | None:
        answer = Answer.objects.filter(pk=target_id).first()
        if answer is None:
            return None
        return Subject(
            author_id=answer.author_id,
            title="",
            body=answer.body,
            picture_ids=(),
            url=f"/questions/{answer.question_id}",
            visibility=answer.visibility,
        )

    def visibilities(self, target_ids: Collection[UUID]) -> dict[UUID, str]:
        return dict(Answer.objects.filter(pk__in=target_ids).values_list("pk", "visibility"))

    def is_visible_to(self, target_id: UUID, viewer_id: UUID) -> bool:
        return selectors.visible_answers(viewer_id).filter(pk=target_id).exists()

    def change_visibility(self, target_id: UUID, visibility: str, now: datetime) -> str:
        return actions.change_answer_visibility(answer_id=target_id, visibility=visibility, now=now)

    def evidence(self, target_ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
        return {}

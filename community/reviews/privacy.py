"""What reviews keep about one person, to hand out and to make nameless."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from community.reviews.actions import forget_person
from community.reviews.models import Answer, HelpfulVote, Question, Review, Reward, SolvedMark


class ReviewPrivacy:
    """Reviews, questions, answers, votes, and what was paid for them."""

    name = "reviews"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """Everything that the person wrote and marked."""
        reviews = Review.objects.filter(author_id=user_id).order_by("created_at")
        return {
            "reviews": list(
                reviews.values(
                    "product_id",
                    "stars",
                    "body",
                    "appended_body",
                    "fit",
                    "is_anonymous",
                    "visibility",
                    "created_at",
                    "video_id",
                )
            ),
            "questions": list(Question.objects.filter(author_id=user_id).values("product_id", "body", "created_at")),
            "answers": list(Answer.objects.filter(author_id=user_id).values("question_id", "body", "created_at")),
            "found_helpful": [
                str(each) for each in HelpfulVote.objects.filter(user_id=user_id).values_list("review_id", flat=True)
            ],
            "solved_by": [
                str(each) for each in SolvedMark.objects.filter(user_id=user_id).values_list("answer_id", flat=True)
            ],
            "rewards": list(Reward.objects.filter(user_id=user_id).values("cause", "points", "at", "taken_back_at")),
        }

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Take the name off; what others read about a product stays."""
        forget_person(user_id=user_id)

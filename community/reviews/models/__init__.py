"""The tables of reviews: what buyers say, what they ask, and what their words are read as."""

from community.reviews.models.questions import (
    Answer,
    AnswerVote,
    Question,
    QuestionInvite,
    QuestionTopic,
    SolvedMark,
)
from community.reviews.models.reading import Aspect, AspectWord, Evidence, EvidenceKind, Polarity, ReviewAspect
from community.reviews.models.reviews import (
    Fit,
    HelpfulVote,
    PicturePart,
    Reply,
    Review,
    ReviewEdit,
    ReviewPicture,
    Reward,
    RewardCause,
    Visibility,
)

__all__ = [
    "Answer",
    "AnswerVote",
    "Aspect",
    "AspectWord",
    "Evidence",
    "EvidenceKind",
    "Fit",
    "HelpfulVote",
    "PicturePart",
    "Polarity",
    "Question",
    "QuestionInvite",
    "QuestionTopic",
    "Reply",
    "Review",
    "ReviewAspect",
    "ReviewEdit",
    "ReviewPicture",
    "Reward",
    "RewardCause",
    "SolvedMark",
    "Visibility",
]

"""What can be read of reviews, and by whom."""

from community.reviews.selectors.clues import clues_against, evidence_of
from community.reviews.selectors.helping import Spared, helpful_answers, spared_cases
from community.reviews.selectors.honesty import ReviewRecord, review_record
from community.reviews.selectors.questions import (
    answers_of_questions,
    buyers_to_ask,
    has_received,
    question_for,
    questions_page,
    unanswered_page,
    visible_answers,
    visible_questions,
)
from community.reviews.selectors.reading import aspect_counts, aspects, falling_aspects, lexicon, words_page
from community.reviews.selectors.reviews import (
    Standing,
    counted,
    desk_page,
    lines_to_review,
    own_reviews_page,
    received_lines,
    replies_of,
    reviews_page,
    standing_of,
    visible_review,
    visible_reviews,
    written_since,
)

__all__ = [
    "ReviewRecord",
    "Spared",
    "Standing",
    "answers_of_questions",
    "aspect_counts",
    "aspects",
    "buyers_to_ask",
    "clues_against",
    "counted",
    "desk_page",
    "evidence_of",
    "falling_aspects",
    "has_received",
    "helpful_answers",
    "lexicon",
    "lines_to_review",
    "own_reviews_page",
    "question_for",
    "questions_page",
    "received_lines",
    "replies_of",
    "review_record",
    "reviews_page",
    "spared_cases",
    "standing_of",
    "unanswered_page",
    "visible_answers",
    "visible_questions",
    "visible_review",
    "visible_reviews",
    "words_page",
    "written_since",
]

"""Every write of reviews, questions and answers, one verb per file."""

from community.reviews.actions.answer_question import accept_answer, answer_question
from community.reviews.actions.answer_review import answer_review
from community.reviews.actions.ask_question import ask_question, invite_buyers
from community.reviews.actions.change_review import append_review, edit_review
from community.reviews.actions.change_visibility import (
    change_answer_visibility,
    change_question_visibility,
    change_reply_visibility,
    change_review_visibility,
    delete_answer,
    delete_question,
    delete_review,
)
from community.reviews.actions.find_helpful import (
    find_answer_helpful,
    find_review_helpful,
    forget_answer_helpful,
    forget_review_helpful,
)
from community.reviews.actions.forget_person import forget_person
from community.reviews.actions.keep_lexicon import save_aspect_word
from community.reviews.actions.mark_solved import mark_solved
from community.reviews.actions.settle_reward import settle_answer_reward, settle_review_reward
from community.reviews.actions.weigh_review import note_refund, sum_up_product, weigh_review
from community.reviews.actions.write_review import write_review

__all__ = [
    "accept_answer",
    "answer_question",
    "answer_review",
    "append_review",
    "ask_question",
    "change_answer_visibility",
    "change_question_visibility",
    "change_reply_visibility",
    "change_review_visibility",
    "delete_answer",
    "delete_question",
    "delete_review",
    "edit_review",
    "find_answer_helpful",
    "find_review_helpful",
    "forget_answer_helpful",
    "forget_person",
    "forget_review_helpful",
    "invite_buyers",
    "mark_solved",
    "note_refund",
    "save_aspect_word",
    "settle_answer_reward",
    "settle_review_reward",
    "sum_up_product",
    "weigh_review",
    "write_review",
]

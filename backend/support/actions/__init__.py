"""Every write to help, one thing a person would say aloud each."""

from backend.support.actions.answer_ticket import adopt_suggestion, answer_ticket
from backend.support.actions.ask_a_person import close_ticket, open_ticket, write_to_ticket
from backend.support.actions.erase import forget_person
from backend.support.actions.keep_articles import ArticleText, rate_article, save_article

__all__ = [
    "ArticleText",
    "adopt_suggestion",
    "answer_ticket",
    "close_ticket",
    "forget_person",
    "open_ticket",
    "rate_article",
    "save_article",
    "write_to_ticket",
]

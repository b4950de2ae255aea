"""Every write to help, one thing a person would say aloud each."""

from backend.support.actions.answer_ticket import adopt_suggestion, answer_ticket
from backend.support.actions.ask_a_person import close_ticket, open_ticket, rate_ticket, write_to_ticket
from backend.support.actions.erase import forget_person
from backend.support.actions.keep_articles import ArticleText, rate_article, save_article
from backend.support.actions.take_duty import go_off_duty, go_on_duty

__all__ = [
    "ArticleText",
    "adopt_suggestion",
    "answer_ticket",
    "close_ticket",
    "forget_person",
    "go_off_duty",
    "go_on_duty",
    "open_ticket",
    "rate_article",
    "rate_ticket",
    "save_article",
    "write_to_ticket",
]

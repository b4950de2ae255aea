"""Every write to surveys, one thing a person would say aloud each."""

from backend.surveys.actions.answer_survey import answer_survey, open_survey
from backend.surveys.actions.erase import forget_person
from backend.surveys.actions.offer_survey import offer_survey

__all__ = ["answer_survey", "forget_person", "offer_survey", "open_survey"]

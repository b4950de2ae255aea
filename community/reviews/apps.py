"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.aftersales.events import LinesRefunded
from backend.core.outbox import Event, subscribe
from backend.core.privacy import register
from backend.core.videos.events import VideoFinished
from backend.orders.events import OrderRefunded
from backend.search.ports import add_opinion
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
from community.reviews.notices import register_notices
from membership.ports import register_fact, register_point_cause

HEARD: tuple[tuple[type[Event], str], ...] = (
    (ReviewWritten, "weigh"),
    (ReviewWeighed, "sum_up"),
    (ReviewVisibilityChanged, "sum_up"),
    (ReviewRefunded, "sum_up"),
    (ReviewWeighed, "settle_review"),
    (ReviewVisibilityChanged, "settle_review"),
    (ReviewRefunded, "settle_review"),
    (ReviewWeighed, "tell_of_hold"),
    (ReviewWeighed, "note_review"),
    (VideoFinished, "tell_of_video"),
    (ReviewAnswered, "tell_of_reply"),
    (OrderRefunded, "follow_refund"),
    (LinesRefunded, "follow_refund"),
    (QuestionAsked, "ask_buyers"),
    (QuestionAnswered, "tell_of_answer"),
    (AnswerVisibilityChanged, "tell_of_released_answer"),
    (AnswerAccepted, "settle_answer"),
    (AnswerVisibilityChanged, "settle_answer"),
    (AnswerAccepted, "tell_of_acceptance"),
    (AnswerSolved, "settle_solved"),
    (AnswerSolved, "tell_of_solution"),
)


class ReviewsConfig(AppConfig):
    """What buyers say of what they bought."""

    name = "community.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Weigh what is written, keep ratings and rewards in line with it, tell the people concerned."""
        for event_type, handler in HEARD:
            subscribe(event_type, f"community.reviews.handlers.{handler}")
        register_point_cause("review_reward", "community.reviews.causes.ReviewPoints")
        register_point_cause("answer_reward", "community.reviews.causes.AnswerPoints")
        register_fact("REVIEW", _("Reviews of what was bought"), "/me/reviews")
        add_opinion("community.reviews.selectors.opinions.stars_given")
        register_notices()
        register(import_string("community.reviews.privacy.ReviewPrivacy")())

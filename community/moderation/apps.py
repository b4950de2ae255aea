"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from backend.core.auditing import register_audit
from backend.core.outbox import subscribe
from backend.messaging.kinds import register_kind
from community.moderation.events import CaseDecided, CaseMoved, ContentReported, DecisionReversed
from community.moderation.ports import register_moderatable
from community.reviews.events import QuestionAnswered, QuestionAsked, ReviewWeighed


class ModerationConfig(AppConfig):
    """Reports, cases, decisions with reasons, and undoing them."""

    name = "community.moderation"
    label = "moderation"

    def ready(self) -> None:
        """Know what can be reported, tell the people concerned, keep the queue of moderators live."""
        register_moderatable("POST", "community.moderation.adapters.ModeratablePost")
        register_moderatable("COMMENT", "community.moderation.adapters.ModeratableComment")
        for kind, name in (
            ("REVIEW", "ModeratableReview"),
            ("REVIEW_REPLY", "ModeratableReply"),
            ("QUESTION", "ModeratableQuestion"),
            ("ANSWER", "ModeratableAnswer"),
        ):
            register_moderatable(kind, f"community.moderation.review_adapters.{name}")
        subscribe(ReviewWeighed, "community.moderation.handlers.open_held_review")
        subscribe(QuestionAsked, "community.moderation.handlers.open_held_question")
        subscribe(QuestionAnswered, "community.moderation.handlers.open_held_answer")
        register_audit("moderation", "community.moderation.selectors.broken_audit_lines")
        subscribe(ContentReported, "community.moderation.handlers.tell_of_report")
        subscribe(CaseDecided, "community.moderation.handlers.tell_of_decision")
        subscribe(DecisionReversed, "community.moderation.handlers.tell_of_reversal")
        for event in (ContentReported, CaseDecided, DecisionReversed, CaseMoved):
            subscribe(event, "community.moderation.handlers.hint_queue")
        register_author_kinds()
        register_reporter_kinds()


def register_author_kinds() -> None:
    """What authors are told: what was done, under which policy, why, and how it can be looked at again."""
    register_kind(
        "moderation_hidden",
        title=_("What you wrote is hidden for now"),
        body=_("Several people reported it. A moderator looks at it soon and tells you what is decided, with reasons."),
    )
    register_kind(
        "moderation_allow",
        title=_("What you wrote stands"),
        body=_("It was reported and we looked at it. %(statement)s"),
    )
    register_kind(
        "moderation_released",
        title=_("What you wrote is shown now"),
        body=_("A person looked at it. %(statement)s"),
    )
    register_kind(
        "moderation_limit",
        title=_("What you wrote is no longer recommended"),
        body=_("Policy “%(policy)s”: %(statement)s Case %(case)s: write to customer service for another look."),
    )
    register_kind(
        "moderation_quarantine",
        title=_("What you wrote is hidden"),
        body=_("Policy “%(policy)s”: %(statement)s Case %(case)s: write to customer service for another look."),
    )
    register_kind(
        "moderation_remove",
        title=_("What you wrote was removed"),
        body=_("Policy “%(policy)s”: %(statement)s Case %(case)s: write to customer service for another look."),
    )
    register_kind(
        "moderation_reversed",
        title=_("We took a decision about you back"),
        body=_("%(statement)s What you wrote is as it was before. We are sorry."),
    )


def register_reporter_kinds() -> None:
    """What reporters are told: received, decided, taken back; never what happened to somebody else."""
    register_kind(
        "report_received",
        title=_("We have your report"),
        body=_("A moderator looks at it and tells you what is decided. The author does not learn who reported."),
    )
    register_kind(
        "report_upheld",
        title=_("What you reported breaks the rules"),
        body=_("We have acted on it. Thank you for telling us."),
    )
    register_kind(
        "report_not_upheld",
        title=_("What you reported stays up"),
        body=_("We looked at it and found no breach. You can block the person if you do not want to see them."),
    )
    register_kind(
        "report_reversed",
        title=_("A decision about your report was taken back"),
        body=_("Another look came to another result. You need not do anything."),
    )

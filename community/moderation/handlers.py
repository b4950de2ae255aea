"""Whom moderation tells when something happened."""

from uuid import UUID

from backend.core.realtime import publish
from backend.messaging.actions import notify
from community.forum.models import Visibility
from community.moderation import rules, selectors
from community.moderation.actions import open_case
from community.moderation.events import CaseDecided, CaseMoved, ContentReported, DecisionReversed
from community.moderation.models import Decision, DecisionAction, ReportCategory
from community.reviews.events import QuestionAnswered, QuestionAsked, ReviewWeighed

TOPIC = "moderation"


def tell_of_report(event: ContentReported) -> None:
    """Tell the reporter that the report arrived, and the author at once when reports have hidden the content."""
    url = _url(event.case_id)
    notify(
        user_id=event.reporter_id,
        kind="report_received",
        params={},
        url=url,
        dedupe_key=f"report:{event.report_id}",
        now=event.at,
    )
    if event.is_hidden:
        notify(
            user_id=event.author_id,
            kind="moderation_hidden",
            params={},
            url=url,
            dedupe_key=f"case:{event.case_id}:hidden",
            now=event.at,
        )


def tell_of_decision(event: CaseDecided) -> None:
    """Tell the author what was done, why and how it can be looked at again; tell reporters whether it was a breach.

    An author whose content was never hidden and stays up learns nothing: nothing happened to them.
    """
    decision = selectors.decision_by_id(event.decision_id)
    if decision.action in rules.RESTRICTIVE or decision.effects:
        _tell_author(decision, kind=_kind_of(decision))
    kind = "report_upheld" if decision.action in rules.RESTRICTIVE else "report_not_upheld"
    _tell_reporters(decision, kind=kind)


def tell_of_reversal(event: DecisionReversed) -> None:
    """Tell the author and the reporters that a decision was taken back.

    An author who was in the right so far is told only when the content is hidden once more.
    """
    decision = selectors.decision_by_id(event.decision_id)
    if selectors.decision_by_id(event.reversed_id).action != DecisionAction.ALLOW:
        _tell_author(decision, kind="moderation_reversed")
    elif decision.effects:
        _tell_author(decision, kind="moderation_hidden")
    _tell_reporters(decision, kind="report_reversed")


def hint_queue(event: ContentReported | CaseDecided | DecisionReversed | CaseMoved) -> None:
    """Tell the moderators who are looking that the queue has changed."""
    publish(TOPIC, {"open": selectors.open_count(event.at), "case_id": str(event.case_id)})


def open_held_review(event: ReviewWeighed) -> None:
    """Put a review before a moderator against which enough speaks."""
    if event.is_held:
        open_case(kind="REVIEW", target_id=event.review_id, category=ReportCategory.SPAM, now=event.at)


def open_held_question(event: QuestionAsked) -> None:
    """Put a question before a moderator that leads away."""
    if event.is_held:
        open_case(kind="QUESTION", target_id=event.question_id, category=ReportCategory.OFF_PLATFORM, now=event.at)


def open_held_answer(event: QuestionAnswered) -> None:
    """Put an answer before a moderator that leads away."""
    if event.is_held:
        open_case(kind="ANSWER", target_id=event.answer_id, category=ReportCategory.OFF_PLATFORM, now=event.at)


def _kind_of(decision: Decision) -> str:
    """What the author is told; what only waited was reported by nobody."""
    waited = any(effect["from"] == Visibility.PENDING for effect in decision.effects)
    if decision.action == DecisionAction.ALLOW and waited:
        return "moderation_released"
    return f"moderation_{decision.action.lower()}"


def _tell_author(decision: Decision, *, kind: str) -> None:
    notify(
        user_id=decision.case.author_id,
        kind=kind,
        params={"policy": decision.policy.titles, "statement": decision.statement, "case": str(decision.case)},
        url=_url(decision.case_id),
        dedupe_key=f"decision:{decision.id}",
        now=decision.at,
    )


def _tell_reporters(decision: Decision, *, kind: str) -> None:
    for reporter_id in selectors.reporters_of(decision.case_id):
        notify(
            user_id=reporter_id,
            kind=kind,
            params={},
            url=_url(decision.case_id),
            dedupe_key=f"decision:{decision.id}",
            now=decision.at,
        )


def _url(case_id: UUID) -> str:
    return selectors.latest_snapshots([case_id])[case_id].url

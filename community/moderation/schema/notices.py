"""What authors read about a restriction of their own content, for a whole page at once."""

from typing import Any
from uuid import UUID

from backend.core.graphql import translate
from community.forum.models import Visibility
from community.forum.schema.types import SEEN_COMMENTS, SEEN_POSTS
from community.moderation import selectors, wording
from community.moderation.models import Case, Decision, DecisionAction
from community.reviews.schema.loaders import SEEN as SEEN_REVIEWS

SEEN: dict[str, Any] = {
    "POST": SEEN_POSTS,
    "COMMENT": SEEN_COMMENTS,
    "REVIEW": (SEEN_REVIEWS, "review"),
    "QUESTION": (SEEN_REVIEWS, "question"),
    "ANSWER": (SEEN_REVIEWS, "answer"),
}
NOTICES = "moderation.notices"
TOLD = (Visibility.LIMITED, Visibility.QUARANTINED, Visibility.REMOVED)


def notice_of(info: Any, *, kind: str, content: Any) -> dict[str, Any] | None:
    """Tell the author why a content is restricted; nobody else, and nothing about what stands."""
    if not _is_told(info, content):
        return None
    known: dict[UUID, dict[str, Any] | None] = info.context.loaders.setdefault((NOTICES, kind), {})
    if content.id not in known:
        seen = {**info.context.loaders.get(SEEN[kind], {}), content.id: content}
        known.update(_notices(info, kind=kind, ids={each.id for each in seen.values() if _is_told(info, each)}))
    return known[content.id]


def _is_told(info: Any, content: Any) -> bool:
    return content.author_id == info.context.viewer.user_id and content.visibility in TOLD


def _notices(info: Any, *, kind: str, ids: set[UUID]) -> dict[UUID, dict[str, Any] | None]:
    locale = info.context.viewer.locale
    hidden = selectors.hidden_until_decided(kind=kind, target_ids=ids)
    decided = selectors.standing_restrictions(kind=kind, target_ids=ids)
    notices: dict[UUID, dict[str, Any] | None] = dict.fromkeys(ids)
    notices |= {target_id: _of_decision(decision, locale) for target_id, decision in decided.items()}
    return notices | {target_id: _of_reports(case) for target_id, case in hidden.items()}


def _of_decision(decision: Decision, locale: str) -> dict[str, Any]:
    return {
        "action": decision.action,
        "action_label": wording.action_label(decision),
        "policy": translate(decision.policy.titles, locale),
        "statement": decision.statement,
        "decided_at": decision.at,
        "how_to_appeal": wording.how_to_appeal(decision.case),
    }


def _of_reports(case: Case) -> dict[str, Any]:
    return {
        "action": DecisionAction.QUARANTINE.value,
        "action_label": str(Visibility.QUARANTINED.label),
        "policy": "",
        "statement": wording.why_hidden(),
        "decided_at": case.opened_at,
        "how_to_appeal": wording.what_comes_next(case),
    }

"""How cases are ordered, when reports hide by themselves, and what each action does."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from community.forum.models import Visibility
from community.moderation.models import CaseState, DecisionAction, ReportCategory, Severity

LEASE = timedelta(minutes=5)
REPORTS_PER_DAY = 20
SHORTEST_STATEMENT = 10
WEIGHT_OF_STRANGER_BPS = 10_000
WEIGHT_OF_BUYER_BPS = 20_000
HIDES_AT_BPS = 60_000
HIDES_WITH_REPORTERS = 3
STRIKE_HALF_LIFE_DAYS = 90

SEVERITY_OF: Mapping[str, Severity] = {
    ReportCategory.OFF_PLATFORM: Severity.MEDIUM,
    ReportCategory.FALSE_CLAIM: Severity.MEDIUM,
    ReportCategory.SPAM: Severity.MINOR,
    ReportCategory.ABUSE: Severity.MEDIUM,
    ReportCategory.UNLAWFUL: Severity.SEVERE,
    ReportCategory.PRIVACY: Severity.SEVERE,
    ReportCategory.OTHER: Severity.MINOR,
}
SEVERITY_RANK: Mapping[str, int] = {Severity.MINOR: 1, Severity.MEDIUM: 2, Severity.SEVERE: 3}
ANSWER_WITHIN: Mapping[str, timedelta] = {
    Severity.MINOR: timedelta(hours=24),
    Severity.MEDIUM: timedelta(hours=8),
    Severity.SEVERE: timedelta(hours=1),
}
STRIKES: Mapping[str, int] = {Severity.MINOR: 1, Severity.MEDIUM: 3, Severity.SEVERE: 6}
VISIBILITY_AFTER: Mapping[str, str] = {
    DecisionAction.ALLOW: Visibility.PUBLIC,
    DecisionAction.LIMIT: Visibility.LIMITED,
    DecisionAction.QUARANTINE: Visibility.QUARANTINED,
    DecisionAction.REMOVE: Visibility.REMOVED,
}
RESTRICTIVE = (DecisionAction.LIMIT, DecisionAction.QUARANTINE, DecisionAction.REMOVE)


def claimable_states(*, is_senior: bool) -> list[CaseState]:
    """The states from which a moderator may claim; what was handed up is for seniors."""
    return [CaseState.OPEN, CaseState.SNOOZED, *([CaseState.ESCALATED] if is_senior else [])]


def may_reverse(*, decided_by_id: UUID, moderator_id: UUID, is_senior: bool) -> bool:
    """Say whether a moderator may take a decision back: one's own always, that of others as a senior."""
    return is_senior or decided_by_id == moderator_id


def worst(categories: Iterable[str]) -> Severity:
    """The heaviest of what was reported."""
    return max((SEVERITY_OF[category] for category in categories), key=lambda each: SEVERITY_RANK[each])


def priority(*, severity: str, weight_bps: int) -> int:
    """Order of the queue, 0 to 99: severity first, then the weight of the reporters."""
    return min(99, 25 * SEVERITY_RANK[severity] + min(24, weight_bps // 5_000))


def hides_by_itself(*, severity: str, weight_bps: int, reporters_count: int) -> bool:
    """Say whether reports alone hide a content until a person has looked."""
    if severity == Severity.SEVERE:
        return weight_bps >= WEIGHT_OF_BUYER_BPS
    return weight_bps >= HIDES_AT_BPS and reporters_count >= HIDES_WITH_REPORTERS


def strike_score(strikes: Iterable[tuple[str, datetime]], *, now: datetime) -> float:
    """What past breaches still weigh; each is worth half after ninety days. For people to read, not for sums."""
    return sum(
        STRIKES[severity] * 2 ** (-(now - at).total_seconds() / 86_400 / STRIKE_HALF_LIFE_DAYS)
        for severity, at in strikes
    )


def fingerprint(*, title: str, body: str, picture_ids: Iterable[object]) -> str:
    """The digest of a content; any edit makes another one."""
    return hashlib.sha256("\n".join([title, body, *map(str, picture_ids)]).encode()).hexdigest()


def audit_line(
    *, at: datetime, actor_id: UUID | None, action: str, case_id: UUID, details: Mapping[str, Any]
) -> dict[str, Any]:
    """What a line of the log says, in the one form that is digested."""
    return {
        "at": at.astimezone(UTC).isoformat(),
        "actor": str(actor_id) if actor_id else None,
        "action": action,
        "case": str(case_id),
        "details": details,
    }


def digest_of(previous: str, line: Mapping[str, Any]) -> str:
    """The digest that chains a line of the log to the one before."""
    text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()

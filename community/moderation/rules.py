"""How cases are ordered, when reports hide by themselves, and what each action does."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from community.forum.models import Visibility
from community.moderation.models import DecisionAction, ReportCategory, Severity

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


def digest_of(previous: str, line: Mapping[str, Any]) -> str:
    """The digest that chains a line of the log to the one before."""
    text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()

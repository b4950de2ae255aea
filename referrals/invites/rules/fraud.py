"""What speaks against a reward: findings, their weights, and what follows. No database, no clock.

Many honest people share an address or a network, so these weigh little. A score holds a reward for a person to look;
nobody is refused without being told why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.promotions.errors import Problem
from referrals.invites.models import RewardState

SHARED = ("phone", "email", "payer", "device", "address", "network")
WEIGHTS = (*(f"same_{kind}" for kind in SHARED), "ring", "ring_most", "burst", "hasty", "refund", "returned")
BURST_FROM = 6
HASTY_BELOW = timedelta(minutes=2)
MOST_SCORE = 1_000
MOST_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFacts:
    """What an inviter and an invitee have in common, how fast it went, and what came back since."""

    shared: Sequence[str] = ()
    siblings: int = 0
    bound_within_a_day: int = 0
    seconds_to_order: int | None = None
    refunded_percent: int = 0
    returns: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks against a reward: which, how heavy, how many."""

    rule: str
    points: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which score on a person looks, and from which it is refused."""

    hold_from: int
    reject_from: int


def findings(facts: PairFacts, *, weights: Mapping[str, int]) -> list[Finding]:
    """Everything that speaks against a reward, the heaviest first."""
    found = [Finding(f"same_{kind}", int(weights.get(f"same_{kind}", 0)), 1) for kind in facts.shared]
    if facts.siblings:
        points = min(facts.siblings * int(weights.get("ring", 0)), int(weights.get("ring_most", 0)))
        found.append(Finding("ring", points, facts.siblings))
    if facts.bound_within_a_day >= BURST_FROM:
        found.append(Finding("burst", int(weights.get("burst", 0)), facts.bound_within_a_day))
    if facts.seconds_to_order is not None and facts.seconds_to_order < HASTY_BELOW.total_seconds():
        found.append(Finding("hasty", int(weights.get("hasty", 0)), facts.seconds_to_order))
    if facts.refunded_percent:
        found.append(Finding("refund", int(weights.get("refund", 0)), facts.refunded_percent))
    if facts.returns:
        found.append(Finding("returned", int(weights.get("returned", 0)), facts.returns))
    return sorted((each for each in found if each.points), key=lambda each: (-each.points, each.rule))


def score_of(found: Sequence[Finding]) -> int:
    """How much speaks against it altogether."""
    return sum(each.points for each in found)


def weigh_again(evidence: Sequence[Mapping[str, Any]], *, weights: Mapping[str, int]) -> int:
    """The score of stored findings under other weights."""
    total = 0
    for each in evidence:
        weight = int(weights.get(each["rule"], 0))
        total += min(weight * each["seen"], int(weights.get("ring_most", 0))) if each["rule"] == "ring" else weight
    return total


def verdict(score: int, *, thresholds: Thresholds) -> RewardState:
    """What becomes of a reward with this score, when it is made or while it is under review."""
    if score >= thresholds.reject_from:
        return RewardState.REJECTED
    return RewardState.HELD if score >= thresholds.hold_from else RewardState.PENDING


def may_follow(state: str, *, is_with_a_person: bool) -> bool:
    """Whether a new score may move a reward: only one under review about which no person was heard or decided."""
    return state == RewardState.HELD and not is_with_a_person


def is_weighed_again(state: str, *, is_with_a_person: bool) -> bool:
    """Whether new signs are still noted: under review, and after a person let it pass, so that the desk sees them."""
    return state == RewardState.HELD or (state == RewardState.PENDING and is_with_a_person)


def as_evidence(found: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings as they are stored."""
    return [asdict(each) for each in found]


def rule_problems(
    *, weights: Mapping[str, Any], hold_from: int, reject_from: int, release_below: int, review_days: int
) -> list[Problem]:
    """Say what is wrong with a fraud rule."""
    problems = []
    if set(weights) != set(WEIGHTS) or not all(
        type(each) is int and 0 <= each <= MOST_SCORE for each in weights.values()
    ):
        problems.append(Problem("error", _("Give every finding a weight from 0 to 1,000."), "weights"))
    if not 1 <= hold_from <= MOST_SCORE:
        problems.append(Problem("error", _("A person must look from a score between 1 and 1,000."), "holdFrom"))
    if not hold_from < reject_from <= MOST_SCORE:
        problems.append(Problem("error", _("Refusing must begin above holding. Enter a higher score."), "rejectFrom"))
    if not 0 <= release_below <= reject_from:
        problems.append(Problem("error", _("Releasing by time must end below refusing."), "releaseBelow"))
    if not 1 <= review_days <= MOST_DAYS:
        problems.append(Problem("error", _("Give the desk between 1 and 30 days."), "reviewDays"))
    return problems

"""What makes a payment look unusual. No database, no clock; each finding says what it saw.

One finding alone rarely stops anybody. Many people share an address (a dormitory, a mobile network), so that counts
little. The highest answer a program may give is "a person looks at it"; only a person refuses.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

CONFIRM_FROM = 40
REVIEW_FROM = 80
TRUSTED_FOR = timedelta(hours=24)
KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFacts:
    """What happened lately around one payment."""

    amount_minor: int
    paid_minor: Sequence[int] = ()
    buyers_on_device: int = 0
    buyers_at_address: int = 0
    payers_of_buyer: int = 0
    failures: int = 0
    refunds_at_once: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that looks unusual: which rule, how heavy, what was seen and what would have been usual."""

    rule: str
    points: int
    seen: int
    usual: int


# Rule, what is counted, and the steps: from so many on, so many points.
COUNTED: Sequence[tuple[str, str, Sequence[tuple[int, int]]]] = (
    ("many_accounts_on_device", "buyers_on_device", ((8, 80), (4, 40))),
    ("many_accounts_at_address", "buyers_at_address", ((10, 20),)),
    ("many_payers", "payers_of_buyer", ((6, 80), (4, 50))),
    ("many_failures", "failures", ((10, 80), (5, 50))),
    ("refunds_at_once", "refunds_at_once", ((6, 60), (3, 30))),
)
HABIT_NEEDS = 3
HABIT_TIMES = 10
HABIT_FROM_MINOR = 50_000
FIRST_ORDER_FROM_MINOR = 300_000


def findings(facts: RiskFacts) -> tuple[Finding, ...]:
    """Everything that looks unusual, the heaviest first."""
    found = []
    for rule, counted, steps in COUNTED:
        seen = getattr(facts, counted)
        if step := next(((limit, points) for limit, points in steps if seen >= limit), None):
            found.append(Finding(rule, step[1], seen, steps[-1][0] - 1))
    if habit := _habit(facts):
        found.append(habit)
    return tuple(sorted(found, key=lambda each: (-each.points, each.rule)))


def score_of(found: Iterable[Finding]) -> int:
    """How unusual it is altogether."""
    return sum(each.points for each in found)


def _habit(facts: RiskFacts) -> Finding | None:
    if len(facts.paid_minor) < HABIT_NEEDS:
        is_large = facts.amount_minor >= FIRST_ORDER_FROM_MINOR
        return Finding("large_first_order", 20, facts.amount_minor, FIRST_ORDER_FROM_MINOR) if is_large else None
    usual = int(median(facts.paid_minor))
    is_far_above = facts.amount_minor >= max(usual * HABIT_TIMES, HABIT_FROM_MINOR)
    return Finding("far_above_habit", 40, facts.amount_minor, usual) if is_far_above else None


def digest_of(value: str, *, secret: str, at: datetime) -> str:
    """A device, address or payer as it may be kept: under a pepper of its month, useless without the secret."""
    if not value:
        return ""
    pepper = hmac.new(secret.encode(), f"risk:{at:%Y-%m}".encode(), hashlib.sha256).digest()
    return hmac.new(pepper, value.encode(), hashlib.sha256).hexdigest()


def digests_of(value: str, *, secret: str, now: datetime) -> list[str]:
    """The digests of this month and the one before, so that a look back crosses the change of the pepper."""
    if not value:
        return []
    return [digest_of(value, secret=secret, at=at) for at in (now, now.replace(day=1) - timedelta(days=1))]


# The rate of failure: the share of payments, not of tries, that were tried in the window and not paid.
WINDOW = timedelta(hours=1)
FAILURE_LIMIT_BPS = 300
FEWEST_PAYMENTS = 20


def failure_bps(*, tried: int, failed: int) -> int:
    """The share of failed payments in basis points; with few payments a share says nothing and is none."""
    return failed * 10_000 // tried if tried >= FEWEST_PAYMENTS else 0

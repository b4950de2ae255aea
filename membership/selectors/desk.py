# ruff: noqa: S608 - only statements written here are put together; what comes from outside is a parameter.
"""What the growth console asks: what points will cost, and what a change of a rule would do."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from backend.core.clock import BUSINESS_ZONE
from membership import rules
from membership.models import PointDebt, PointGrant, TierPolicy
from membership.selectors.points import earning_rule, spending_rule
from membership.selectors.tiers import policy_at, steps_of

MONTH = timedelta(days=30)
SHOWN = 50

_LIABILITY = """
SELECT date_trunc('month', (expires_at - interval '1 microsecond') AT TIME ZONE %(zone)s)::date,
       sum(remaining), count(DISTINCT user_id)
FROM membership_pointlot WHERE state = 'ACTIVE' AND expires_at > %(now)s AND remaining > 0
GROUP BY 1 ORDER BY 1
"""
# Where everybody stands who ever kept something or has a level, and where the steps of a draft would put them.
# Levels that are held are never taken away within their term, so a fall is what the next review would bring.
_BACK_TEST = """
WITH draft AS (
    SELECT * FROM unnest(%(places)s::int[], %(amounts)s::bigint[], %(orders)s::int[])
        AS step(position, amount_minor, orders_count)
), sums AS (
    SELECT user_id, sum(amount_minor) AS kept, count(*) AS orders FROM membership_countedspending
    WHERE state = 'KEPT' AND amount_minor > 0 AND confirmed_at > %(since)s GROUP BY user_id
), people AS (
    SELECT coalesce(member.user_id, sums.user_id) AS user_id, coalesce(tier.position, 0) AS held,
        member.valid_until, coalesce(sums.kept, 0) AS kept, coalesce(sums.orders, 0) AS orders
    FROM membership_member member
    JOIN membership_tier tier ON tier.key = member.tier_id
    FULL JOIN sums ON sums.user_id = member.user_id
), judged AS (
    SELECT people.*, (SELECT max(draft.position) FROM draft
        WHERE draft.amount_minor <= people.kept AND draft.orders_count <= people.orders) AS reached
    FROM people
)
"""
_COUNTS = (
    _BACK_TEST
    + """
SELECT count(*) FILTER (WHERE reached > held), count(*) FILTER (WHERE reached < held AND %(falls)s), count(*)
FROM judged
"""
)
_WHO = (
    _BACK_TEST
    + """
SELECT user_id, held, reached, kept, orders, valid_until FROM judged
WHERE (reached > held AND %(up)s) OR (reached < held AND NOT %(up)s)
ORDER BY abs(reached - held) DESC, kept DESC, user_id LIMIT %(most)s
"""
)
# Points of the last month with the multiplier that each buyer would have had, less those that they had.
_COST = (
    _BACK_TEST
    + """
SELECT coalesce(sum(month.amount * (new.bps - old.bps)), 0)
FROM judged
JOIN (SELECT user_id, sum(amount_minor) AS amount FROM membership_countedspending
      WHERE confirmed_at > %(month)s AND state <> 'REVERSED' GROUP BY user_id) month ON month.user_id = judged.user_id
JOIN unnest(%(places)s::int[], %(multipliers)s::int[]) AS new(position, bps)
  ON new.position = greatest(judged.reached, judged.held)
JOIN unnest(%(old_places)s::int[], %(old_multipliers)s::int[]) AS old(position, bps) ON old.position = judged.held
"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDraft:
    """What a level would ask and give."""

    tier: str
    position: int
    amount_minor: int
    orders_count: int
    multiplier_bps: int
    member_off_bps: int
    free_shipping_per_month: int
    birthday_points: int
    extra_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDraft:
    """All levels as somebody wants them."""

    steps: tuple[StepDraft, ...]
    window_days: int
    lasts_days: int
    grace_days: int
    falling: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who would stand elsewhere."""

    user_id: UUID
    held: int
    reached: int
    kept_minor: int
    orders: int
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class BackTest:
    """What a draft would do to the people of today."""

    up_count: int
    down_count: int
    people_count: int
    points_per_month: int
    minor_per_month: int
    fingerprint: str
    up: Sequence[Moved]
    down: Sequence[Moved]


@dataclass(frozen=True, slots=True)
class LiabilityMonth:
    """Points that lapse in a month if nobody uses them."""

    month: Any
    points: int
    minor: int
    people: int


def liability(*, now: datetime) -> list[LiabilityMonth]:
    """What is usable now, by the month in which it lapses, in points and in money."""
    rate = spending_rule(now).points_per_yuan
    with connection.cursor() as cursor:
        cursor.execute(_LIABILITY, {"zone": str(BUSINESS_ZONE), "now": now})
        return [
            LiabilityMonth(month, int(points), rules.money_worth(int(points), points_per_yuan=rate).minor, people)
            for month, points, people in cursor.fetchall()
        ]


def pending_points() -> int:
    """Points that are promised and not usable yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(remaining), 0) FROM membership_pointlot WHERE state = 'PENDING'")
        return int(cursor.fetchone()[0])


def back_test(draft: PolicyDraft, *, now: datetime) -> BackTest:
    """Say what a draft of the levels would do: who rises at once, who would fall at the next review, what it costs."""
    values = _values(draft, now=now)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        up_count, down_count, people = cursor.fetchone()
        cursor.execute(_COST, values)
        weighted = int(cursor.fetchone()[0])
        cursor.execute(_WHO, {**values, "up": True})
        up = [Moved(*row) for row in cursor.fetchall()]
        cursor.execute(_WHO, {**values, "up": False})
        down = [Moved(*row) for row in cursor.fetchall()] if values["falls"] else []
    points = weighted * earning_rule(now).points_per_yuan // (rules.FEN_PER_YUAN * rules.ONCE)
    rate = spending_rule(now).points_per_yuan
    return BackTest(
        up_count=up_count,
        down_count=down_count,
        people_count=people,
        points_per_month=points,
        minor_per_month=points * rules.FEN_PER_YUAN // rate,
        fingerprint=fingerprint(draft, up=up_count, down=down_count),
        up=up,
        down=down,
    )


def fingerprint(draft: PolicyDraft, *, up: int, down: int) -> str:
    """A name for a draft together with what it would do."""
    text = json.dumps([asdict(draft), up, down], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _values(draft: PolicyDraft, *, now: datetime) -> dict[str, Any]:
    old = steps_of(policy_at(now))
    return {
        "places": [step.position for step in draft.steps],
        "amounts": [step.amount_minor for step in draft.steps],
        "orders": [step.orders_count for step in draft.steps],
        "multipliers": [step.multiplier_bps for step in draft.steps],
        "old_places": [step.position for step in old],
        "old_multipliers": [step.multiplier_bps for step in old],
        "since": now - timedelta(days=draft.window_days),
        "month": now - MONTH,
        "falls": draft.falling != "NONE",
        "most": SHOWN,
    }


def points_of_month(*, now: datetime, points_per_yuan: int) -> tuple[int, int]:
    """What orders of the last thirty days earned by the rule, and what they would earn by another rate."""
    statement = (
        "SELECT coalesce(sum(floor((facts->>'goods_minor')::numeric * %(rate)s * (facts->>'multiplier_bps')::numeric"
        " / 1000000)), 0), coalesce(sum(earned), 0) FROM membership_pointlot WHERE cause = 'order'"
        " AND created_at > %(since)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"rate": points_per_yuan, "since": now - MONTH})
        would, did = cursor.fetchone()
    return int(did), int(would)


def open_grants() -> list[PointGrant]:
    """Grants of staff, those that wait for a second person first, then the newest."""
    return list(PointGrant.objects.select_related("user").order_by("state", "-asked_at", "-pk")[:50])


def open_debtors() -> list[PointDebt]:
    """What people still owe, the newest first."""
    open_debts = PointDebt.objects.filter(amount__gt=F("repaid") + F("forgiven")).select_related("user", "lot")
    return list(open_debts.order_by("-created_at", "-pk")[:50])


def policies() -> list[TierPolicy]:
    """Every version of the levels, newest first."""
    return list(TierPolicy.objects.order_by("-version")[:50])

# ruff: noqa: S608 - only statements written here are put together; what comes from outside is a parameter.
"""Levels move: up at once, down only at the end of a term. Many members are decided about in a few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction

from backend.core.ids import new_id
from backend.core.outbox import emit, emit_many
from membership import selectors
from membership.actions.hold_wallets import hold_wallets
from membership.actions.note_deed import note_deed
from membership.events import TierFell, TierReached
from membership.models import Falling, MoveReason, TierPolicy

_TIERS = UUID("0192f3a0-0000-7000-8000-0000000c11b0")
# What every person kept within the window, and the highest step whose amount and number of orders that reaches.
_REACHED = """
WITH sums AS (
    SELECT user_id, sum(amount_minor)::bigint AS kept, count(*)::int AS orders
    FROM membership_countedspending
    WHERE state = 'KEPT' AND amount_minor > 0 AND confirmed_at > %(since)s {whose}
    GROUP BY user_id
), reached AS (
    SELECT sums.*, (SELECT max(step.position) FROM membership_tierstep step WHERE step.policy_id = %(policy)s
        AND step.amount_minor <= sums.kept AND step.orders_count <= sums.orders) AS position
    FROM sums
)
"""
_RISING = (
    _REACHED
    + """
SELECT reached.user_id, reached.kept, reached.orders, reached.position
FROM reached LEFT JOIN membership_member member ON member.user_id = reached.user_id
LEFT JOIN membership_tier tier ON tier.key = member.tier_id
WHERE reached.position > coalesce(tier.position, 0) ORDER BY reached.user_id LIMIT %(most)s
"""
)
_BEGIN = """
INSERT INTO membership_member (user_id, tier_id, since, is_soft_landing)
SELECT person, %(lowest)s, %(now)s, false FROM unnest(%(people)s::uuid[]) AS person ON CONFLICT (user_id) DO NOTHING
"""
_RAISE = """
UPDATE membership_member member
SET tier_id = risen.key, since = %(now)s, valid_until = %(until)s, is_soft_landing = false
FROM (
    SELECT held.user_id, held.tier_id AS from_key, wanted.key
    FROM membership_member held
    JOIN unnest(%(people)s::uuid[], %(places)s::int[]) AS aim(user_id, position) ON aim.user_id = held.user_id
    JOIN membership_tier wanted ON wanted.position = aim.position
    JOIN membership_tier now_on ON now_on.key = held.tier_id
    WHERE now_on.position < wanted.position
    ORDER BY held.user_id FOR NO KEY UPDATE OF held
) risen
WHERE member.user_id = risen.user_id AND member.tier_id = risen.from_key
RETURNING member.user_id, risen.from_key, risen.key
"""
# Members at the end of their term, with what they kept; those that somebody else holds are passed over.
_DUE = """
SELECT member.user_id FROM membership_member member
WHERE member.valid_until <= %(due)s ORDER BY member.user_id LIMIT %(most)s FOR NO KEY UPDATE SKIP LOCKED
"""
_LAND = (
    _REACHED
    + """
, judged AS (
    SELECT member.user_id, member.tier_id AS from_key, tier.position AS held,
        coalesce(reached.position, 0) AS reached, coalesce(reached.kept, 0) AS kept,
        coalesce(reached.orders, 0) AS orders
    FROM membership_member member JOIN membership_tier tier ON tier.key = member.tier_id
    LEFT JOIN reached ON reached.user_id = member.user_id
    WHERE member.user_id = ANY(%(people)s)
), landed AS (
    SELECT judged.*, CASE
        WHEN reached >= held OR %(falling)s = 'NONE' THEN greatest(held, reached)
        WHEN %(falling)s = 'ONE_DOWN' THEN greatest(reached, held - 1)
        ELSE reached END AS place
    FROM judged
)
UPDATE membership_member member SET
    tier_id = tier.key,
    since = CASE WHEN tier.key = landed.from_key THEN member.since ELSE %(now)s END,
    valid_until = CASE WHEN landed.place = 0 THEN NULL ELSE %(until)s END,
    is_soft_landing = landed.place > landed.reached
FROM landed JOIN membership_tier tier ON tier.position = landed.place
WHERE member.user_id = landed.user_id
RETURNING member.user_id, landed.from_key, tier.key, landed.kept, landed.orders
"""
)
# A decision is written for everybody, in one statement.
_NOTE = """
INSERT INTO membership_tiermove
    (id, user_id, from_tier_id, to_tier_id, reason, policy_id, kept_minor, orders_count, counted_from, at)
SELECT move.id, move.user_id, move.from_key, move.to_key, move.reason, %(policy)s, move.kept, move.orders,
    %(since)s, %(now)s
FROM unnest(%(ids)s::uuid[], %(users)s::uuid[], %(froms)s::text[], %(tos)s::text[], %(reasons)s::text[],
    %(kept)s::bigint[], %(orders)s::int[]) AS move(id, user_id, from_key, to_key, reason, kept, orders)
"""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about one member."""

    user_id: UUID
    from_key: str
    to_key: str
    kept: int
    orders: int


@transaction.atomic
def raise_members(*, now: datetime, user_ids: Sequence[UUID] | None = None, most: int = 500) -> int:
    """Put members on the level that their kept spending reaches, if it is higher; say how many rose.

    Without `user_ids` everybody is looked at, so that a policy with lower steps reaches those who fulfil it already.

    Emits: TierReached, PointsPromised, PointsVested, TaskDone, BadgeEarned.
    """
    if user_ids is not None and not user_ids:
        return 0
    policy = selectors.policy_at(now)
    values = _window(policy, now=now) | {"people": list(user_ids or []), "most": most}
    whose = "AND user_id = ANY(%(people)s)" if user_ids is not None else ""
    aims = {row[0]: row for row in _rows(_RISING.format(whose=whose), values)}
    if not aims:
        return 0
    hold_wallets(aims)
    until = now + timedelta(days=policy.lasts_days)
    values |= {"people": sorted(aims), "lowest": selectors.tiers()[0].key, "until": until}
    values["places"] = [aims[user_id][3] for user_id in values["people"]]
    _run(_BEGIN, values)
    risen = [Decided(who, low, high, *aims[who][1:3]) for who, low, high in _rows(_RAISE, values)]
    _note(risen, dict.fromkeys(aims, MoveReason.REACHED), policy=policy, now=now)
    ladder = selectors.tiers()
    for each in sorted(risen, key=lambda decided: decided.user_id):
        emit(TierReached(user_id=each.user_id, tier=each.to_key, at=now))
        for tier in ladder[1 : [tier.key for tier in ladder].index(each.to_key) + 1]:
            note_deed(user_id=each.user_id, fact="TIER", source_id=uuid5(_TIERS, tier.key), now=now)
    return len(risen)


@transaction.atomic
def review_members(*, now: datetime, most: int = 5_000) -> int:
    """Decide about members whose term and grace are over: another term, or down as the policy says; say how many.

    Emits: TierFell.
    """
    policy = selectors.policy_at(now)
    due = now - timedelta(days=policy.grace_days)
    people = [row[0] for row in _rows(_DUE, {"due": due, "most": most})]
    if not people:
        return 0
    values = _window(policy, now=now) | {
        "people": people,
        "falling": Falling(policy.falling).value,
        "until": now + timedelta(days=policy.lasts_days),
    }
    decided = [Decided(*row) for row in _rows(_LAND.format(whose="AND user_id = ANY(%(people)s)"), values)]
    places = {tier.key: tier.position for tier in selectors.tiers()}
    _note(decided, {each.user_id: _reason(each, places) for each in decided}, policy=policy, now=now)
    fallen = [each for each in decided if places[each.to_key] < places[each.from_key]]
    emit_many([TierFell(user_id=each.user_id, tier=each.to_key, at=now) for each in fallen])
    return len(decided)


def _reason(decided: Decided, places: Mapping[str, int]) -> MoveReason:
    held, landed = places[decided.from_key], places[decided.to_key]
    if landed > held:
        return MoveReason.REACHED
    return MoveReason.RENEWED if landed == held else MoveReason.FELL


def _note(decided: Sequence[Decided], reasons: Mapping[UUID, MoveReason], *, policy: TierPolicy, now: datetime) -> None:
    values = _window(policy, now=now) | {
        "ids": [new_id() for _ in decided],
        "users": [each.user_id for each in decided],
        "froms": [each.from_key for each in decided],
        "tos": [each.to_key for each in decided],
        "reasons": [reasons[each.user_id].value for each in decided],
        "kept": [each.kept for each in decided],
        "orders": [each.orders for each in decided],
    }
    if decided:
        _run(_NOTE, values)


def _window(policy: TierPolicy, *, now: datetime) -> dict[str, Any]:
    return {"policy": policy.pk, "since": now - timedelta(days=policy.window_days), "now": now}


def _run(statement: str, values: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _rows(statement: str, values: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())

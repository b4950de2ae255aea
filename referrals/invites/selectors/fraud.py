"""Reads of what speaks against rewards, for one pair or for a hundred thousand in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from backend.aftersales.models import AfterSaleCase, CaseType
from backend.aftersales.rules.moves import WITHOUT_EFFECT
from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from backend.orders.models import Order
from backend.payments.models import Refund
from referrals.invites import rules
from referrals.invites.models import FraudRule, InviteReward, RewardScore, RewardState, SharedPlace
from referrals.invites.rules import PairFacts

SIMILAR = 8
BACKTEST_DAYS = 90
BACKTEST_SHOWN = 50

# One row per pair. A device counts when both used it within 24 hours; a sibling is another invitee of the same inviter
# who shares something stronger than a network.
PAIRS = """
WITH pairs AS MATERIALIZED (
    SELECT pair.invitee_id, pair.inviter_id, bound.bound_at
    FROM unnest(%(invitees)s::uuid[], %(inviters)s::uuid[]) AS pair (invitee_id, inviter_id)
    JOIN invites_binding bound ON bound.invitee_id = pair.invitee_id
), shared AS (
    SELECT pairs.invitee_id, array_agg(DISTINCT lower(one.kind) ORDER BY lower(one.kind)) AS kinds
    FROM pairs
    JOIN invites_identifier one ON one.user_id = pairs.invitee_id
    JOIN invites_identifier other ON other.user_id = pairs.inviter_id
     AND other.kind = one.kind AND other.period = one.period AND other.digest = one.digest
    WHERE one.kind <> 'DEVICE' OR one.seen_at - other.seen_at BETWEEN '-24 hours' AND '24 hours'
    GROUP BY 1
), siblings AS (
    SELECT pairs.invitee_id, count(DISTINCT sibling.invitee_id) AS number
    FROM pairs
    JOIN invites_identifier one ON one.user_id = pairs.invitee_id AND one.kind <> 'NETWORK'
    JOIN invites_identifier other ON other.kind = one.kind AND other.period = one.period AND other.digest = one.digest
     AND other.user_id <> one.user_id
    JOIN invites_binding sibling ON sibling.invitee_id = other.user_id AND sibling.inviter_id = pairs.inviter_id
    GROUP BY 1
), bursts AS (
    SELECT pairs.invitee_id, count(*) AS number
    FROM pairs JOIN invites_binding near ON near.inviter_id = pairs.inviter_id
     AND near.bound_at BETWEEN pairs.bound_at - interval '24 hours' AND pairs.bound_at
    GROUP BY 1
), first_orders AS (
    SELECT pairs.invitee_id, extract(epoch FROM min(placed.placed_at) - pairs.bound_at)::int AS seconds
    FROM pairs JOIN orders_order placed ON placed.buyer_id = pairs.invitee_id AND placed.confirmed_at IS NOT NULL
    GROUP BY pairs.invitee_id, pairs.bound_at
)
SELECT pairs.invitee_id, coalesce(shared.kinds, '{}'), coalesce(siblings.number, 0), coalesce(bursts.number, 0),
       first_orders.seconds
FROM pairs LEFT JOIN shared USING (invitee_id) LEFT JOIN siblings USING (invitee_id)
LEFT JOIN bursts USING (invitee_id) LEFT JOIN first_orders USING (invitee_id)
"""
NEIGHBOURS = """
SELECT DISTINCT other.user_id FROM invites_identifier one
JOIN invites_identifier other ON other.kind = one.kind AND other.period = one.period AND other.digest = one.digest
WHERE one.user_id = %s AND other.user_id <> one.user_id AND one.kind <> 'NETWORK' LIMIT 100
"""


def fraud_rule(at: datetime) -> FraudRule:
    """The version of the fraud rule that holds at a moment."""
    return FraudRule.objects.filter(valid_from__lte=at).latest("version")


def pair_facts(pairs: Iterable[tuple[UUID, UUID]]) -> Mapping[UUID, PairFacts]:
    """What invitees and their inviters have in common, by invitee, in one statement."""
    listed = list(pairs)
    values = {"invitees": [invitee for invitee, _ in listed], "inviters": [inviter for _, inviter in listed]}
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, values)
        return {
            row[0]: PairFacts(shared=tuple(row[1]), siblings=row[2], bound_within_a_day=row[3], seconds_to_order=row[4])
            for row in cursor.fetchall()
        }


def what_came_back(order_id: UUID) -> tuple[int, int]:
    """How many percent of an order's money went back, and how many returns were asked for."""
    order = Order.objects.get(pk=order_id)
    refunds = Refund.objects.filter(order_id=order_id, payment__settles_order=True)
    back = refunds.aggregate(total=Sum("amount_minor", default=0))["total"]
    returns = AfterSaleCase.objects.filter(order_id=order_id, type=CaseType.RETURN_REFUND)
    percent = -(-min(back, order.total_minor) * 100 // order.total_minor) if order.total_minor else 0
    return percent, returns.exclude(state__in=WITHOUT_EFFECT).count()


def course_of(reward_id: UUID) -> Sequence[RewardScore]:
    """Every score of a reward, oldest first."""
    return list(RewardScore.objects.filter(reward_id=reward_id).order_by("sequence"))


def reward_by_id(reward_id: UUID) -> InviteReward:
    """One reward with what its case shows.

    Raises: NotFound.
    """
    found = _cases().filter(pk=reward_id).first()
    if found is None:
        raise NotFound
    return found


def reward_desk(*, state: str | None, first: int, after: str | None) -> Page:
    """Rewards for the desk, newest first; without a state those that something speaks against."""
    rows = _cases()
    rows = rows.filter(state=state) if state else rows.filter(score__gt=0)
    return keyset_page(rows, order=("-created_at", "-id"), first=first, after=after)


def desk_counts() -> dict[str, int]:
    """How many rewards wait for the desk."""
    held = InviteReward.objects.filter(state=RewardState.HELD)
    return {"held": held.count(), "objected": held.exclude(objection="").count()}


def similar_cases(reward: InviteReward) -> Sequence[InviteReward]:
    """Other cases of the same inviter, or of people who share something with the invitee; decided ones first."""
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOURS, [reward.binding_id])
        near = [row[0] for row in cursor.fetchall()]
    others = _cases().filter(Q(binding__inviter_id=reward.binding.inviter_id) | Q(binding_id__in=near), score__gt=0)
    return list(others.exclude(binding_id=reward.binding_id).order_by("-decided_at", "-score", "-pk")[:SIMILAR])


def backtest(*, hold_from: int, reject_from: int, now: datetime) -> tuple[int, int, Sequence[InviteReward]]:
    """What other thresholds would have done with the rewards of the last ninety days: held more, held fewer, and
    those that would stand elsewhere.
    """
    present = fraud_rule(now)
    before = rules.Thresholds(hold_from=present.hold_from, reject_from=present.reject_from)
    after = rules.Thresholds(hold_from=hold_from, reject_from=reject_from)
    recent = _cases().filter(created_at__gt=now - timedelta(days=BACKTEST_DAYS), score__gt=0)
    more, fewer = 0, 0
    moved: list[InviteReward] = []
    for reward in recent.order_by("-score", "-pk").iterator(chunk_size=1_000):
        was, would = rules.verdict(reward.score, thresholds=before), rules.verdict(reward.score, thresholds=after)
        if was == would:
            continue
        more += was == RewardState.PENDING
        fewer += would == RewardState.PENDING
        if len(moved) < BACKTEST_SHOWN:
            moved.append(reward)
    return more, fewer, moved


def shared_places() -> Sequence[SharedPlace]:
    """Places whose sharing says nothing."""
    return list(SharedPlace.objects.order_by("kind", "text"))


def _cases() -> QuerySet[InviteReward]:
    return InviteReward.objects.select_related(
        "binding", "binding__link", "order", "rule", "fraud_rule", "lot", "template", "attribution"
    )

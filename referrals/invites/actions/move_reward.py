"""The moves of one reward. Call them with its row held."""

from datetime import datetime, timedelta
from uuid import UUID

from backend.core.money import Points
from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.promotions.actions import release_budget, reserve_budget, revoke_coupon, spend_budget
from membership.actions import promise_points, take_back_points
from membership.models import CountedSpending
from referrals.invites import rules
from referrals.invites.events import RewardMoved
from referrals.invites.models import Benefit, InviteReward, RewardState

ENTITY = "invites.InviteReward"


def move_reward(
    reward: InviteReward, *, to: RewardState, now: datetime, by: UUID | None = None, note: str = "", because: str = ""
) -> InviteReward:
    """Move a reward, write the move down and tell of it. `because` is for programs: refund, desk, deadline, kept.

    Emits: RewardMoved.
    """
    if to not in rules.REWARD_MOVES[reward.state]:
        raise ValueError(f"A reward does not go from {reward.state} to {to}.")
    came_from, reward.state = reward.state, to.value
    if to == RewardState.ISSUED:
        reward.issued_at = now
    if note:
        reward.note = note
    reward.save(
        update_fields=[
            "state", "note", "issued_at", "held_until", "decided_by", "decided_at", "lot", "coupon", "objection",
        ]
    )  # fmt: skip
    log_move(
        entity_type=ENTITY, entity_id=reward.pk, from_state=came_from, to_state=to, actor_id=by,
        reason=(note or because)[:200], now=now,
    )  # fmt: skip
    emit(
        RewardMoved(
            reward_id=reward.pk,
            beneficiary_id=reward.beneficiary_id,
            from_state=came_from,
            to_state=to,
            because=because,
            points=reward.points,
            at=now,
        )
    )
    return reward


def promise(reward: InviteReward, *, now: datetime) -> None:
    """Turn what the budget keeps for a reward into points that wait; a coupon is given when the order is kept."""
    spend_budget(campaign_id=reward.rule.campaign_id, **_cost(reward))
    if reward.benefit != Benefit.POINTS:
        return
    kept_from = CountedSpending.objects.filter(pk=reward.order_id).values_list("vests_at", flat=True).first()
    reward.lot = promise_points(
        user_id=reward.beneficiary_id,
        points=Points(reward.points),
        cause="invite_reward" if reward.level == 1 else "invite_second_level",
        source=("order", reward.order_id),
        rule_version=f"invite_reward:{reward.rule_id}:{reward.rule.version}",
        facts=reward.facts,
        campaign_id=reward.rule.campaign_id,
        vests_at=kept_from,
        now=now,
    )


def set_aside(reward: InviteReward) -> None:
    """Keep a part of the budget for a reward.

    Raises: BudgetExhausted.
    """
    reserve_budget(campaign_id=reward.rule.campaign_id, **_cost(reward))


def give_back(reward: InviteReward, *, now: datetime) -> None:
    """Take a reward that falls away out of the hand and back into the budget; call it with the wallet held."""
    if reward.state == RewardState.REJECTED:
        return
    was_spent = reward.state != RewardState.HELD
    if reward.lot_id is not None:
        take_back_points(lot_id=reward.lot_id, keep=Points(0), now=now)
    if reward.coupon_id is not None:
        revoke_coupon(coupon_id=reward.coupon_id, reason="invite_reward", now=now)
    release_budget(campaign_id=reward.rule.campaign_id, was_spent=was_spent, **_cost(reward))


def review_until(reward: InviteReward, *, now: datetime) -> datetime:
    """Until when the desk has time."""
    days = reward.fraud_rule.review_days if reward.fraud_rule else 3
    return now + timedelta(days=days)


def _cost(reward: InviteReward) -> dict[str, int]:
    return {"points": reward.points, "uses": 1 if reward.benefit == Benefit.COUPON else 0}

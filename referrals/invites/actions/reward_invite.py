"""Reward both sides of an invitation."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_rows
from backend.core.outbox import emit
from backend.orders.models import Order
from backend.promotions.actions import reserve_budget, spend_budget
from backend.promotions.errors import BudgetExhausted
from backend.promotions.models import CampaignRule
from backend.promotions.selectors import live_rules
from membership.actions import promise_points
from referrals.invites import rules, selectors
from referrals.invites.actions.attribute_order import attribute_order
from referrals.invites.events import InviteRewarded
from referrals.invites.models import Binding, InviteReward, PayeeKind, Side


@transaction.atomic
def reward_invite(*, order_id: UUID, now: datetime) -> list[InviteReward]:
    """Promise points to inviter and invitee when the invitee's first order is confirmed; nothing otherwise.

    The points wait with the order: they vest when it is kept and go when it is refunded. A campaign whose
    budget does not cover both sides gives nothing to either.

    Emits: InviteRewarded, OrderAttributed.
    """
    attribution = attribute_order(order_id=order_id, now=now)
    if attribution.kind != PayeeKind.FRIEND:
        return []
    order = Order.objects.get(pk=order_id)
    binding = next(iter(lock_rows(Binding.objects.filter(pk=order.buyer_id))), None)
    if binding is None or not selectors.is_first_kept_order(order):
        return []
    rule = next((each for each in live_rules("invite_reward", now) if _covers(each, binding, now)), None)
    if rule is None or InviteReward.objects.filter(binding=binding).exists():
        return []
    total = sum(rules.points_for_side(rule.params, side).amount for side in Side.values)
    try:
        with transaction.atomic():
            reserve_budget(campaign_id=rule.campaign_id, points=total)
    except BudgetExhausted:
        return []
    spend_budget(campaign_id=rule.campaign_id, points=total)
    return [
        reward
        for side in sorted(Side.values, key=lambda side: _beneficiary(binding, side))
        if (reward := _promise(binding, side=side, rule=rule, order=order, now=now))
    ]


def _covers(rule: CampaignRule, binding: Binding, now: datetime) -> bool:
    """Say whether a rule speaks of this visit, and the inviter's cap leaves room."""
    window_days = int(rule.params.get("windowDays", rules.DEFAULT_WINDOW_DAYS))
    if not rules.is_within_window(clicked_at=binding.clicked_at, at=now, window_days=window_days):
        return False
    cap = rule.params.get("perInviterCap")
    return cap is None or selectors.rewarded_friends(binding.inviter_id, campaign_id=rule.campaign_id) < int(cap)


def _beneficiary(binding: Binding, side: str) -> UUID:
    return binding.inviter_id if side == Side.INVITER else binding.invitee_id


def _promise(binding: Binding, *, side: str, rule: CampaignRule, order: Order, now: datetime) -> InviteReward | None:
    beneficiary_id = _beneficiary(binding, side)
    points = rules.points_for_side(rule.params, side)
    lot = promise_points(
        user_id=beneficiary_id,
        points=points,
        cause="invite_reward",
        source=("order", order.id),
        rule_version=f"invite_reward:{rule.id}:{rule.version}",
        facts=_facts(binding, side=side, rule=rule, now=now),
        campaign_id=rule.campaign_id,
        now=now,
    )
    if lot is None:
        return None
    reward = InviteReward.objects.create(
        binding=binding, side=side, order=order, rule=rule, lot=lot, points=points.amount, created_at=now
    )
    emit(
        InviteRewarded(
            reward_id=reward.id,
            beneficiary_id=beneficiary_id,
            invitee_id=binding.invitee_id,
            side=side,
            points=points.amount,
            order_id=order.id,
            campaign_id=rule.campaign_id,
            at=now,
        )
    )
    return reward


def _facts(binding: Binding, *, side: str, rule: CampaignRule, now: datetime) -> Mapping[str, object]:
    return {
        "side": side,
        "code": binding.link.code,
        "clicked_at": binding.clicked_at.isoformat(),
        "bound_at": binding.bound_at.isoformat(),
        "confirmed_at": now.isoformat(),
        "window_days": int(rule.params.get("windowDays", rules.DEFAULT_WINDOW_DAYS)),
        "rule_version": rule.version,
        "inviter_points": int(rule.params["inviterPoints"]),
        "invitee_points": int(rule.params["inviteePoints"]),
    }

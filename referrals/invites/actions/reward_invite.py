"""Reward both sides of an invitation."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.locks import advisory_lock, lock_rows
from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.orders.models import Order
from backend.promotions.actions import release_budget, reserve_budget
from backend.promotions.errors import BudgetExhausted
from backend.promotions.models import CampaignRule
from backend.promotions.selectors import live_rules
from referrals.invites import rules, selectors
from referrals.invites.actions.attribute_order import attribute_order
from referrals.invites.actions.judge_reward import Judgement, judge_binding
from referrals.invites.actions.move_reward import ENTITY, promise, review_until
from referrals.invites.actions.weighing import REFUSED_BY_RULE, note_score
from referrals.invites.events import InviteRewarded, RewardMoved
from referrals.invites.models import (
    Attribution,
    Benefit,
    Binding,
    InviteReward,
    MissedReward,
    PayeeKind,
    RewardState,
    ScoreCause,
    Side,
)


@transaction.atomic
def reward_invite(*, order_id: UUID, now: datetime) -> list[InviteReward]:
    """Promise rewards to inviter and invitee when the invitee's first order is confirmed; else keep why not.

    Points wait with the order: they vest when it is kept and go when it is refunded. What looks like one person on
    both sides is held for the desk, with its evidence. A budget that does not cover everybody gives nothing to anybody.

    Emits: InviteRewarded, OrderAttributed, RewardMoved.
    """
    attribution = attribute_order(order_id=order_id, now=now)
    order = Order.objects.get(pk=order_id)
    binding = selectors.binding_of(order.buyer_id)
    if binding is None:
        return []
    advisory_lock("invites.reward", binding.inviter_id)
    lock_rows(Binding.objects.filter(pk=order.buyer_id))
    if known := list(InviteReward.objects.filter(order=order)):
        return known
    rule, reason = _rule_for(order, binding, attribution, now=now)
    if rule is None:
        return _miss(order, binding, reason, now=now)
    shares = rules.shares_of(rule.params, has_second_level=binding.second_level_id is not None)
    if not _set_aside(rule, shares):
        return _miss(order, binding, "budget_exhausted", now=now)
    judgement = judge_binding(binding=binding, now=now)
    drafts = [
        _draft(share, binding=binding, order=order, rule=rule, attribution=attribution, now=now) for share in shares
    ]
    drafts.sort(key=lambda each: (each.beneficiary_id, each.level))
    return [_write(draft, judgement, now=now) for draft in drafts]


def _set_aside(rule: CampaignRule, shares: Sequence[rules.Share]) -> bool:
    """Keep the budget for everybody at once, or for nobody."""
    cost = {"points": sum(each.points for each in shares), "uses": sum(each.template_id is not None for each in shares)}
    try:
        with transaction.atomic():
            reserve_budget(campaign_id=rule.campaign_id, **cost)
    except BudgetExhausted:
        return False
    return True


def _rule_for(
    order: Order, binding: Binding, attribution: Attribution, *, now: datetime
) -> tuple[CampaignRule | None, str]:
    """The rule that rewards this order, or why there is none."""
    if not selectors.is_first_kept_order(order) or InviteReward.objects.filter(binding=binding).exists():
        return None, "not_first_order"
    if attribution.kind != PayeeKind.FRIEND:
        return None, "credit_elsewhere"
    live = live_rules("invite_reward", now)
    reasons = [_reason_against(rule, order, binding, now) for rule in live]
    for rule, reason in zip(live, reasons, strict=True):
        if not reason:
            return rule, ""
    return None, reasons[0] if reasons else "no_campaign"


def _reason_against(rule: CampaignRule, order: Order, binding: Binding, now: datetime) -> str:
    window_days = int(rule.params.get("windowDays", rules.DEFAULT_WINDOW_DAYS))
    if not rules.is_within_window(clicked_at=binding.clicked_at, at=now, window_days=window_days):
        return "outside_window"
    if order.total_minor - order.shipping_minor < int(rule.params.get("minOrderMinor") or 0):
        return "below_least_order"
    cap = rule.params.get("perInviterCap")
    if cap is not None and selectors.rewarded_friends(binding.inviter_id, campaign_id=rule.campaign_id) >= int(cap):
        return "cap_reached"
    return ""


def _miss(order: Order, binding: Binding, reason: str, *, now: datetime) -> list[InviteReward]:
    if reason != "not_first_order":
        MissedReward.objects.get_or_create(order=order, defaults={"binding": binding, "reason": reason, "at": now})
    return []


def _draft(
    share: rules.Share, *, binding: Binding, order: Order, rule: CampaignRule, attribution: Attribution, now: datetime
) -> InviteReward:
    return InviteReward(
        binding=binding,
        side=share.side,
        level=share.level,
        beneficiary_id=_beneficiary(binding, share),
        order=order,
        attribution=attribution,
        rule=rule,
        benefit=Benefit.COUPON if share.template_id else Benefit.POINTS,
        points=share.points,
        template_id=share.template_id,
        facts=_facts(binding, share, rule=rule, order=order, now=now),
        created_at=now,
    )


def _write(reward: InviteReward, judgement: Judgement, *, now: datetime) -> InviteReward:
    reward.state = judgement.state.value
    reward.score, reward.evidence, reward.fraud_rule = judgement.score, judgement.evidence, judgement.rule
    reward.weighed_at = now
    if judgement.state == RewardState.HELD:
        reward.held_until = review_until(reward, now=now)
    elif judgement.state == RewardState.REJECTED:
        reward.note, reward.decided_at = REFUSED_BY_RULE, now
        release_budget(
            campaign_id=reward.rule.campaign_id, points=reward.points, uses=int(reward.benefit == Benefit.COUPON)
        )
    else:
        promise(reward, now=now)
    reward.save(force_insert=True)
    log_move(entity_type=ENTITY, entity_id=reward.pk, from_state="", to_state=reward.state, now=now)
    if reward.score:
        note_score(reward, cause=ScoreCause.FIRST, from_state="", now=now)
    _tell(reward, now=now)
    return reward


def _tell(reward: InviteReward, *, now: datetime) -> None:
    emit(
        InviteRewarded(
            reward_id=reward.pk,
            beneficiary_id=reward.beneficiary_id,
            invitee_id=reward.binding_id,
            side=reward.side,
            points=reward.points,
            order_id=reward.order_id,
            campaign_id=reward.rule.campaign_id,
            at=now,
        )
    )
    if reward.state != RewardState.PENDING:
        emit(
            RewardMoved(
                reward_id=reward.pk,
                beneficiary_id=reward.beneficiary_id,
                from_state="",
                to_state=reward.state,
                because="evidence",
                points=reward.points,
                at=now,
            )
        )


def _beneficiary(binding: Binding, share: rules.Share) -> UUID:
    if share.side == Side.INVITEE:
        return binding.invitee_id
    if share.level == 1 or binding.second_level_id is None:
        return binding.inviter_id
    return binding.second_level_id


def _facts(
    binding: Binding, share: rules.Share, *, rule: CampaignRule, order: Order, now: datetime
) -> Mapping[str, Any]:
    return {
        "side": share.side,
        "level": share.level,
        "code": binding.link.code,
        "clicked_at": binding.clicked_at.isoformat(),
        "bound_at": binding.bound_at.isoformat(),
        "confirmed_at": now.isoformat(),
        "window_days": int(rule.params.get("windowDays", rules.DEFAULT_WINDOW_DAYS)),
        "goods_minor": order.total_minor - order.shipping_minor,
        "rule_version": rule.version,
        "inviter_points": int(rule.params["inviterPoints"]),
        "invitee_points": int(rule.params["inviteePoints"]),
        "second_points": int(rule.params.get("secondLevelPoints") or 0),
    }

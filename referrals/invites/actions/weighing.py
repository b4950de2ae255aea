"""Weigh a reward under review again when something new is known; each score is kept with its day and its reasons."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from membership.actions.hold_wallets import hold_wallets
from referrals.invites import rules
from referrals.invites.actions.decide_reward import hold_reward, release_reward
from referrals.invites.actions.judge_reward import Judgement, weigh
from referrals.invites.actions.move_reward import give_back, move_reward
from referrals.invites.actions.note_identifiers import note_identifiers
from referrals.invites.models import InviteReward, RewardScore, RewardState, ScoreCause
from referrals.invites.rules.evidence import KEPT_FOR

REFUSED_BY_RULE = "rule"
WEIGH_EVERY = timedelta(hours=1)


@transaction.atomic
def weigh_again(*, reward_id: UUID, cause: ScoreCause, now: datetime) -> RewardScore | None:
    """Score a reward anew and let the thresholds decide; nothing where nothing has changed.

    What a person heard or decided stays as it is: the new score is only noted, for the desk to see.

    Emits: RewardMoved.
    """
    # Digests come before the wallet, as in an order that is credited.
    note_identifiers(people=_pair(InviteReward.objects.select_related("binding").get(pk=reward_id)), now=now)
    reward = hold_reward(reward_id)
    is_with_a_person = bool(reward.objection or reward.decided_by_id)
    if not rules.is_weighed_again(reward.state, is_with_a_person=is_with_a_person):
        return None
    judgement = weigh(binding=reward.binding, order_id=reward.order_id, now=now)
    is_same = (judgement.score, judgement.evidence) == (reward.score, reward.evidence)
    came_from = reward.state
    reward.score, reward.evidence, reward.weighed_at = judgement.score, judgement.evidence, now
    reward.fraud_rule = judgement.rule
    reward.save(update_fields=["score", "evidence", "fraud_rule", "weighed_at"])
    if rules.may_follow(reward.state, is_with_a_person=is_with_a_person):
        _follow(reward, judgement, now=now)
    if is_same and reward.state == came_from:
        return None
    return note_score(reward, cause=cause, from_state=came_from, now=now)


@transaction.atomic
def weigh_order_again(*, order_id: UUID, cause: ScoreCause, now: datetime) -> list[RewardScore]:
    """Score everything anew that hangs on an order.

    Emits: RewardMoved.
    """
    weighed = Q(state=RewardState.HELD) | Q(state=RewardState.PENDING, decided_by__isnull=False)
    rewards = InviteReward.objects.filter(weighed, order_id=order_id).select_related("binding")
    found = list(rewards.order_by("beneficiary_id", "pk"))
    note_identifiers(people={each for reward in found for each in _pair(reward)}, now=now)
    hold_wallets([reward.beneficiary_id for reward in found])
    scores = [weigh_again(reward_id=reward.pk, cause=cause, now=now) for reward in found]
    return [score for score in scores if score is not None]


def weigh_due_rewards(*, now: datetime, most: int = 50) -> int:
    """Score rewards under review that were not looked at for an hour, each in a transaction of its own; how many.

    Digests fade after ninety days. An older reward is left to a person, since signs that faded clear nobody.
    """
    due = InviteReward.objects.filter(state=RewardState.HELD, created_at__gt=now - KEPT_FOR)
    due = due.filter(Q(weighed_at=None) | Q(weighed_at__lt=now - WEIGH_EVERY))
    ids = list(due.order_by("weighed_at", "pk").values_list("pk", flat=True)[:most])
    for reward_id in ids:
        weigh_again(reward_id=reward_id, cause=ScoreCause.SIGNS, now=now)
    return len(ids)


def note_score(reward: InviteReward, *, cause: ScoreCause, from_state: str, now: datetime) -> RewardScore | None:
    """Keep what spoke against a reward just now, and what followed; call it with the reward held."""
    if reward.fraud_rule is None:
        return None
    last = RewardScore.objects.filter(reward=reward).aggregate(last=Max("sequence"))["last"] or 0
    return RewardScore.objects.create(
        reward=reward,
        sequence=last + 1,
        cause=cause,
        score=reward.score,
        evidence=reward.evidence,
        fraud_rule=reward.fraud_rule,
        from_state=from_state,
        to_state=reward.state,
        at=now,
    )


def _pair(reward: InviteReward) -> tuple[UUID, UUID]:
    return reward.binding.invitee_id, reward.binding.inviter_id


def _follow(reward: InviteReward, judgement: Judgement, *, now: datetime) -> None:
    if judgement.state == RewardState.PENDING:
        release_reward(reward, now=now, because="evidence")
    elif judgement.state == RewardState.REJECTED:
        give_back(reward, now=now)
        reward.decided_at, reward.held_until = now, None
        move_reward(reward, to=RewardState.REJECTED, now=now, note=REFUSED_BY_RULE, because="evidence")

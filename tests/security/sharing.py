"""Invitations of the owner, and the right input of everything that can be done with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.promotions.models import Campaign, CampaignRule, CampaignState
from referrals.invites.actions import allow_place, bind_invitee
from referrals.invites.models import FraudRule, InviteReward, RewardState, Side
from tests.factories.orders import make_buyer
from tests.factories.payments import make_paid_order
from tests.factories.promotions import this_moment
from tests.factories.referrals import make_link


def make_rewards(owner: User, clerk: User) -> dict[str, UUID]:
    """A reward that was rejected, one that is held, and a shared place."""
    rule = _rule()
    rejected = _reward(owner, rule, state=RewardState.REJECTED)
    held = _reward(owner, rule, state=RewardState.HELD)
    place = allow_place(kind="NETWORK", text="203.0.113.7", note="A campus", by=clerk.id, now=this_moment())
    return {"reward_rejected": rejected.pk, "reward_held": held.pk, "shared_place": place.pk}


def inputs_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The right input of every mutation of invitations."""
    weights = FraudRule.objects.latest("version").weights
    return {
        "objectToRejection": {"rewardId": ids["reward_rejected"], "note": "我们是室友"},
        "showInviteName": {"showsName": True},
        "decideReward": {"rewardId": ids["reward_held"], "isReleased": True, "note": "两位室友"},
        "saveFraudRule": {
            "holdFrom": 60,
            "rejectFrom": 120,
            "releaseBelow": 80,
            "reviewDays": 3,
            "weights": [{"rule": name, "points": points} for name, points in weights.items()],
        },
        "saveAttributionRule": {
            "windowDays": 30,
            "touchOrder": "LAST",
            "kinds": ["creator_code", "friend", "creator_link"],
            "bindingDays": 365,
        },
        "allowPlace": {"kind": "NETWORK", "text": "203.0.113.9", "note": "宿舍"},
        "withdrawPlace": {"placeId": ids["shared_place"]},
    }


def arguments_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the root fields are asked with."""
    return {
        "Query.rewardCase": {"id": ids["reward_held"]},
        "Query.rewardCases": {"state": "HELD"},
        "Query.fraudBacktest": {"holdFrom": 60, "rejectFrom": 120},
    }


def _rule() -> CampaignRule:
    now = this_moment()
    campaign = Campaign.objects.create(
        name={"zh-Hans": "邀请有礼"},
        state=CampaignState.ENDED,
        starts_at=now - timedelta(days=9),
        ends_at=now - timedelta(days=1),
        created_at=now,
        changed_at=now,
    )
    params = {"inviterPoints": 50, "inviteePoints": 20}
    return CampaignRule.objects.create(campaign=campaign, kind="invite_reward", params=params, created_at=now)


def _reward(owner: User, rule: CampaignRule, *, state: RewardState) -> InviteReward:
    now = this_moment()
    friend = make_buyer("Friend", now=now)
    binding = bind_invitee(invitee_id=friend.id, link=make_link(owner, now=now), clicked_at=now, now=now)
    facts = {
        "side": "INVITER", "level": 1, "code": binding.link.code, "clicked_at": now.isoformat(), "window_days": 30,
        "bound_at": now.isoformat(), "confirmed_at": now.isoformat(), "rule_version": 1, "inviter_points": 50,
        "invitee_points": 20, "second_points": 0,
    }  # fmt: skip
    return InviteReward.objects.create(
        binding=binding, side=Side.INVITER, beneficiary=owner, order=make_paid_order(buyer=friend, now=now).order,
        rule=rule, points=50, facts=facts, state=state, note="x" if state == RewardState.REJECTED else "",
        held_until=now + timedelta(days=3) if state == RewardState.HELD else None, score=60, created_at=now,
        fraud_rule=FraudRule.objects.latest("version"), evidence=[{"rule": "same_phone", "points": 60, "seen": 1}],
    )  # fmt: skip

"""Reads of the invite centre: whom a person brought and what it was worth."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, Sum

from backend.core.paging import Page, keyset_page
from backend.promotions.models import CampaignRule
from backend.promotions.selectors import live_rules
from membership.models import LotState, PointLot
from referrals.invites.models import Binding, InviteReward, Side


def rewarded_friends(inviter_id: UUID, *, campaign_id: UUID) -> int:
    """For how many friends a person was rewarded in a campaign."""
    return InviteReward.objects.filter(
        binding__inviter_id=inviter_id, side=Side.INVITER, rule__campaign_id=campaign_id
    ).count()


def invited_page(inviter_id: UUID, *, first: int, after: str | None) -> Page:
    """The people somebody brought, newest first."""
    bound = Binding.objects.filter(inviter_id=inviter_id)
    return keyset_page(bound, order=("-bound_at", "-invitee_id"), first=first, after=after)


def rewarded_invitees(inviter_id: UUID) -> dict[UUID, str]:
    """For whom a person was rewarded, with the state of the points."""
    rows = InviteReward.objects.filter(binding__inviter_id=inviter_id, side=Side.INVITER)
    return dict(rows.values_list("binding_id", "lot__state"))


def reward_page(user_id: UUID, *, first: int, after: str | None) -> Page:
    """What a person got for invitations, newest first."""
    lots = PointLot.objects.filter(user_id=user_id, cause="invite_reward")
    return keyset_page(lots, order=("-created_at", "-id"), first=first, after=after)


def reward_sums(user_id: UUID) -> dict[str, int]:
    """Points from invitations that wait, and those that became usable."""
    lots = PointLot.objects.filter(user_id=user_id, cause="invite_reward")
    return lots.aggregate(
        pending=Sum("remaining", filter=Q(state=LotState.PENDING), default=0),
        vested=Sum("remaining", filter=Q(state=LotState.ACTIVE), default=0),
    )


def invite_offer(now: datetime) -> CampaignRule | None:
    """The invite rule that works at this moment."""
    return next(iter(live_rules("invite_reward", now)), None)

"""What can be asked about links, visits and invitations."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, Sum

from backend.accounts.models import Block
from backend.core.paging import Page, keyset_page
from backend.orders.models import Order
from backend.promotions.models import CampaignRule
from backend.promotions.selectors import live_rules
from membership.models import LotState, PointLot
from referrals.invites import rules
from referrals.invites.models import Binding, Click, InviteReward, ShareLink, Side

ANCESTORS = """
WITH RECURSIVE above AS (
    SELECT inviter_id, 1 AS depth FROM invites_binding WHERE invitee_id = %s
    UNION
    SELECT binding.inviter_id, above.depth + 1 FROM invites_binding AS binding
    JOIN above ON binding.invitee_id = above.inviter_id WHERE above.depth < 100
)
SELECT inviter_id FROM above
"""


def link_by_code(code: str) -> ShareLink | None:
    """Find a link by the code in its address; people may type it in small letters."""
    return ShareLink.objects.filter(code=code.upper()).first()


def last_touch(*, visitor: str, not_owner_id: UUID, at: datetime) -> Click | None:
    """The last visit of a person that counts: no crawler's, not through an own link, within the window."""
    if not visitor:
        return None
    since = at - timedelta(days=rules.DEFAULT_WINDOW_DAYS)
    visits = Click.objects.filter(visitor=visitor, is_bot=False, at__gte=since, at__lte=at)
    return visits.exclude(link__owner_id=not_owner_id).select_related("link").order_by("-at", "-pk").first()


def ancestors(user_id: UUID) -> set[UUID]:
    """Everybody above a person in the tree of invitations."""
    with connection.cursor() as cursor:
        cursor.execute(ANCESTORS, [user_id])
        return {row[0] for row in cursor.fetchall()}


def is_blocked_pair(one_id: UUID, other_id: UUID) -> bool:
    """Say whether one of two people has blocked the other."""
    either = Q(blocker_id=one_id, blocked_id=other_id) | Q(blocker_id=other_id, blocked_id=one_id)
    return Block.objects.filter(either).exists()


def is_first_kept_order(order: Order) -> bool:
    """Say whether a buyer had no confirmed order before this one."""
    return not Order.objects.filter(buyer_id=order.buyer_id, confirmed_at__isnull=False).exclude(pk=order.pk).exists()


def rewarded_friends(inviter_id: UUID, *, campaign_id: UUID) -> int:
    """For how many friends a person was rewarded in a campaign."""
    return InviteReward.objects.filter(
        binding__inviter_id=inviter_id, side=Side.INVITER, rule__campaign_id=campaign_id
    ).count()


def clicks_count(owner_id: UUID) -> int:
    """How many visits of people the links of a person brought."""
    return Click.objects.filter(link__owner_id=owner_id, is_bot=False).count()


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

"""Links, visits and invite campaigns for tests."""

from datetime import datetime, timedelta

from backend.accounts.models import User
from backend.promotions.models import Campaign, CampaignRule, CampaignState
from referrals.invites.actions import create_share_link, record_click
from referrals.invites.models import Click, LinkKind, ShareLink
from tests.factories.catalogue import NOON, texts

VISITOR = "0123456789abcdef0123456789abcdef"


def make_link(owner: User, *, now: datetime = NOON) -> ShareLink:
    """Somebody's link to their own page."""
    return create_share_link(owner_id=owner.id, kind=LinkKind.PROFILE, target_id=owner.id, now=now)


def make_click(link: ShareLink, *, visitor: str = VISITOR, at: datetime = NOON, is_bot: bool = False) -> Click:
    """A visit through a link."""
    return record_click(link=link, visitor=visitor, agent="a browser", is_bot=is_bot, now=at)


def make_invite_campaign(*, inviter: int, invitee: int, budget_points: int | None = None, **params: object) -> Campaign:
    """A campaign that rewards invitations and runs around noon."""
    campaign = Campaign.objects.create(
        name=texts("邀请有礼", "邀請有禮", "Bring a friend"),
        state=CampaignState.RUNNING,
        starts_at=NOON - timedelta(days=60),
        ends_at=NOON + timedelta(days=60),
        budget_points=budget_points,
        created_at=NOON,
        changed_at=NOON,
    )
    CampaignRule.objects.create(
        campaign=campaign,
        kind="invite_reward",
        params={"inviterPoints": inviter, "inviteePoints": invitee, "windowDays": 30, **params},
        created_at=NOON,
    )
    return campaign

"""Settle by which channel a person came."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from referrals.channels import selectors
from referrals.channels.actions.visitor_digests import digests_within
from referrals.channels.models import ChannelSignUp


@transaction.atomic
def credit_sign_up(*, user_id: UUID, visitor: str, now: datetime) -> ChannelSignUp | None:
    """Give a sign-up to the channel by which its browser came last within the window, once."""
    if not visitor:
        return None
    visit = selectors.last_visit_of_browser(digests_within(visitor, now=now), at=now)
    if visit is None:
        return None
    found = ChannelSignUp(user_id=user_id, channel_id=visit.channel_id, touched_at=visit.at, at=now)
    ChannelSignUp.objects.bulk_create([found], ignore_conflicts=True)
    return ChannelSignUp.objects.get(pk=user_id)

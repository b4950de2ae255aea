"""Channels, visits and costs for tests."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import business_day
from backend.core.ids import new_id
from referrals.channels.actions import ChannelDraft, create_channel, record_cost, record_visit
from referrals.channels.models import Channel, ChannelCost
from tests.factories.accounts import make_grower
from tests.factories.catalogue import NOON
from tests.factories.referrals import VISITOR


def draft_of(**changes: Any) -> ChannelDraft:
    """A channel as a grower may want it."""
    return ChannelDraft(**({"name": "小红书 种草", "kind": "SOCIAL"} | changes))


def make_channel(*, by: User | None = None, code: str = "", now: datetime = NOON, **changes: Any) -> Channel:
    """A channel that counts at once."""
    return create_channel(draft=draft_of(**changes), code=code, by=(by or make_grower()).id, now=now)


def visit(channel: Channel, *, visitor: str = VISITOR, user: User | None = None, at: datetime = NOON) -> bool:
    """A visit by the channel's link."""
    return record_visit(channel=channel, visitor=visitor, user_id=user.id if user else None, now=at)


def spend(
    channel: Channel, amount_minor: int, *, at: datetime = NOON, by: UUID | None = None, key: UUID | None = None
) -> ChannelCost:
    """A cost of the day."""
    return record_cost(
        channel_id=channel.pk,
        day=business_day(at),
        amount_minor=amount_minor,
        note="信息流充值",
        by=by or channel.made_by_id,
        idempotency_key=key or new_id(),
        now=at,
    )

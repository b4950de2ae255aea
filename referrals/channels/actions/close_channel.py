"""End a channel for good."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one
from referrals.channels.errors import ChannelChanged
from referrals.channels.models import Channel


@transaction.atomic
def close_channel(*, channel_id: UUID, version: int, by: UUID, now: datetime) -> Channel:
    """Count nothing more for a channel; its link leads on, and its figures stay. A closed one stays closed.

    Raises: ChannelChanged, NotFound.
    """
    channel = lock_one(Channel, channel_id)
    if channel.closed_at is not None:
        return channel
    if channel.version != version:
        raise ChannelChanged(current_version=channel.version)
    channel.closed_at = channel.changed_at = now
    channel.changed_by_id = by
    channel.version += 1
    channel.save(update_fields=["closed_at", "changed_at", "changed_by", "version"])
    return channel

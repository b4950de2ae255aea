"""Count a visit."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from referrals.channels import rules
from referrals.channels.actions.visitor_digests import digest_at
from referrals.channels.models import Channel, ChannelVisit


@transaction.atomic
def record_visit(*, channel: Channel, visitor: str, now: datetime, user_id: UUID | None = None) -> bool:
    """Count a browser's visit once per half hour, and say whether it counts; a later one only moves the last moment.

    A channel that is closed, over, or not begun counts nothing.
    """
    if rules.state_of(channel, now=now) != rules.ChannelState.OPEN:
        return False
    visit = ChannelVisit(
        channel=channel,
        visitor=digest_at(visitor, now=now),
        half_hour=rules.half_hour_of(now),
        user_id=user_id,
        at=now,
        last_at=now,
    )
    ChannelVisit.objects.bulk_create(
        [visit],
        update_conflicts=True,
        unique_fields=["channel", "visitor", "half_hour"],
        update_fields=["last_at", "user"] if user_id else ["last_at"],
    )
    return True

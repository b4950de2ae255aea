"""Learn whose browser it was."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from referrals.channels import rules
from referrals.channels.actions.visitor_digests import digests_within
from referrals.channels.models import ChannelVisit


@transaction.atomic
def adopt_visits(*, user_id: UUID, visitor: str, now: datetime) -> int:
    """Give a browser's nameless visits of the window to the person who signed up or in with it; say how many."""
    if not visitor:
        return 0
    names = digests_within(visitor, now=now)
    nameless = ChannelVisit.objects.filter(visitor__in=names, user__isnull=True, last_at__gte=now - rules.WINDOW)
    return nameless.update(user_id=user_id)

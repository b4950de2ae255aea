"""Learn whose browser it was."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from referrals.invites import rules
from referrals.invites.models import Touch
from referrals.invites.ports import visit_keepers


@transaction.atomic
def adopt_touches(*, user_id: UUID, visitor: str, now: datetime) -> int:
    """Give the nameless visits of a browser to the person who signed up or in with it, and say how many."""
    if not visitor:
        return 0
    for keep in visit_keepers():
        keep(user_id=user_id, visitor=visitor, now=now)
    since = now - timedelta(days=rules.MOST_WINDOW_DAYS)
    nameless = Touch.objects.filter(visitor=visitor, user__isnull=True, at__gte=since)
    return nameless.exclude(link__owner_id=user_id).update(user_id=user_id)

"""Points for sharing, once somebody new really came."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.clock import business_day
from backend.core.locks import advisory_lock
from backend.core.money import Points
from membership.actions import promise_points
from referrals.invites import rules, selectors
from referrals.invites.models import ShareLink, ShareVisit


@transaction.atomic
def reward_share(*, link_id: UUID, visitor: str, now: datetime) -> ShareVisit | None:
    """Give points to the owner of a link for a visit from a browser that never came before; so many a day.

    Sharing itself earns nothing, and neither does whoever has visited the owner's own page as the owner.
    """
    link = ShareLink.objects.get(pk=link_id)
    advisory_lock("invites.share", link.owner_id)
    if not visitor or selectors.is_known_visitor(owner_id=link.owner_id, visitor=visitor):
        return None
    day = business_day(now)
    counted = ShareVisit.objects.filter(owner_id=link.owner_id, day=day, points__gt=0).count()
    points = rules.share_points(counted_today=counted)
    visit = ShareVisit.objects.create(
        owner_id=link.owner_id, link=link, visitor=visitor, day=day, points=points, at=now
    )
    promise_points(
        user_id=link.owner_id,
        points=Points(points),
        cause="share",
        source=("share_visit", visit.pk),
        rule_version=rules.SHARE_RULE,
        facts={
            "code": link.code,
            "at": now.isoformat(),
            "counted_today": counted,
            "points": rules.SHARE_POINTS,
            "most": rules.SHARES_A_DAY,
        },
        vests_at=now,
        now=now,
    )
    return visit

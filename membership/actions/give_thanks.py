"""Thank for a kindness to the shop with points, once for its source and so often a day."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.core.clock import business_day
from backend.core.money import Points
from membership.actions.give_points import promise_points
from membership.actions.hold_wallets import hold_wallets
from membership.actions.vest_points import vest_at_once
from membership.models import PointLot
from membership.selectors.deeds import thanks_rule

DAY = timedelta(days=1)


@transaction.atomic
def give_thanks(*, key: str, user_id: UUID, source_id: UUID, now: datetime) -> PointLot | None:
    """Give the points of an answered survey or an adopted suggestion; none beyond what one day is worth.

    Emits: PointsPromised, PointsVested.
    """
    hold_wallets([user_id])
    rule = thanks_rule(key, now=now)
    given = PointLot.objects.filter(user_id=user_id, cause=key)
    if (before := given.filter(source_id=source_id).first()) is not None:
        return before
    lately = given.filter(created_at__gt=now - DAY).values_list("created_at", flat=True)
    if sum(business_day(at) == business_day(now) for at in lately) >= rule.most_per_day:
        return None
    lot = promise_points(
        user_id=user_id,
        points=Points(rule.points),
        cause=key,
        source=(key, source_id),
        rule_version=f"{key}:{rule.version}",
        facts={"key": key, "version": rule.version, "points": rule.points, "at": now.isoformat()},
        vests_at=now,
        now=now,
    )
    if lot is not None:
        vest_at_once(lot, now=now)
    return lot

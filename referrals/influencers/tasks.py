"""What the programme does by the clock."""

from datetime import timedelta

from celery import shared_task

from backend.core import clock
from backend.core.clock import BUSINESS_ZONE
from referrals.influencers import actions
from referrals.influencers.selectors.work import collaborations_to_keep, contents_to_check

VEST = "influencers.vest"
KEEP = "influencers.keep_time"
MONTH = "influencers.close_month"
CHECK_EVERY = timedelta(hours=6)
MOST = 200


@shared_task(name=VEST, ignore_result=True)
def vest() -> None:
    """Let commissions be earned whose window is over."""
    actions.vest_commissions(now=clock.now())


@shared_task(name=KEEP, ignore_result=True)
def keep_time() -> None:
    """Move collaborations that time moves, look at posts again, announce cuts."""
    now = clock.now()
    for collaboration_id in collaborations_to_keep(now=now, limit=MOST):
        actions.keep_time(collaboration_id=collaboration_id, now=now)
    for content in contents_to_check(before=now - CHECK_EVERY, limit=MOST):
        actions.recheck_content(content_id=content.pk, now=now)
    actions.announce_cuts(now=now)


@shared_task(name=MONTH, ignore_result=True)
def close_month() -> None:
    """Close the statements of the month that is over and work the levels out anew; a repeat finds nothing to do."""
    now = clock.now()
    month = now.astimezone(BUSINESS_ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    actions.close_statements(until=month, now=now)
    actions.refresh_tiers(now=now)


SCHEDULE = {
    VEST: {"task": VEST, "schedule": 60.0},
    KEEP: {"task": KEEP, "schedule": 300.0},
    MONTH: {"task": MONTH, "schedule": 3600.0},
}

"""What invitations do by the clock."""

from celery import shared_task

from backend.core import clock
from referrals.invites.actions import forget_identifiers, give_due_coupons, release_due_rewards, weigh_due_rewards

SETTLE, FORGET, WEIGH = "invites.settle_rewards", "invites.forget_identifiers", "invites.weigh_rewards"
PIECE = 100


@shared_task(name=SETTLE, ignore_result=True)
def settle_rewards() -> None:
    """Release what nobody looked at in time; give the coupons of kept orders."""
    now = clock.now()
    while release_due_rewards(now=now, most=PIECE) == PIECE:
        pass
    while give_due_coupons(now=now, most=PIECE) == PIECE:
        pass


@shared_task(name=FORGET, ignore_result=True)
def forget() -> None:
    """Delete digests whose time is over."""
    while forget_identifiers(now=clock.now()):
        pass


@shared_task(name=WEIGH, ignore_result=True)
def weigh_rewards() -> None:
    """Weigh again what waits for the desk, as people meet again meanwhile."""
    now = clock.now()
    while weigh_due_rewards(now=now, most=PIECE) == PIECE:
        pass


SCHEDULE = {
    WEIGH: {"task": WEIGH, "schedule": 300.0},
    SETTLE: {"task": SETTLE, "schedule": 60.0},
    FORGET: {"task": FORGET, "schedule": 3600.0},
}

"""What invitations do by the clock."""

from celery import shared_task

from backend.core import clock
from referrals.invites.actions import forget_identifiers, give_due_coupons, release_due_rewards

SETTLE, FORGET = "invites.settle_rewards", "invites.forget_identifiers"
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


SCHEDULE = {
    SETTLE: {"task": SETTLE, "schedule": 60.0},
    FORGET: {"task": FORGET, "schedule": 3600.0},
}

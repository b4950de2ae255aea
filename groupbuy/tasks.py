"""What group buying does by the clock."""

from __future__ import annotations

from celery import shared_task

from backend.core import clock
from groupbuy import actions


@shared_task(name="groupbuy.close_groups", ignore_result=True)
def close_groups() -> None:
    """Close groups whose deadline has passed or whose campaign was stopped, and refund their members."""
    now = clock.now()
    actions.expire_due_groups(now=now)
    actions.cancel_stopped_groups(now=now)


@shared_task(name="groupbuy.release_seats", ignore_result=True)
def release_seats() -> None:
    """Give back the seats that were not paid in time."""
    actions.release_due_seats(now=clock.now())


@shared_task(name="groupbuy.pass_places_on", ignore_result=True)
def pass_places_on() -> None:
    """Tell the next of the line where a free seat was not taken."""
    actions.pass_places_on(now=clock.now())


@shared_task(name="groupbuy.match_orders", ignore_result=True)
def match_orders() -> None:
    """Find groups for those whose money came too late, or send it back."""
    actions.match_waiting_orders(now=clock.now())


@shared_task(name="groupbuy.draw_winners", ignore_result=True)
def draw_winners() -> None:
    """Draw the sealed groups whose time has come."""
    actions.draw_due_groups(now=clock.now())


@shared_task(name="groupbuy.settle_leader_benefits", ignore_result=True)
def settle_leader_benefits() -> None:
    """Give leaders what their groups have earned them."""
    actions.settle_leader_benefits(now=clock.now())


SCHEDULE = {
    "groupbuy.close_groups": {"task": "groupbuy.close_groups", "schedule": 5.0},
    "groupbuy.release_seats": {"task": "groupbuy.release_seats", "schedule": 5.0},
    "groupbuy.match_orders": {"task": "groupbuy.match_orders", "schedule": 5.0},
    "groupbuy.draw_winners": {"task": "groupbuy.draw_winners", "schedule": 5.0},
    "groupbuy.pass_places_on": {"task": "groupbuy.pass_places_on", "schedule": 15.0},
    "groupbuy.settle_leader_benefits": {"task": "groupbuy.settle_leader_benefits", "schedule": 300.0},
}

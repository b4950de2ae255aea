"""What an invitation is worth."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.money import Points
from backend.promotions.errors import Problem
from referrals.invites.models import Side
from referrals.invites.rules.links import DEFAULT_WINDOW_DAYS, MOST_WINDOW_DAYS

MOST_POINTS = 100_000


def points_for_side(params: Mapping[str, Any], side: str) -> Points:
    """What one side gets under a rule."""
    return Points(int(params["inviterPoints" if side == Side.INVITER else "inviteePoints"]))


def reward_problems(params: Mapping[str, Any]) -> list[Problem]:
    """Say what is wrong with an invite rule. A reward hangs on a kept order, never on the number of heads."""
    problems = [
        Problem("error", _("Enter between 0 and 100,000 points."), name)
        for name in ("inviterPoints", "inviteePoints")
        if not is_whole(params.get(name), least=0, most=MOST_POINTS)
    ]
    if not problems and not (params["inviterPoints"] or params["inviteePoints"]):
        problems.append(Problem("error", _("At least one side must get points."), "inviterPoints"))
    if not is_whole(params.get("windowDays", DEFAULT_WINDOW_DAYS), least=1, most=MOST_WINDOW_DAYS):
        problems.append(Problem("error", _("Enter a window of 1 to 365 days."), "windowDays"))
    if params.get("perInviterCap") is not None and not is_whole(params["perInviterCap"], least=1, most=1_000):
        problems.append(Problem("error", _("Enter a cap of 1 to 1,000 friends, or leave it open."), "perInviterCap"))
    if params.get("trigger", "first_kept_order") != "first_kept_order":
        problems.append(
            Problem("error", _("Paying per head or per team is not allowed. Reward a kept first order."), "trigger")
        )
    return problems


def is_whole(value: object, *, least: int, most: int) -> bool:
    """Say whether a value is a whole number in a range."""
    return type(value) is int and least <= value <= most

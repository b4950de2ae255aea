"""When an invitation counts, and what it is worth. Source: domain rules for referral attribution."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.money import Points
from backend.promotions.errors import Problem
from referrals.invites.models import LinkKind, Side

LINK_CODE_LENGTH = 8
DEFAULT_WINDOW_DAYS = 30
MOST_POINTS = 100_000
MOST_WINDOW_DAYS = 365
VISITOR = re.compile(r"[0-9a-f]{32}")

PATHS: Mapping[str, str] = {
    LinkKind.GROUP: "/g/{id}",
    LinkKind.POST: "/post/{id}",
    LinkKind.CAMPAIGN: "/",
    LinkKind.PROFILE: "/u/{id}",
}


def path_to(kind: str, *, target_id: UUID, slug: str | None = None) -> str:
    """Where a link leads on the shop."""
    return f"/p/{slug}" if kind == LinkKind.PRODUCT else PATHS[kind].format(id=target_id)


def is_within_window(*, clicked_at: datetime, at: datetime, window_days: int = DEFAULT_WINDOW_DAYS) -> bool:
    """Say whether a visit still counts; both ends of the window do."""
    return clicked_at <= at <= clicked_at + timedelta(days=window_days)


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


def visitor_of(cookie: str | None, carried: str | None) -> str | None:
    """Who is visiting: the browser's own token first, then the one the link carried from another app or browser."""
    return next((each for each in (cookie, carried) if each and VISITOR.fullmatch(each)), None)

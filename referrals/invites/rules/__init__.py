"""When an invitation counts, who gets the credit, and what it is worth. Source: domain rules for attribution."""

from referrals.invites.rules.attribution import KINDS, Decision, Loser, Terms, decide
from referrals.invites.rules.links import (
    DEFAULT_WINDOW_DAYS,
    LINK_CODE_LENGTH,
    MOST_WINDOW_DAYS,
    is_within_window,
    path_to,
    visitor_of,
)
from referrals.invites.rules.rewards import MOST_POINTS, is_whole, points_for_side, reward_problems

__all__ = [
    "DEFAULT_WINDOW_DAYS",
    "KINDS",
    "LINK_CODE_LENGTH",
    "MOST_POINTS",
    "MOST_WINDOW_DAYS",
    "Decision",
    "Loser",
    "Terms",
    "decide",
    "is_whole",
    "is_within_window",
    "path_to",
    "points_for_side",
    "reward_problems",
    "visitor_of",
]

"""Pure decisions of promotions: about campaigns, reductions, coupons and refunds."""

from backend.promotions.rules.campaigns import (
    AUDIENCES,
    LARGEST_BUDGET,
    MOST_RULES,
    MOVES,
    SCHEDULED,
    admits,
    audience_problems,
    budget_problems,
    errors_in,
    is_live,
    may_move,
    name_problems,
    shown_state,
    window_problems,
)

__all__ = [
    "AUDIENCES",
    "LARGEST_BUDGET",
    "MOST_RULES",
    "MOVES",
    "SCHEDULED",
    "admits",
    "audience_problems",
    "budget_problems",
    "errors_in",
    "is_live",
    "may_move",
    "name_problems",
    "shown_state",
    "window_problems",
]

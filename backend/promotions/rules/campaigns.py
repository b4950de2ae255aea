"""Pure decisions about campaigns: when they are live, for whom, and what keeps them from running."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.languages import LOCALES
from backend.promotions.errors import Problem
from backend.promotions.models import CampaignState

SCHEDULED = "SCHEDULED"
AUDIENCES = ("all", "new", "returning")
LARGEST_BUDGET = 10**12
LARGEST_COUNT = 10**9
MOST_RULES = 20

MOVES: dict[str, frozenset[str]] = {
    CampaignState.DRAFT: frozenset({CampaignState.RUNNING, CampaignState.ENDED}),
    CampaignState.RUNNING: frozenset({CampaignState.PAUSED, CampaignState.ENDED}),
    CampaignState.PAUSED: frozenset({CampaignState.RUNNING, CampaignState.ENDED}),
    CampaignState.ENDED: frozenset(),
}


def may_move(state: str, to_state: str) -> bool:
    """Say whether a campaign may go from one state to another."""
    return to_state in MOVES[state]


def shown_state(state: str, *, starts_at: datetime, ends_at: datetime, now: datetime) -> str:
    """Judge the window at this moment: a started campaign waits before it and is over after it."""
    if state in (CampaignState.RUNNING, CampaignState.PAUSED) and now >= ends_at:
        return CampaignState.ENDED.value
    if state == CampaignState.RUNNING and now < starts_at:
        return SCHEDULED
    return str(state)


def is_live(state: str, *, starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Say whether the campaign makes offers now: the start is inside its window, the end is not."""
    return state == CampaignState.RUNNING and starts_at <= now < ends_at


def admits(audience: Mapping[str, Any], *, has_kept_order: bool, tier: str) -> bool:
    """Say whether a person belongs to the audience."""
    who = audience.get("who", "all")
    if who == "new" and has_kept_order:
        return False
    if who == "returning" and not has_kept_order:
        return False
    tiers = audience.get("tiers") or []
    return not tiers or tier in tiers


def audience_problems(audience: Mapping[str, Any]) -> list[Problem]:
    """Say what is wrong with an audience."""
    problems = []
    if audience.get("who", "all") not in AUDIENCES:
        problems.append(Problem("error", _("Choose whom the campaign is for: all, new or returning."), "audience"))
    tiers = audience.get("tiers") or []
    if not isinstance(tiers, list) or not all(isinstance(tier, str) for tier in tiers):
        problems.append(Problem("error", _("List the tiers by their keys, or none for every tier."), "audience"))
    return problems


def window_problems(*, starts_at: datetime, ends_at: datetime, now: datetime) -> list[Problem]:
    """Say what is wrong with the window."""
    if ends_at <= starts_at:
        return [Problem("error", _("The end must come after the start. Choose a later end."), "endsAt")]
    if ends_at <= now:
        return [Problem("error", _("The end has already passed. Choose a later end."), "endsAt")]
    return []


def name_problems(names: Mapping[str, Any]) -> list[Problem]:
    """Say which names are missing; without a simplified Chinese one a campaign has no name."""
    missing = [locale for locale in LOCALES if not str(names.get(locale) or "").strip()]
    if "zh-Hans" in missing:
        return [Problem("error", _("Enter a name in simplified Chinese."), "names")]
    if missing:
        return [Problem("warning", _("Some languages have no name yet; buyers there will see another."), "names")]
    return []


def budget_problems(
    *, budget_minor: int | None, budget_points: int | None, budget_count: int | None = None
) -> list[Problem]:
    """Say what is wrong with the budget."""
    problems = []
    for amount, field, largest in (
        (budget_minor, "budgetMoney", LARGEST_BUDGET),
        (budget_points, "budgetPoints", LARGEST_BUDGET),
        (budget_count, "budgetCount", LARGEST_COUNT),
    ):
        if amount is not None and not 1 <= amount <= largest:
            problems.append(Problem("error", _("Enter a budget above zero, or leave it open."), field))
    if budget_minor is None and budget_points is None and budget_count is None:
        problems.append(Problem("warning", _("Without a budget nothing stops the cost. Enter one."), "budgetMoney"))
    return problems


def errors_in(problems: Iterable[Problem]) -> list[Problem]:
    """Only those that keep a campaign from running."""
    return [problem for problem in problems if problem.severity == "error"]

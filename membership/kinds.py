"""The rule kinds that campaigns get from here: more points for orders, more points for a check-in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.promotions.errors import Problem
from backend.promotions.ports import CampaignFacts, RuleVersion
from backend.promotions.wording import in_every_language, in_language

LEAST_TIMES, MOST_TIMES = 11_000, 100_000
MOST_BONUS = 100
TIMES_TEXT = _("%(times)s times the points on every order")
BONUS_TEXT = _("%(points)s more points for each check-in")
Told = Iterator[tuple[str, str | Promise]]


class PointsKind:
    """What both kinds share: they ask the campaign whether they are live, so nothing is written at the start."""

    def started(self, rule: RuleVersion, now: datetime) -> None:
        """Nothing has to be written."""

    def stopped(self, rule: RuleVersion, now: datetime) -> None:
        """Nothing has to be written."""


class PointsMultiplier(PointsKind):
    """More points for orders that are placed while a campaign runs."""

    key = "points_multiplier"
    label: str | Promise = _("More points")

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the parameters."""
        times = params.get("timesBps")
        if type(times) is int and LEAST_TIMES <= times <= MOST_TIMES:
            return []
        return [Problem("error", _("Choose 1.1 to 10 times the points."), "timesBps")]

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""
        return in_language(TIMES_TEXT, locale, {"times": _times(params)})

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show the sentence; every product is touched."""
        return {"headline": in_every_language(TIMES_TEXT, {"times": _times(params)}), "productIds": [], "products": []}


class CheckInBonus(PointsKind):
    """More points for check-ins while a campaign runs."""

    key = "check_in_bonus"
    label: str | Promise = _("Check-in bonus")

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the parameters."""
        points = params.get("points")
        if type(points) is int and 1 <= points <= MOST_BONUS:
            return []
        return [Problem("error", _("Give 1 to 100 points more."), "points")]

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""
        return in_language(BONUS_TEXT, locale, {"points": params.get("points", "?")})

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show the sentence; no product is touched."""
        headline = in_every_language(BONUS_TEXT, {"points": params.get("points", "?")})
        return {"headline": headline, "productIds": [], "products": []}


def _times(params: Mapping[str, Any]) -> str:
    times = params.get("timesBps")
    return f"{times / 10_000:g}" if isinstance(times, int) else "?"


POINTS_MULTIPLIER = PointsMultiplier()
CHECK_IN_BONUS = CheckInBonus()

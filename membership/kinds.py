"""The rule kinds that campaigns get from here: more points for orders, more points for a check-in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.promotions.errors import Problem
from backend.promotions.kinds.shared import as_problems, shown_products
from backend.promotions.ports import CampaignFacts, RuleVersion
from backend.promotions.rules.scope import read_scope, scope_problems
from backend.promotions.wording import in_every_language, in_language

LEAST_TIMES, MOST_TIMES = 11_000, 100_000
MOST_BONUS = 100
TIMES_TEXT = _("%(times)s times the points on every order")
SCOPED_TEXT = _("%(times)s times the points on chosen goods")
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
        return as_problems([*_times_problems(params), *scope_problems(params.get("scope"))])

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""
        return in_language(_text(params), locale, {"times": _times(params)})

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show the sentence and the first products; without a scope every product is touched."""
        headline = in_every_language(_text(params), {"times": _times(params)})
        if not _is_scoped(params):
            return {"headline": headline, "productIds": [], "products": []}
        return {"headline": headline, **shown_products(params)}


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


def _times_problems(params: Mapping[str, Any]) -> Told:
    times = params.get("timesBps")
    if type(times) is not int or not LEAST_TIMES <= times <= MOST_TIMES:
        yield "timesBps", _("Choose 1.1 to 10 times the points.")


def _is_scoped(params: Mapping[str, Any]) -> bool:
    scope = params.get("scope")
    return not list(scope_problems(scope)) and not read_scope(scope).is_everything


def _text(params: Mapping[str, Any]) -> str | Promise:
    return SCOPED_TEXT if _is_scoped(params) else TIMES_TEXT


def _times(params: Mapping[str, Any]) -> str:
    times = params.get("timesBps")
    return f"{times / 10_000:g}" if isinstance(times, int) else "?"


POINTS_MULTIPLIER = PointsMultiplier()
CHECK_IN_BONUS = CheckInBonus()

"""The rule kind `contest`: people show what they bought, and those with the most votes get points."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.promotions.errors import Problem
from backend.promotions.ports import CampaignFacts, RuleVersion
from backend.promotions.wording import in_every_language, in_language
from community.contests import rules
from community.contests.actions import close_early, open_contest
from community.forum.models import Topic

SUMMARY = _("Contest in “%(topic)s”: %(count)s prizes, %(points)s points in all")
NAMELESS = {"zh-Hans": "…", "zh-Hant": "…", "en": "…"}


class ContestKind:
    """A contest as a kind of rule. The campaign's window is the contest's, its points pay the prizes."""

    key = "contest"
    label: str | Promise = _("Contest")

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the parameters."""
        problems = [Problem("error", message, field) for field, message in rules.shape_problems(params)]
        if not problems and not Topic.objects.filter(slug=params["topic"]).exists():
            problems.append(Problem("error", _("There is no such circle. Choose another one."), "topic"))
        return problems

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""
        return in_language(SUMMARY, locale, self._places(params))

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show the sentence; no product is touched."""
        return {"headline": in_every_language(SUMMARY, self._places(params)), "productIds": [], "products": []}

    def started(self, rule: RuleVersion, now: datetime) -> None:
        """Open the contest and set its prizes aside, once for all versions of the rule."""
        open_contest(rule=rule, now=now)

    def stopped(self, rule: RuleVersion, now: datetime) -> None:
        """A pause takes neither entries nor votes; an end closes the contest, and it is judged."""
        close_early(lineage_id=rule.lineage_id, now=now)

    def _places(self, params: Mapping[str, Any]) -> dict[str, Any]:
        prizes = params.get("prizes")
        numbers = [each for each in prizes if isinstance(each, int)] if isinstance(prizes, list) else []
        names = Topic.objects.filter(slug=str(params.get("topic", ""))).values_list("names", flat=True).first()
        return {"topic": names or NAMELESS, "count": len(numbers), "points": sum(numbers)}


CONTEST = ContestKind()

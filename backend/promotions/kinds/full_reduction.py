"""The rule kind `full_reduction`: so much off from an amount on, in steps, once per order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.promotions.errors import Problem
from backend.promotions.kinds.shared import Quiet, Told, as_problems, shared_problems, shown_products
from backend.promotions.ports import CampaignFacts
from backend.promotions.rules.reductions import half_up
from backend.promotions.rules.scope import is_whole
from backend.promotions.wording import in_every_language, in_language, percent, yuan

MOST_STEPS = 6
LARGEST = 10**9
STEP_TEXT = _("%(off)s off from %(from)s")
BETWEEN = {"zh-Hans": "，", "zh-Hant": "，", "en": ", "}


class FullReduction(Quiet):
    """Full reductions as a kind of rule."""

    key = "full_reduction"
    label: str | Promise = _("Full reduction")

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the parameters."""
        return as_problems([*_step_problems(params.get("steps")), *shared_problems(params)])

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""
        steps = params.get("steps")
        readable = [step for step in steps if isinstance(step, Mapping)] if isinstance(steps, list) else []
        return BETWEEN[locale].join(step_text(step, locale) for step in readable) or "?"

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show the steps and the first products."""
        return {"headline": headline(params), "steps": params["steps"], **shown_products(params)}


FULL_REDUCTION = FullReduction()


def headline(params: Mapping[str, Any]) -> dict[str, str]:
    """What the reduction does, in every language."""
    return {locale: FULL_REDUCTION.describe(params, locale) for locale in BETWEEN}


def step_text(step: Mapping[str, Any], locale: str) -> str:
    """One step in one language."""
    return in_language(STEP_TEXT, locale, _places(step))


def step_texts(step: Mapping[str, Any]) -> dict[str, str]:
    """One step in every language."""
    return in_every_language(STEP_TEXT, _places(step))


def _places(step: Mapping[str, Any]) -> dict[str, object]:
    minor, bps, least = step.get("offMinor"), step.get("offBps"), step.get("fromMinor")
    off = yuan(minor) if isinstance(minor, int) else percent(bps) if isinstance(bps, int) else "?"
    return {"off": off, "from": yuan(least) if isinstance(least, int) else "?"}


def _step_problems(steps: object) -> Told:
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
        yield "steps", _("Enter one to six steps.")
        return
    last_from, last_off = 0, 0
    for step in steps:
        if not isinstance(step, Mapping) or not is_whole(step.get("fromMinor"), 1, LARGEST):
            yield "steps", _("Each step starts from an amount above zero.")
            return
        yield from _worth_problems(step)
        worth = _worth(step)
        if step["fromMinor"] <= last_from or worth <= last_off:
            yield "steps", _("Each step must start higher and take off more than the one before.")
        last_from, last_off = step["fromMinor"], worth


def _worth_problems(step: Mapping[str, Any]) -> Told:
    minor, bps = step.get("offMinor"), step.get("offBps")
    if (minor is None) == (bps is None):
        yield "steps", _("A step takes off either an amount or a share.")
    elif bps is not None and not is_whole(bps, 1, 10_000):
        yield "steps", _("A discount is more than 0 and at most 100 percent.")
    elif minor is not None and not is_whole(minor, 1, step["fromMinor"]):
        yield "steps", _("A step takes off more than nothing and no more than the amount it starts from.")


def _worth(step: Mapping[str, Any]) -> int:
    minor, bps = step.get("offMinor"), step.get("offBps")
    if isinstance(minor, int):
        return minor
    return half_up(step["fromMinor"], bps) if isinstance(bps, int) else 0

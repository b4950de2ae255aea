"""Why points were given: the causes that this app fills itself."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from backend.core.languages import LOCALES, django_language, translate
from backend.core.money import BASIS_POINTS, Money
from membership.models import ThanksRule, TierStep
from membership.ports import WhyStep
from membership.rules import FEN_PER_YUAN, ONCE, check_in_points, points_for


class OrderPoints:
    """Points for what a buyer paid and kept."""

    key = "order"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("Points for shopping")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        times = ONCE if "lines" in facts else facts.get("times_bps", ONCE)
        rate = facts["points_per_yuan"] * facts["multiplier_bps"] * times // ONCE
        return [
            WhyStep(
                _("You bought something"),
                _("Order %(number)s, goods %(goods)s without shipping")
                % {"number": facts["order_number"], "goods": yuan(facts["goods_minor"])},
                datetime.fromisoformat(facts["confirmed_at"]),
            ),
            WhyStep(
                _("The rule"),
                _("Version %(version)s: %(rate)s points for each yuan")
                % {"version": facts["rule_version"], "rate": f"{rate / BASIS_POINTS:g}"},
            ),
            *self._level(facts),
            *self._lines(facts),
            WhyStep(_("The sum"), self._sum(facts, rate=rate, points=points)),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return points_for(
            Money(facts["goods_minor"]),
            points_per_yuan=facts["points_per_yuan"],
            multiplier_bps=facts["multiplier_bps"],
            times_bps=facts.get("times_bps", ONCE),
            raised=Money(facts["raised_minor"]) if "raised_minor" in facts else None,
        ).amount

    def _level(self, facts: Mapping[str, Any]) -> Iterator[WhyStep]:
        """What the level and a campaign make of a point."""
        if facts["multiplier_bps"] != BASIS_POINTS and "tier_names" in facts:
            names = {"tier": translated(facts["tier_names"]), "times": f"{facts['multiplier_bps'] / BASIS_POINTS:g}"}
            yield WhyStep(_("Your level"), _("%(tier)s, when you placed the order: %(times)s times") % names)
        if facts.get("times_bps", ONCE) != ONCE:
            words = (
                _("%(times)s times the points on chosen goods") if "lines" in facts else _("%(times)s times the points")
            )
            yield WhyStep(_("A campaign"), words % {"times": f"{facts['times_bps'] / ONCE:g}"})

    def _lines(self, facts: Mapping[str, Any]) -> Iterator[WhyStep]:
        """What each line earns, where a campaign is about some of them."""
        for line in facts.get("lines", ()):
            rate = facts["points_per_yuan"] * facts["multiplier_bps"] * line["times_bps"] // ONCE
            places = {"goods": yuan(line["minor"]), "rate": f"{rate / BASIS_POINTS:g}"}
            yield WhyStep(translated(line["titles"]), _("%(goods)s × %(rate)s points") % places)

    def _sum(self, facts: Mapping[str, Any], *, rate: int, points: int) -> str:
        if "lines" in facts:
            return _("All lines together: %(points)s points, rounded down once") % {"points": points}
        places = {"goods": yuan(facts["goods_minor"]), "rate": f"{rate / BASIS_POINTS:g}", "points": points}
        return _("%(goods)s × %(rate)s = %(points)s points, rounded down") % places


class ReturnedPoints:
    """Points that came back after the lot they were taken from had lapsed."""

    key = "returned"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("Points that came back")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        return [
            WhyStep(
                _("You used them, and they came back"),
                _("They had lapsed in the meantime, so you have thirty more days."),
                datetime.fromisoformat(facts["returned_at"]),
            )
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return int(facts["points"])


class CheckInPoints:
    """Points for being here on a day."""

    key = "check_in"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("Made-up check-in") if facts["is_made_up"] else gettext_lazy("Daily check-in")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        campaign = facts.get("campaign") or {"points": 0}
        bonus = points - facts["points"] - campaign["points"]
        steps = [
            WhyStep(
                _("You were here") if not facts["is_made_up"] else _("You made up for a day"),
                _("%(day)s, day %(streak)s in a row") % {"day": facts["day"], "streak": facts["streak"]},
                datetime.fromisoformat(facts["at"]),
            ),
            WhyStep(
                _("The rule"),
                _("Version %(version)s: %(points)s points a day")
                % {"version": facts["rule_version"], "points": facts["points"]},
            ),
        ]
        if bonus:
            steps.append(
                WhyStep(
                    _("Days in a row"),
                    _("%(points)s + %(bonus)s = %(total)s points")
                    % {"points": facts["points"], "bonus": bonus, "total": facts["points"] + bonus},
                )
            )
        if campaign["points"]:
            more = {"campaign": translated(campaign["names"]), "points": campaign["points"]}
            steps.append(WhyStep(_("A campaign"), _("%(campaign)s: %(points)s points more") % more))
        return steps

    def recompute(self, facts: Mapping[str, Any]) -> int:
        day = check_in_points(streak=facts["streak"], points=facts["points"], bonuses=facts["bonuses"]).amount
        return day + int((facts.get("campaign") or {"points": 0})["points"])


class TaskPoints:
    """Points for a finished task."""

    key = "task"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return translated(facts["names"])

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        return [
            WhyStep(
                _("You finished a task"),
                _("%(count)s of %(goal)s done") % {"count": facts["count"], "goal": facts["goal"]},
                datetime.fromisoformat(facts["at"]),
            ),
            WhyStep(
                _("The rule"),
                _("Version %(version)s of this task: %(points)s points, once")
                % {"version": facts["version"], "points": facts["points"]},
            ),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return int(facts["points"]) if facts["count"] >= facts["goal"] else 0


class SurveyPoints:
    """Points for answering a survey."""

    key = "survey"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("Thanks for your answers")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        return [
            WhyStep(
                _("You told us how the delivery went"),
                _("What you answered does not matter."),
                datetime.fromisoformat(facts["at"]),
            ),
            thanks_step(facts),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return ThanksRule.objects.get(key=self.key, version=facts["version"]).points


class SuggestionPoints:
    """Points for a suggestion that was taken up."""

    key = "suggestion"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("Thanks for your suggestion")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        return [
            WhyStep(
                _("We take up what you suggested"), _("Each suggestion once."), datetime.fromisoformat(facts["at"])
            ),
            thanks_step(facts),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return ThanksRule.objects.get(key=self.key, version=facts["version"]).points


class BirthdayPoints:
    """The gift of a level, once a year."""

    key = "birthday"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("Birthday gift")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        return [
            WhyStep(
                _("Your birthday"),
                _("The gift of %(year)s; there is one each year") % {"year": facts["year"]},
                datetime.fromisoformat(facts["at"]),
            ),
            WhyStep(
                _("The rule"),
                _("Version %(version)s: %(tier)s gets %(points)s points")
                % {"version": facts["policy"], "tier": translated(facts["tier_names"]), "points": facts["points"]},
            ),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return TierStep.objects.get(policy_id=facts["policy"], tier_id=facts["tier"]).birthday_points


class GrantedPoints:
    """Points that staff gave by hand."""

    key = "grant"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("From our team")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        return [WhyStep(_("Our team gave them to you"), facts["reason"], datetime.fromisoformat(facts["at"]))]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return int(facts["points"])


class ReinstatedPoints:
    """Points that had lapsed and were brought back."""

    key = "reinstated"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("Lapsed points brought back")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        lapsed_at = datetime.fromisoformat(facts["lapsed_at"])
        return [
            WhyStep(_("They had lapsed"), _("%(points)s points") % {"points": points}, lapsed_at),
            WhyStep(_("Our team brought them back"), facts["reason"], datetime.fromisoformat(facts["at"])),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return int(facts["points"])


def thanks_step(facts: Mapping[str, Any]) -> WhyStep:
    """The rule of a thank-you."""
    return WhyStep(_("The rule"), _("Version %(version)s: %(points)s points") % dict(facts))


def translated(names: Mapping[str, str]) -> str:
    """A stored text in the language of the reader."""
    return translate(names, locale_now())


def locale_now() -> str:
    """The locale whose texts are spoken now."""
    language = get_language() or ""
    return next((locale for locale in LOCALES if django_language(locale) == language), "zh-Hans")


def yuan(minor: int) -> str:
    """Write an amount as people read it: ¥39.90."""
    return f"¥{minor // FEN_PER_YUAN:,}.{minor % FEN_PER_YUAN:02d}"

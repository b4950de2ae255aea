"""Points for shopping: the cause that this app fills itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core.money import BASIS_POINTS, Money
from membership.ports import WhyStep
from membership.rules import FEN_PER_YUAN, check_in_points, points_for


class OrderPoints:
    """Points for what a buyer paid and kept."""

    key = "order"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("Points for shopping")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        rate = facts["points_per_yuan"] * facts["multiplier_bps"]
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
            WhyStep(
                _("The sum"),
                _("%(goods)s × %(rate)s = %(points)s points, rounded down")
                % {
                    "goods": yuan(facts["goods_minor"]),
                    "rate": f"{rate / BASIS_POINTS:g}",
                    "points": points,
                },
            ),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return points_for(
            Money(facts["goods_minor"]),
            points_per_yuan=facts["points_per_yuan"],
            multiplier_bps=facts["multiplier_bps"],
        ).amount


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
        bonus = points - facts["points"]
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
                    % {"points": facts["points"], "bonus": bonus, "total": points},
                )
            )
        return steps

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return check_in_points(streak=facts["streak"], points=facts["points"], bonuses=facts["bonuses"]).amount


def yuan(minor: int) -> str:
    """Write an amount as people read it: ¥39.90."""
    return f"¥{minor // FEN_PER_YUAN:,}.{minor % FEN_PER_YUAN:02d}"

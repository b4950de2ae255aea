"""Points for shopping: the cause that this app fills itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core.money import BASIS_POINTS, Money
from membership.ports import WhyStep
from membership.rules import FEN_PER_YUAN, points_for


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


def yuan(minor: int) -> str:
    """Write an amount as people read it: ¥39.90."""
    return f"¥{minor // FEN_PER_YUAN:,}.{minor % FEN_PER_YUAN:02d}"

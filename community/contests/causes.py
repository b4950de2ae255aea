"""Why points were given: a place in a contest."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership.causes import translated
from membership.ports import WhyStep


class ContestPrize:
    """The prize of a rank, as the contest promised it before anybody took part."""

    key = "contest"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        """Name the cause in a few words."""
        return gettext_lazy("Prize of a contest")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        """Tell the contest, the votes, and the prize of the rank."""
        prizes = ", ".join(str(each) for each in facts["prizes"])
        return [
            WhyStep(
                _("You took part in a contest"),
                _("%(contest)s: %(votes)s votes, rank %(rank)s")
                % {"contest": translated(facts["names"]), "votes": facts["votes"], "rank": facts["rank"]},
                datetime.fromisoformat(facts["at"]),
            ),
            WhyStep(
                _("The prizes"),
                _("%(prizes)s points by rank; rank %(rank)s gets %(points)s")
                % {"prizes": prizes, "rank": facts["rank"], "points": points},
            ),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        """Compute the points again: the prize of the rank."""
        return int(facts["prizes"][facts["rank"] - 1])

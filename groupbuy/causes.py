"""Points that group buying gives, and how each is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership.ports import WhyStep


class ConsolationPoints:
    """Points for those who were not drawn in a lottery group."""

    key = "lottery_consolation"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        """Name the cause."""
        return gettext_lazy("Consolation of a draw")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        """Tell which draw it was and what its rule promised."""
        return [
            WhyStep(
                _("You took part in a draw"),
                _("You were not drawn; everything you paid went back."),
                datetime.fromisoformat(facts["drawnAt"]),
            ),
            WhyStep(_("The rule"), _("%(points)s points for everybody who is not drawn") % {"points": facts["points"]}),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        """The promised points."""
        return int(facts["points"])

"""Points that group buying gives, and how each is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groupbuy import rules
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


class LeaderPoints:
    """Points for the one who opened a group whose people kept their goods."""

    key = "leader_benefit"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        """Name the cause."""
        return gettext_lazy("Leading a group")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        """Tell how many seats kept their goods, and what the rule promised."""
        return [
            WhyStep(
                _("Your group kept its goods"),
                _("%(kept)s of %(seats)s seats, %(needed)s are needed for all of it")
                % {name: facts[name] for name in ("kept", "seats", "needed")},
                datetime.fromisoformat(facts["settledAt"]),
            ),
            WhyStep(_("The rule"), _("%(points)s points for who opens a group") % {"points": facts["promised"]}),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        """The sum of the rule."""
        return rules.leader_share(
            promised=facts["promised"], seats=facts["seats"], needed=facts["needed"], kept=facts["kept"]
        )

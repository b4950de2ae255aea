"""Why points were given for words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.reviews.rules import points as rules
from membership.ports import WhyStep


class ReviewPoints:
    """Points for a review of some substance."""

    key = "review_reward"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("Points for your review")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        return [
            WhyStep(_("You reviewed what you bought"), _("How many stars you gave does not matter."), _at(facts)),
            WhyStep(
                _("The rule"),
                _("%(words)s points for words, %(pictures)s more with a picture")
                % {"words": rules.POINTS_FOR_WORDS, "pictures": rules.POINTS_FOR_PICTURES},
            ),
            WhyStep(
                _("The sum"),
                _("%(pictures)s pictures: %(points)s points") % {"pictures": facts["pictures"], "points": points},
            ),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        if not facts["has_substance"]:
            return 0
        return rules.POINTS_FOR_WORDS + (rules.POINTS_FOR_PICTURES if facts["pictures"] else 0)


class AnswerPoints:
    """Points for an answer that helped the asker."""

    key = "answer_reward"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("Points for your answer")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        return [
            WhyStep(_("Your answer was accepted"), _("The asker says that it helped."), _at(facts)),
            WhyStep(_("The rule"), _("%(points)s points for an accepted answer") % {"points": points}),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return rules.POINTS_FOR_ANSWER


def _at(facts: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(facts["at"])

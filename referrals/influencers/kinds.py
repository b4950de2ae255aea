"""The rule kind `commission`: while a campaign runs, creators earn more of chosen products."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.promotions.errors import Problem
from backend.promotions.kinds.shared import Quiet, as_problems, shown_products
from backend.promotions.ports import CampaignFacts
from backend.promotions.rules.scope import is_whole, scope_problems
from backend.promotions.wording import in_every_language, in_language, percent
from referrals.influencers.models import CreatorTier
from referrals.influencers.rules.sums import MOST_BPS
from referrals.influencers.selectors.campaigns import creators_count

HEADLINE = _("Creators earn %(rate)s")
HEADLINE_LEVELS = _("%(said)s, from %(count)s of 4 levels")


class CommissionKind(Quiet):
    """A higher commission as a kind of rule. The locked rate of a creator stays below it, for when it ends."""

    key = "commission"
    label: str | Promise = _("Commission")

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the parameters."""
        return as_problems([*_own_problems(params), *scope_problems(params.get("scope"))])

    def forbidden(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what may not even be kept: more than everything, or less than nothing."""
        rate = params.get("rateBps")
        if isinstance(rate, int) and not 0 <= rate <= MOST_BPS:
            return as_problems(_rate_problems(params))
        return []

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""
        said = in_language(HEADLINE, locale, {"rate": _rate(params)})
        levels = params.get("creatorTiers")
        if not levels or not isinstance(levels, list):
            return said
        return in_language(HEADLINE_LEVELS, locale, {"said": said, "count": len(levels)})

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show what creators will read, the first products, and how many creators it is for."""
        return {
            "headline": in_every_language(HEADLINE, {"rate": _rate(params)}),
            "creators": creators_count(tiers=params.get("creatorTiers") or []),
            "endsAt": campaign.ends_at.isoformat(),
            **shown_products(params),
        }


COMMISSION = CommissionKind()


def _own_problems(params: Mapping[str, Any]) -> Iterator[tuple[str, str | Promise]]:
    yield from _rate_problems(params)
    levels = params.get("creatorTiers", [])
    if not isinstance(levels, list) or not all(level in CreatorTier.values for level in levels):
        yield "creatorTiers", _("Choose levels of creators, or none for all of them.")


def _rate_problems(params: Mapping[str, Any]) -> Iterator[tuple[str, str | Promise]]:
    if not is_whole(params.get("rateBps"), 1, MOST_BPS):
        yield "rateBps", _("A commission is more than 0 and at most 100 percent.")


def _rate(params: Mapping[str, Any]) -> str:
    rate = params.get("rateBps")
    return percent(rate) if isinstance(rate, int) else "?"

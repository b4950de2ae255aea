"""The rule kind `line_promotion`: N for the price of M, or the second piece at half price."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.promotions.errors import Problem
from backend.promotions.kinds.shared import Quiet, Told, as_problems, shared_problems, shown_products
from backend.promotions.ports import CampaignFacts
from backend.promotions.rules.reductions import N_FOR_M, NTH_PRICE
from backend.promotions.rules.scope import is_whole
from backend.promotions.wording import in_every_language, in_language, percent

N_FOR_M_TEXT = _("Take %(buy)s, pay for %(pay)s: the cheapest are free")
NTH_TEXT = _("Piece %(nth)s of the same product: %(off)s off")
NTH_FREE_TEXT = _("Piece %(nth)s of the same product is free")


class LinePromotion(Quiet):
    """Line promotions as a kind of rule."""

    key = "line_promotion"
    label: str | Promise = _("More pieces for less")

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the parameters."""
        return as_problems([*_own_problems(params), *shared_problems(params)])

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""
        return in_language(*_sentence(params, locale))

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show the sentence and the first products."""
        return {"headline": headline(params), **shown_products(params)}


LINE_PROMOTION = LinePromotion()


def headline(params: Mapping[str, Any]) -> dict[str, str]:
    """What the promotion does, in every language."""
    sentence, _locale, places = _sentence(params, "en")
    return in_every_language(sentence, places)


def _sentence(params: Mapping[str, Any], locale: str) -> tuple[str | Promise, str, dict[str, object]]:
    if params.get("type") == N_FOR_M:
        return N_FOR_M_TEXT, locale, {"buy": params.get("buy", "?"), "pay": params.get("pay", "?")}
    off = params.get("offBps")
    if off == 10_000:
        return NTH_FREE_TEXT, locale, {"nth": params.get("nth", 2)}
    return NTH_TEXT, locale, {"nth": params.get("nth", 2), "off": percent(off) if isinstance(off, int) else "?"}


def _own_problems(params: Mapping[str, Any]) -> Told:
    kind = params.get("type")
    if kind == N_FOR_M:
        buy, pay = params.get("buy"), params.get("pay")
        if not is_whole(buy, 2, 20):
            yield "buy", _("Let people take 2 to 20 pieces.")
        elif not is_whole(pay, 1, 19) or not isinstance(pay, int) or pay >= params["buy"]:
            yield "pay", _("The pieces to pay for must be fewer than those taken.")
    elif kind == NTH_PRICE:
        if not is_whole(params.get("nth"), 2, 10):
            yield "nth", _("Choose piece 2 to 10.")
        if not is_whole(params.get("offBps"), 1, 10_000):
            yield "offBps", _("A discount is more than 0 and at most 100 percent.")
    else:
        yield "type", _("Choose between several pieces for less and a cheaper second piece.")

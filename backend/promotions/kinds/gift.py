"""The rule kind `gift`: something is put into the parcel, from an amount or a number of pieces on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.catalogue.selectors import sellable_variants
from backend.promotions.errors import Problem
from backend.promotions.kinds.shared import Quiet, Told, as_problems, shared_problems, shown_products
from backend.promotions.ports import CampaignFacts
from backend.promotions.rules.scope import is_id_list, is_whole
from backend.promotions.wording import in_every_language, in_language, yuan

MOST_GIFTS = 5
LARGEST = 10**9
FROM_AMOUNT = _("A gift from %(from)s on: %(gift)s")
FROM_PIECES = _("A gift with %(pieces)s pieces or more: %(gift)s")
Told3 = tuple[str | Promise, dict[str, object]]


class GiftRule(Quiet):
    """Gifts as a kind of rule."""

    key = "gift"
    label: str | Promise = _("Gift")

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the parameters; what is given must be on the shelf."""
        problems = as_problems([*_own_problems(params), *shared_problems(params)])
        return problems or _shelf_problems(params)

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""
        if as_problems(_own_problems(params)):
            return "?"
        sentence, places = _sentence(params)
        return in_language(sentence, locale, places)

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show the sentence, the gifts in their order, and the first products."""
        return {"headline": headline(params), "gifts": list(_gift_rows(params)), **shown_products(params)}


GIFT = GiftRule()


def gift_ids(params: Mapping[str, Any]) -> list[UUID]:
    """The variants that may be given, the first one that is in stock first."""
    return [UUID(str(each)) for each in params["variantIds"]]


def headline(params: Mapping[str, Any]) -> dict[str, str]:
    """What the rule gives, in every language."""
    return in_every_language(*_sentence(params))


def _sentence(params: Mapping[str, Any]) -> Told3:
    rows = sellable_variants(gift_ids(params)[:1])
    gift = next((row.product_title for row in rows.values()), {})
    if params.get("fromMinor"):
        return FROM_AMOUNT, {"from": yuan(params["fromMinor"]), "gift": gift}
    return FROM_PIECES, {"pieces": params.get("fromPieces") or 1, "gift": gift}


def _gift_rows(params: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    rows = sellable_variants(gift_ids(params))
    for variant_id in gift_ids(params):
        if row := rows.get(variant_id):
            yield {
                "variantId": str(variant_id),
                "slug": row.product_slug,
                "title": row.product_title,
                "worthMinor": row.price_minor,
            }


def _own_problems(params: Mapping[str, Any]) -> Told:
    if not is_id_list(params.get("variantIds"), least=1, most=MOST_GIFTS):
        yield "variantIds", _("Choose one gift, and up to four that stand in when it runs out.")
    if not is_whole(params.get("quantity", 1), 1, 9):
        yield "quantity", _("Give 1 to 9 pieces.")
    amount, pieces = params.get("fromMinor"), params.get("fromPieces")
    if (amount is None) == (pieces is None):
        yield "fromMinor", _("Say from which amount or from how many pieces the gift is given.")
    elif amount is not None and not is_whole(amount, 1, LARGEST):
        yield "fromMinor", _("Enter an amount above zero.")
    elif pieces is not None and not is_whole(pieces, 1, 99):
        yield "fromPieces", _("Enter 1 to 99 pieces.")


def _shelf_problems(params: Mapping[str, Any]) -> list[Problem]:
    if len(sellable_variants(gift_ids(params))) < len(set(gift_ids(params))):
        return [Problem("error", _("Some of these gifts are not on the shelf. Choose others."), "variantIds")]
    return []

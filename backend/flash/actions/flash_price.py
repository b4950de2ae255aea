"""The rule kind `flash_price`: which variants at which price, how many of each, and who may buy first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.catalogue.models import ProductState, Variant
from backend.flash.actions.run_sale import announce_sale, stop_sale
from backend.flash.rules import read_terms
from backend.inventory.selectors import available_of
from backend.promotions.errors import Problem
from backend.promotions.ports import CampaignFacts, RuleVersion
from backend.promotions.wording import in_language, yuan

MOST_ITEMS = 20
MOST_PIECES = 10_000
MOST_PER_PERSON = 9
MOST_HOURS = 24
SHOWN = 3

SUMMARY = _("%(count)s kinds from %(price)s, %(pieces)s pieces, %(limit)s per person")
SUMMARY_EARLY = _("%(summary)s; members may begin up to %(hours)s hours earlier")


class FlashPrice:
    """Flash prices as a kind of rule."""

    key = "flash_price"
    label: str | Promise = _("Flash sale")

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the parameters."""
        problems = [Problem("error", message, field) for field, message in _shape_problems(params)]
        return problems or _shelf_problems(params)

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""
        if list(_shape_problems(params)):
            return in_language(self.label, locale)
        terms = read_terms(params)
        places = {
            "count": len(terms.items),
            "price": yuan(min(item.price_minor for item in terms.items)),
            "pieces": sum(item.quota for item in terms.items),
            "limit": terms.per_person,
        }
        summary = in_language(SUMMARY, locale, places)
        if not terms.early_hours:
            return summary
        return in_language(SUMMARY_EARLY, locale, {"summary": summary, "hours": max(terms.early_hours.values())})

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show the first variants as a buyer would see them."""
        if list(_shape_problems(params)):
            return {"productIds": [], "products": []}
        terms = read_terms(params)
        variants = _variants(params)
        return {
            "productIds": sorted({str(variant.product_id) for variant in variants.values()}),
            "perPerson": terms.per_person,
            "pieces": sum(item.quota for item in terms.items),
            "products": [
                _buyer_row(variants[item.variant_id], item.price_minor, item.quota)
                for item in terms.items
                if item.variant_id in variants
            ][:SHOWN],
        }

    def started(self, rule: RuleVersion, now: datetime) -> None:
        """Announce the sale; its pieces are taken out of stock when it opens."""
        announce_sale(rule=rule, terms=read_terms(rule.params), now=now)

    def stopped(self, rule: RuleVersion, now: datetime) -> None:
        """Pause the sale, or abort it for good."""
        stop_sale(rule=rule, now=now)


FLASH_PRICE = FlashPrice()


def _shape_problems(params: Mapping[str, Any]) -> Iterator[tuple[str, str | Promise]]:
    items = params.get("items")
    if not isinstance(items, list) or not 1 <= len(items) <= MOST_ITEMS or not all(map(_is_item, items)):
        yield "items", _("Choose 1 to 20 kinds, each with a price above zero and 1 to 10,000 pieces.")
    elif len({str(UUID(str(item["variantId"]))) for item in items}) < len(items):
        yield "items", _("One kind stands in the list twice. Keep one line of it.")
    if not _is_whole(params.get("perPerson", 1), 1, MOST_PER_PERSON):
        yield "perPerson", _("Let each person take 1 to 9 pieces.")
    hours = params.get("earlyAccessHours") or {}
    if not isinstance(hours, Mapping) or not all(
        isinstance(tier, str) and len(tier) <= 40 and _is_whole(each, 0, MOST_HOURS) for tier, each in hours.items()
    ):
        yield "earlyAccessHours", _("Let a tier begin 0 to 24 hours earlier.")
    if not isinstance(params.get("flagHouseholds", True), bool):
        yield "flagHouseholds", _("Say yes or no.")


def _shelf_problems(params: Mapping[str, Any]) -> list[Problem]:
    """Compare with the shelf: what is offered must be on sale, cost less than alone, and be in stock."""
    terms = read_terms(params)
    variants = _variants(params)
    if len(variants) < len(terms.items):
        return [Problem("error", _("Some of these kinds are no longer for sale. Take them out."), "items")]
    if any(item.price_minor >= variants[item.variant_id].price_minor for item in terms.items):
        return [Problem("error", _("A flash price must be lower than the normal price. Enter lower prices."), "items")]
    free = available_of(variants)
    if any(item.quota > free[item.variant_id] for item in terms.items):
        return [
            Problem("warning", _("Of some kinds fewer are in stock; the sale will have as many as there are."), "items")
        ]
    return []


def _variants(params: Mapping[str, Any]) -> dict[UUID, Variant]:
    ids = [item.variant_id for item in read_terms(params).items]
    return Variant.objects.select_related("product").filter(product__state=ProductState.PUBLISHED).in_bulk(ids)


def _buyer_row(variant: Variant, price_minor: int, quota: int) -> dict[str, Any]:
    return {
        "productId": str(variant.product_id),
        "variantId": str(variant.pk),
        "slug": variant.product.slug,
        "title": variant.product.title,
        "kind": variant.title,
        "priceMinor": price_minor,
        "singlePriceMinor": variant.price_minor,
        "saving": yuan(variant.price_minor - price_minor),
        "pieces": quota,
    }


def _is_item(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    try:
        UUID(str(value.get("variantId")))
    except ValueError:
        return False
    return _is_whole(value.get("priceMinor"), 1, 10**10) and _is_whole(value.get("quota"), 1, MOST_PIECES)


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most

"""The rule kind `group_price`: which products can be bought in groups, by how many, at which price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.catalogue.models import Product, ProductState, Variant
from backend.core.money import Money
from backend.promotions.errors import Problem
from backend.promotions.ports import CampaignFacts, RuleVersion
from groupbuy import rules
from groupbuy.models import Joiners, Offer
from groupbuy.wording import in_language, yuan

MOST_PRODUCTS = 500
SHOWN = 3
ON_TOP = frozenset({"line_promotion", "full_reduction", "gift", "coupon", "points"})

SUMMARY = _("%(size)s people within %(hours)s hours, %(price)s, %(count)s products")
SUMMARY_FIXED = _("a fixed group price")
SUMMARY_DISCOUNT = _("%(percent)s%% off")


class GroupPrice:
    """Group prices as a kind of rule."""

    key = "group_price"
    label: str | Promise = _("Group price")

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the parameters."""
        problems = [Problem("error", message, field) for field, message in _shape_problems(params)]
        return problems or _price_problems(params)

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""
        bps = params.get("discountBps")
        if isinstance(bps, int):
            percent = f"{bps / 100:g}"
            price = in_language(SUMMARY_DISCOUNT, locale, {"percent": percent})
        else:
            price = in_language(SUMMARY_FIXED, locale)
        places = {
            "size": params.get("size", "?"),
            "hours": params.get("ttlHours", 24),
            "price": price,
            "count": len(params.get("productIds") or []),
        }
        return in_language(SUMMARY, locale, places)

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show the first products as a buyer would see them."""
        if list(_shape_problems(params)):
            return {"productIds": [], "products": []}
        terms = rules.read_terms(params)
        found = Product.objects.filter(pk__in=terms.product_ids, state=ProductState.PUBLISHED)
        shown = list(found.order_by("-rank", "-id")[:SHOWN])
        return {
            "productIds": [str(each) for each in terms.product_ids],
            "size": terms.size,
            "ttlHours": terms.ttl_hours,
            "products": [row for product in shown if (row := _buyer_row(product, terms))],
        }

    def started(self, rule: RuleVersion, now: datetime) -> None:
        """Write one offer per product; a version that has worked before has them already."""
        terms = rules.read_terms(rule.params)
        known = set(Product.objects.filter(pk__in=terms.product_ids).values_list("pk", flat=True))
        Offer.objects.bulk_create(
            [
                Offer(
                    rule_id=rule.id,
                    campaign_id=rule.campaign_id,
                    product_id=product_id,
                    size=terms.size,
                    ttl_hours=terms.ttl_hours,
                    discount_bps=terms.discount_bps,
                    prices=dict(terms.prices),
                    open_limit=terms.open_limit,
                    join_limit=terms.join_limit,
                    joiners=terms.joiners,
                    may_leave=terms.may_leave,
                    created_at=now,
                )
                for product_id in sorted(known)
            ],
            ignore_conflicts=True,
        )

    def stopped(self, rule: RuleVersion, now: datetime) -> None:
        """Offers ask the campaign whether they are live, so nothing has to be written."""


GROUP_PRICE = GroupPrice()


def _shape_problems(params: Mapping[str, Any]) -> Iterator[tuple[str, str | Promise]]:
    if not _is_id_list(params.get("productIds")):
        yield "productIds", _("Choose one to five hundred products.")
    if not _is_whole(params.get("size"), 2, 50):
        yield "size", _("A group has 2 to 50 people. Enter such a number.")
    if not _is_whole(params.get("ttlHours", 24), 1, 168):
        yield "ttlHours", _("A group may stay open for 1 to 168 hours. Enter such a number.")
    yield from _price_shape(params)
    for name in ("perUserOpen", "perUserJoin"):
        if params.get(name) is not None and not _is_whole(params[name], 1, 100):
            yield name, _("Enter a limit of 1 to 100, or none.")
    if params.get("joiners") is not None and params["joiners"] not in Joiners.values:
        yield "joiners", _("Choose whether everybody may join or newcomers only.")
    if not is_allowed_list(params.get("allows")):
        yield "allows", _("Choose what may be used on top of a group price from the list.")
    if not isinstance(params.get("mayLeave", True), bool):
        yield "mayLeave", _("Say yes or no.")


def is_allowed_list(value: object) -> bool:
    """Say whether a value lists what may be used on top of a group price; nothing is the default."""
    return value is None or (isinstance(value, list) and set(map(str, value)) <= ON_TOP)


def _price_shape(params: Mapping[str, Any]) -> Iterator[tuple[str, str | Promise]]:
    bps, fixed = params.get("discountBps"), params.get("priceMinor")
    if (bps is None) == (fixed is None):
        yield "discountBps", _("Give either a discount or fixed prices, not both.")
    elif bps is not None and not _is_whole(bps, 1, 9900):
        yield "discountBps", _("A discount is more than nothing and at most 99 percent.")
    elif fixed is not None and not _are_prices(fixed):
        yield "priceMinor", _("Enter a price above zero for each variant, in fen.")


def _price_problems(params: Mapping[str, Any]) -> list[Problem]:
    """Compare with the shelf: what is offered must exist and cost less in a group."""
    terms = rules.read_terms(params)
    on_sale = Product.objects.filter(pk__in=terms.product_ids, state=ProductState.PUBLISHED)
    found = {product.pk: product for product in on_sale}
    if len(found) < len(set(terms.product_ids)):
        return [Problem("error", _("Some of these products are no longer for sale. Take them out."), "productIds")]
    cheaper: set[UUID] = set()
    dearer = False
    for variant in Variant.objects.filter(product_id__in=found):
        price = _price_of(variant, terms)
        fixed = rules.fixed_price(terms.prices, variant.pk)
        dearer = dearer or (fixed is not None and price is None)
        if price is not None:
            cheaper.add(variant.product_id)
    if dearer or cheaper != found.keys():
        return [
            Problem("error", _("A group price must be lower than the single price. Enter lower prices."), "priceMinor")
        ]
    return []


def _price_of(variant: Variant, terms: rules.OfferTerms) -> Money | None:
    fixed = rules.fixed_price(terms.prices, variant.pk)
    base = Money(variant.price_minor, variant.currency)
    return rules.group_price(base, discount_bps=terms.discount_bps, fixed_minor=fixed)


def _buyer_row(product: Product, terms: rules.OfferTerms) -> dict[str, Any] | None:
    priced = [(price, each) for each in Variant.objects.filter(product=product) if (price := _price_of(each, terms))]
    if not priced:
        return None
    price, variant = min(priced, key=lambda pair: pair[0].minor)
    return {
        "productId": str(product.pk),
        "slug": product.slug,
        "title": product.title,
        "priceMinor": price.minor,
        "singlePriceMinor": variant.price_minor,
        "savingMinor": variant.price_minor - price.minor,
        "saving": yuan(variant.price_minor - price.minor),
    }


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_id_list(value: object) -> bool:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_PRODUCTS:
        return False
    return all(_is_id(each) for each in value)


def _is_id(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _are_prices(value: object) -> bool:
    if isinstance(value, Mapping):
        return bool(value) and all(_is_id(key) and _is_whole(minor, 1, 10**10) for key, minor in value.items())
    return _is_whole(value, 1, 10**10)

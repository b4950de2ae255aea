"""The rule kind `group_price`: which products can be bought in groups, by how many, at which price."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.catalogue.models import Product, ProductState, Variant
from backend.core.money import Money
from backend.payments.ports import authorisation_limit
from backend.promotions.errors import Problem
from backend.promotions.ports import CampaignFacts, RuleVersion
from groupbuy import rules
from groupbuy.models import MoneyTaken, Offer
from groupbuy.wording import in_language, yuan

SHOWN = 3

SUMMARY = _("%(size)s people within %(hours)s hours, %(price)s, %(count)s products")
SUMMARY_FIXED = _("a fixed group price")
SUMMARY_DISCOUNT = _("%(percent)s%% off")
SUMMARY_DRAW = _("%(said)s; %(winners)s of them are drawn, the others get everything back")
SUMMARY_HOLD = _("%(said)s; the money is held first and taken when the group is full")
SUMMARY_LADDER = _("a price that falls in %(steps)s steps")


class GroupPrice:
    """Group prices as a kind of rule."""

    key = "group_price"
    label: str | Promise = _("Group price")

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the parameters."""
        problems = [Problem("error", message, field) for field, message in rules.shape_problems(params)]
        return problems or [*_hold_problems(params), *_price_problems(params)]

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""
        places = {
            "size": _people(params),
            "hours": params.get("ttlHours", 24),
            "price": _price_in_words(params, locale),
            "count": len(params.get("productIds") or []),
        }
        said = in_language(SUMMARY, locale, places)
        if params.get("moneyTaken") == MoneyTaken.WHEN_FULL:
            said = in_language(SUMMARY_HOLD, locale, {"said": said})
        if params.get("winners") is None:
            return said
        return in_language(SUMMARY_DRAW, locale, {"said": said, "winners": params["winners"]})

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show the first products as a buyer would see them."""
        if list(rules.shape_problems(params)):
            return {"productIds": [], "products": []}
        terms = rules.read_terms(params)
        found = Product.objects.filter(pk__in=terms.product_ids, state=ProductState.PUBLISHED)
        shown = list(found.order_by("-rank", "-id")[:SHOWN])
        return {
            "productIds": [str(each) for each in terms.product_ids],
            "size": terms.size,
            "ttlHours": terms.ttl_hours,
            "moneyTaken": terms.money_taken,
            "winners": terms.winners,
            "chanceBps": rules.chance_bps(winners=terms.winners, size=terms.size) if terms.winners else None,
            "consolationPoints": terms.consolation_points,
            "sizes": [step.size for step in terms.ladder],
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
                    ladder=[step.kept() for step in terms.ladder],
                    winners=terms.winners,
                    consolation_points=terms.consolation_points,
                    platform_seats=terms.platform_seats,
                    leader_points=terms.leader_points,
                    leader_spare=terms.leader_spare,
                    leader_discount_bps=terms.leader_discount_bps,
                    leader_discount_minor=terms.leader_discount_minor,
                    quantity_limit=terms.quantity_limit,
                    order_limit=terms.order_limit,
                    allow_merge=terms.allow_merge,
                    quota=terms.quota,
                    quota_mode=terms.quota_mode,
                    money_taken=terms.money_taken,
                    created_at=now,
                )
                for product_id in sorted(known)
            ],
            ignore_conflicts=True,
        )

    def stopped(self, rule: RuleVersion, now: datetime) -> None:
        """Offers ask the campaign whether they are live, so nothing has to be written."""


GROUP_PRICE = GroupPrice()


def _hold_problems(params: Mapping[str, Any]) -> list[Problem]:
    """Money can be held only by who can, and only so long."""
    terms = rules.read_terms(params)
    if terms.money_taken != MoneyTaken.WHEN_FULL:
        return []
    limit = authorisation_limit()
    if limit is None:
        message = _("No way to pay that is offered can hold money. Take it at payment.")
        return [Problem("error", message, "moneyTaken")]
    hours = int((limit - rules.TIME_TO_CAPTURE).total_seconds() // 3600)
    if terms.ttl_hours > hours:
        message = _("Money is not held longer than that. Let a group stay open for %(hours)s hours at most.")
        return [Problem("error", message % {"hours": hours}, "ttlHours")]
    return []


def _people(params: Mapping[str, Any]) -> str:
    """How many people a group has, in figures; a question mark while nobody has said so."""
    sizes = rules.sizes_in(params)
    if not sizes:
        return "?"
    return f"{sizes[0]}-{sizes[-1]}" if len(sizes) > 1 else str(sizes[0])


def _price_in_words(params: Mapping[str, Any], locale: str) -> str:
    if isinstance(params.get("ladder"), list):
        return in_language(SUMMARY_LADDER, locale, {"steps": len(params["ladder"])})
    bps = params.get("discountBps")
    if isinstance(bps, int):
        return in_language(SUMMARY_DISCOUNT, locale, {"percent": f"{bps / 100:g}"})
    return in_language(SUMMARY_FIXED, locale)


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
        if terms.winners is not None and variant.price_minor > rules.PRIZE_CAP_MINOR:
            return [Problem("error", _("A prize may be worth ¥50000 at most. Choose something smaller."), "winners")]
        price = _price_of(variant, terms)
        fixed = [rules.fixed_price(step.prices, variant.pk) for step in terms.steps]
        prices = [_step_price(variant, step) for step in terms.steps]
        dearer = dearer or any(each is not None and came is None for each, came in zip(fixed, prices, strict=True))
        if price is not None:
            cheaper.add(variant.product_id)
    if dearer or cheaper != found.keys():
        return [
            Problem("error", _("A group price must be lower than the single price. Enter lower prices."), "priceMinor")
        ]
    return []


def _price_of(variant: Variant, terms: rules.OfferTerms) -> Money | None:
    return _step_price(variant, terms.steps[0])


def _step_price(variant: Variant, step: rules.Step) -> Money | None:
    fixed = rules.fixed_price(step.prices, variant.pk)
    base = Money(variant.price_minor, variant.currency)
    return rules.group_price(base, discount_bps=step.discount_bps, fixed_minor=fixed)


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
        "steps": [
            {"size": step.size, "priceMinor": came.minor}
            for step in terms.ladder
            if (came := _step_price(variant, step)) is not None
        ],
    }

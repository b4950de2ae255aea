"""What the kinds of promotions have in common: scope, precedence, limits, and products to show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.catalogue.models import Product, ProductState, Variant
from backend.promotions.errors import Problem
from backend.promotions.models import RefundPolicy
from backend.promotions.ports import RuleVersion
from backend.promotions.rules.scope import is_whole, read_scope, scope_problems

Told = Iterator[tuple[str, str | Promise]]
SHOWN = 3
LONGEST_WORD = 40


def shared_problems(params: Mapping[str, Any]) -> Told:
    """Say what is wrong with what every promotion has."""
    yield from scope_problems(params.get("scope"))
    if not is_whole(params.get("priority", 0), -100, 100):
        yield "priority", _("A priority is a whole number from -100 to 100.")
    for name in ("exclusiveGroup", "stackClass"):
        word = params.get(name, "")
        if not isinstance(word, str) or len(word) > LONGEST_WORD:
            yield name, _("Enter a word of at most 40 letters, or none.")
    limit = params.get("maxTotalDiscountBps")
    if limit is not None and not is_whole(limit, 1, 10_000):
        yield "maxTotalDiscountBps", _("All discounts together may reach more than 0 and at most 100 percent.")
    per_person = params.get("perPerson")
    if per_person is not None and not is_whole(per_person, 1, 1000):
        yield "perPerson", _("Enter a limit of 1 to 1000 orders for each person, or none.")
    if params.get("refundPolicy", RefundPolicy.RECOMPUTE) not in RefundPolicy.values:
        yield "refundPolicy", _("Choose what a partial return does: keep or recompute.")


def as_problems(told: Iterable[tuple[str, str | Promise]]) -> list[Problem]:
    """The same, in the words of the port; each parameter is mentioned once."""
    first = dict(reversed(list(told)))
    return [Problem("error", message, field) for field, message in first.items()]


def shown_products(params: Mapping[str, Any]) -> dict[str, Any]:
    """The products that a promotion touches, the first few as a buyer would see them."""
    scope = read_scope(params.get("scope"))
    found = Product.objects.filter(state=ProductState.PUBLISHED)
    if scope.product_ids:
        found = found.filter(pk__in=scope.product_ids)
    elif scope.category_ids:
        found = found.filter(category_id__in=scope.category_ids)
    elif scope.brand_ids:
        found = found.filter(brand_id__in=scope.brand_ids)
    found = found.exclude(pk__in=scope.except_product_ids)
    ids = list(found.order_by("-rank", "-id").values_list("pk", flat=True)[:500])
    return {"productIds": [str(each) for each in ids], "products": list(_rows(ids[:SHOWN]))}


def _rows(product_ids: list[UUID]) -> Iterator[dict[str, Any]]:
    prices = dict(
        Variant.objects.filter(product_id__in=product_ids).values_list("product_id").annotate(least=Min("price_minor"))
    )
    products = Product.objects.in_bulk(product_ids)
    for product_id in product_ids:
        product = products[product_id]
        yield {
            "productId": str(product_id),
            "slug": product.slug,
            "title": product.title,
            "priceMinor": prices.get(product_id, 0),
        }


class Quiet:
    """A kind whose rules ask the campaign whether they are live, so nothing is written when they start or stop."""

    def started(self, rule: RuleVersion, now: datetime) -> None:
        """Nothing has to be written."""

    def stopped(self, rule: RuleVersion, now: datetime) -> None:
        """Nothing has to be written."""

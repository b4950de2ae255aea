"""Reads of coupons: what people hold, what can be claimed, and what is best for a basket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from backend.catalogue.models import Product
from backend.catalogue.selectors import sellable_variants
from backend.core.errors import NotFound
from backend.promotions.basket import Basket, BasketLine, Choices, Gift, Layer
from backend.promotions.models import CampaignState, Coupon, CouponState, CouponTemplate, CouponWay
from backend.promotions.ports import buyer_facts, pieces_left
from backend.promotions.pricing import PricedBasket
from backend.promotions.rules import admits
from backend.promotions.rules.coupons import Best, HeldCoupon, best_combination, judged_minor
from backend.promotions.rules.scope import read_scope
from backend.promotions.selectors.places import placed, places_of

MOST_IN_HAND = 100
SHOWN_ON_PRODUCT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Coupons of one person with their templates, and the gifts that are in stock for them."""

    coupons: tuple[HeldCoupon, ...]
    templates: Mapping[UUID, CouponTemplate]
    gifts: Mapping[UUID, Gift]


def hand_of(buyer_id: UUID, *, basket: Basket, coupon_ids: Sequence[UUID] | None = None) -> Hand:
    """The named coupons of a person, or all that are not used up; only their own are found."""
    rows = Coupon.objects.filter(user_id=buyer_id).select_related("template")
    if coupon_ids is None:
        rows = rows.filter(state=CouponState.ISSUED).order_by("valid_until", "id")[:MOST_IN_HAND]
    else:
        rows = rows.filter(pk__in=coupon_ids).order_by("id")
    found = list(rows)
    templates = {row.template_id: row.template for row in found}
    gifts = {key: gift for key, template in templates.items() if (gift := _gift_of(template, basket.lines))}
    return Hand(coupons=tuple(_held(row, gifts) for row in found), templates=templates, gifts=gifts)


def coupon_choices(coupon_ids: Iterable[UUID]) -> dict[str, dict[str, Any]]:
    """What a price is asked with when these coupons are to be used; give it to `price_basket` or `place_order`."""
    chosen = {"couponIds": [str(each) for each in coupon_ids]}
    return {"coupon": chosen, "shipping_coupon": chosen} if chosen["couponIds"] else {}


def best_coupons(priced: PricedBasket, *, buyer_id: UUID, now: datetime) -> Best:
    """The best and the second best of a person's coupons for a basket, and why each other one is left out.

    `priced` is the basket as `price_basket` priced it without coupons.
    """
    basket = basket_before_coupons(priced)
    hand = hand_of(buyer_id, basket=basket)
    lines = placed(basket.lines, [coupon.scope for coupon in hand.coupons])
    return best_combination(hand.coupons, lines, shipping_minor=basket.shipping_minor, now=now)


def missing_to(coupon: HeldCoupon, basket: Basket) -> int:
    """How much is missing to the threshold of a coupon."""
    lines = placed(basket.lines, [coupon.scope])
    return max(coupon.threshold_minor - judged_minor(lines, coupon), 0)


def basket_before_coupons(priced: PricedBasket) -> Basket:
    """What coupons may see of a basket that was priced without them.

    A line whose price keeps coupons away is not shown; a coupon about the sending is then judged on the rest.
    """
    return priced.basket_for(kind="coupon", layer=Layer.COUPON)


def offered_templates(*, now: datetime) -> QuerySet[CouponTemplate]:
    """The templates that can be claimed now."""
    return CouponTemplate.objects.filter(
        state=CampaignState.RUNNING, way=CouponWay.CLAIM, claim_from__lte=now, claim_until__gt=now
    )


def welcome_templates(*, now: datetime) -> list[CouponTemplate]:
    """The templates of which everybody gets one who signs up now."""
    running = CouponTemplate.objects.filter(state=CampaignState.RUNNING, way=CouponWay.WELCOME)
    return list(running.filter(claim_from__lte=now, claim_until__gt=now).order_by("id"))


def template_by_id(template_id: UUID) -> CouponTemplate:
    """One template.

    Raises: NotFound.
    """
    found = CouponTemplate.objects.filter(pk=template_id).first()
    if found is None:
        raise NotFound
    return found


def coupons_for_product(product_id: UUID, *, now: datetime) -> list[CouponTemplate]:
    """The coupons that can be claimed now and are about a product, those that ask least first."""
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        return []
    brand_id, shelves = places_of([product_id]).get(product_id, (None, ()))
    line = BasketLine(
        variant_id=product_id,
        product_id=product_id,
        category_id=product.category_id,
        quantity=1,
        unit_minor=1,
        brand_id=brand_id,
        category_ids=shelves,
    )
    open_now = offered_templates(now=now).order_by("threshold_minor", "id")[:100]
    return [each for each in open_now if read_scope(each.scope).holds(line)][:SHOWN_ON_PRODUCT]


def left_in_pool(template_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many coupons of each template still wait to be claimed."""
    pool = Coupon.objects.filter(template_id__in=set(template_ids), state=CouponState.UNCLAIMED)
    return dict(pool.values_list("template_id").annotate(left=Count("pk")).order_by())


def mine_of_templates(template_ids: Iterable[UUID], *, user_id: UUID) -> dict[UUID, list[Coupon]]:
    """A person's coupons of some templates."""
    found: dict[UUID, list[Coupon]] = {template_id: [] for template_id in template_ids}
    for coupon in Coupon.objects.filter(template_id__in=list(found), user_id=user_id).order_by("seq"):
        found[coupon.template_id].append(coupon)
    return found


def coupons_in_state(user_id: UUID, state: str, *, now: datetime) -> QuerySet[Coupon]:
    """A person's coupons as they stand now: READY, USED or OVER. One whose time has passed is over before the sweep."""
    own = Coupon.objects.filter(user_id=user_id).select_related("template")
    if state == "USED":
        return own.filter(state=CouponState.USED)
    over = Q(state__in=[CouponState.EXPIRED, CouponState.REVOKED]) | Q(state=CouponState.ISSUED, valid_until__lte=now)
    if state == "OVER":
        return own.filter(over)
    return own.filter(state__in=[CouponState.ISSUED, CouponState.LOCKED]).exclude(over)


def may_have(template: CouponTemplate, user_id: UUID) -> bool:
    """Say whether a person belongs to the audience of a coupon."""
    audience = template.audience
    if audience.get("who", "all") == "all" and not audience.get("tiers"):
        return True
    facts = buyer_facts(user_id)
    return admits(audience, has_kept_order=facts.has_kept_order, tier=facts.tier)


def free_codes(template_id: UUID) -> list[str]:
    """The codes of a template that nobody has redeemed yet."""
    free = Coupon.objects.filter(template_id=template_id, state=CouponState.UNCLAIMED).exclude(code=None)
    return [code for code in free.order_by("id").values_list("code", flat=True) if code]


def issued_counts(template_ids: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """How many coupons of each template are in hands, used and over."""
    counted = Coupon.objects.filter(template_id__in=set(template_ids)).values("template_id", "state")
    found: dict[UUID, dict[str, int]] = {}
    for row in counted.annotate(many=Count("pk")).order_by():
        found.setdefault(row["template_id"], {})[row["state"]] = row["many"]
    return found


def choices_with(choices: Choices, coupon_ids: Iterable[UUID]) -> dict[str, Mapping[str, Any]]:
    """The same choices, with these coupons."""
    return {**choices, **coupon_choices(coupon_ids)}


def _held(row: Coupon, gifts: Mapping[UUID, Gift]) -> HeldCoupon:
    template, gift = row.template, gifts.get(row.template_id)
    return HeldCoupon(
        id=row.pk,
        template_id=row.template_id,
        benefit=template.benefit,
        names=template.names,
        threshold_minor=template.threshold_minor,
        scope=read_scope(template.scope),
        stack_class=template.stack_class,
        combines_with=frozenset(template.combines_with),
        priority=template.priority,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        is_free=row.state in (CouponState.ISSUED, CouponState.EXPIRED),
        gift_minor=gift.unit_minor * gift.quantity if gift else 0,
    )


def _gift_of(template: CouponTemplate, lines: Sequence[BasketLine]) -> Gift | None:
    """The first of a coupon's gifts that is in stock beside what is bought."""
    if template.benefit.get("type") != "gift":
        return None
    return gift_in_stock(
        [UUID(str(each)) for each in template.benefit["variantIds"]], template.benefit.get("quantity", 1), lines
    )


def gift_in_stock(wanted: Sequence[UUID], quantity: int, lines: Sequence[BasketLine]) -> Gift | None:
    """The first of the wanted variants that is on the shelf and in stock beside what is bought."""
    left, rows = pieces_left(wanted), sellable_variants(wanted)
    bought = {line.variant_id: line.quantity for line in lines}
    for variant_id in wanted:
        row = rows.get(variant_id)
        if row and (left is None or left.get(variant_id, 0) >= quantity + bought.get(variant_id, 0)):
            return Gift(
                variant_id=variant_id,
                product_id=row.product_id,
                category_id=row.category_id,
                quantity=quantity,
                unit_minor=row.price_minor,
            )
    return None

"""Fifty people use fifty different codes of one coupon whose limit has one use left: exactly one order gets it."""

import time
from typing import Any

from django.db import transaction

from backend.core.errors import DomainError
from backend.orders.models import Order
from backend.promotions.models import Coupon, CouponState, CouponTemplate
from backend.promotions.selectors import coupon_choices
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_buyer, make_order
from tests.factories.promotions import make_coupon, make_template, this_moment
from tests.support.races import all_at_once

NUMBER = 8
NAME = "coupon, last use, 50 codes at once"
PEOPLE = 50
THINKING_SECONDS = 0.02


def violations(*, guarded: bool) -> int:
    """Count uses beyond the last, losers that were not told why, and counts that do not agree with the coupons."""
    template = make_template(use_limit=1)
    buyers = [make_buyer(f"Racer{number}", now=this_moment()) for number in range(PEOPLE)]
    coupons = [make_coupon(buyer, template) for buyer in buyers]
    outcome = with_orders(buyers, coupons) if guarded else check_then_act(template, coupons)

    wins = sum(answer == "won" for answer in outcome.answers)
    told = sum(answer == "COUPON_USED_UP" for answer in outcome.answers)
    locked = Coupon.objects.filter(template=template, state=CouponState.LOCKED).count()
    template.refresh_from_db()
    return int(
        len(outcome.raised)
        + abs(wins - 1)
        + abs(wins + told - PEOPLE)
        + abs(locked - 1)
        + abs(template.reserved_count - locked)
        + (abs(Order.objects.count() - 1) if guarded else 0)
    )


def with_orders(buyers: list[Any], coupons: list[Coupon]) -> Any:
    """Everybody orders with a code of their own."""
    variant = make_variant(price_minor=6_000, stock=PEOPLE * 2)

    def order(number: int) -> str:
        try:
            make_order(
                buyer=buyers[number],
                variants=[(variant, 1)],
                choices=coupon_choices([coupons[number].pk]),
                now=this_moment(),
            )
        except DomainError as refused:
            return refused.code
        return "won"

    return all_at_once(PEOPLE, order)


def check_then_act(template: CouponTemplate, coupons: list[Coupon]) -> Any:
    """What a shop does that locks the code and reads the limit beside it."""

    def use(number: int) -> str:
        with transaction.atomic():
            mine = Coupon.objects.select_for_update().get(pk=coupons[number].pk)
            read = CouponTemplate.objects.get(pk=template.pk)
            if read.use_limit is not None and read.reserved_count + read.used_count >= read.use_limit:
                return "COUPON_USED_UP"
            time.sleep(THINKING_SECONDS)
            mine.state, mine.order_id = CouponState.LOCKED, mine.pk
            mine.save(update_fields=["state", "order_id"])
            CouponTemplate.objects.filter(pk=template.pk).update(reserved_count=read.reserved_count + 1)
        return "won"

    return all_at_once(PEOPLE, use)

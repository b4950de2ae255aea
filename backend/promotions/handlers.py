"""What promotions does when others tell of something."""

from __future__ import annotations

from backend.accounts.events import PersonSignedUp
from backend.messaging.actions import notify
from backend.promotions.actions import welcome
from backend.promotions.events import CouponExpiring, CouponIssued
from backend.promotions.selectors.coupons import template_by_id
from backend.promotions.words import coupon_reason

COUPONS_URL = "/coupons"


def welcome_newcomer(event: PersonSignedUp) -> None:
    """Whoever signs up gets the coupons for newcomers, once."""
    welcome(user_id=event.user_id, now=event.at)


def tell_of_coupon(event: CouponIssued) -> None:
    """Say that a coupon has come."""
    template = template_by_id(event.template_id)
    notify(
        user_id=event.user_id,
        kind="promotions.coupon_issued",
        params={
            "name": template.names,
            "sentence": coupon_reason(template.benefit, template.threshold_minor),
        },
        url=COUPONS_URL,
        dedupe_key=f"coupon:{event.coupon_id}",
        now=event.at,
    )


def tell_of_expiry(event: CouponExpiring) -> None:
    """Say that a coupon is nearly over."""
    notify(
        user_id=event.user_id,
        kind="promotions.coupon_expiring",
        params={"name": template_by_id(event.template_id).names, "until": f"{event.valid_until:%Y-%m-%d}"},
        url=COUPONS_URL,
        dedupe_key=f"coupon-over:{event.coupon_id}:{event.valid_until:%Y%m%d}",
        now=event.at,
    )
